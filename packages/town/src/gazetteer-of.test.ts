import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildPlaceIndex } from '@gezhi/place';
import { readWhere } from '@gezhi/text';
import { gazetteerOf } from './gazetteer-of.ts';

const NAME = { zh: '区划', en: 'Divisions' };
const PLACES = buildPlaceIndex(
  [
    { code: 'division', tiling: true, name: NAME },
    { code: 'grid', tiling: true, within: 'division', name: NAME },
  ],
  [
    { layer: 'division', level: 'street', code: 'q', name: '青溪街道', names: [] },
    {
      layer: 'division',
      level: 'village',
      code: 'q1',
      name: '桑园村',
      parent: 'q',
      names: [{ name: '三组水井' }],
    },
    { layer: 'division', level: 'village', code: 'gone', name: '旧屋村', parent: 'q', names: [], validTo: 1 },
    { layer: 'grid', code: 'g1', name: '桑园第一网格', parent: 'q1', names: [] },
  ],
  { at: 1_000 },
);

test('places of every layer, assets and lines are found by their names', () => {
  const gazetteer = gazetteerOf({
    places: PLACES,
    assets: [{ code: 'A1', kind: 'pump', name: '东闸泵站', place: 'q1' }],
    lines: [
      {
        line: 'r',
        lineName: '清溪河',
        kind: 'river',
        segment: 'r1',
        segmentName: '上段',
        withinMetres: 50,
        coordinates: [],
      },
    ],
  });
  const resolved = (text: string): string | undefined => readWhere(gazetteer, text).resolved;
  assert.equal(resolved('三组水井旁'), 'place/division/q1');
  assert.equal(resolved('桑园第1网格'), 'place/grid/g1');
  assert.equal(resolved('青溪街道东闸泵站坏了'), 'asset/A1');
  assert.equal(resolved('清溪河有人倒垃圾'), 'line/r');
  assert.equal(resolved('旧屋村'), undefined, 'it is there no more');
});

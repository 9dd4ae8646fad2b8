import assert from 'node:assert/strict';
import test from 'node:test';
import { findPlacesByName } from './names.ts';
import { buildPlaceIndex } from './place-index.ts';
import type { Layer, Place, PlaceName } from './places.ts';

const LAYERS: Layer[] = [
  { code: 'division', tiling: true, name: '行政区划' },
  { code: 'grid', tiling: true, within: 'division', name: '服务网格' },
];
const place = (code: string, name: string, parent?: string, ...names: PlaceName[]): Place => ({
  layer: code.startsWith('g') ? 'grid' : 'division',
  code,
  name,
  names,
  ...(parent ? { parent } : {}),
});
const WELL = { lon: 118.1234, lat: 31.2345 };
const TOWN: Place[] = [
  place('1', '青溪镇'),
  place('2', '白石镇'),
  place('11', '桑园村', '1', { name: '三组' }, { name: '三组水井', point: WELL }, { name: '十三组' }),
  place('12', '柳湾村', '1', { name: '三组' }),
  place('21', '桑园村', '2', { name: '三组' }, { name: '老粮站' }),
  place('13', '第一社区居委会', '1'),
  place('g1', '桑园村第一网格', '11'),
];
const INDEX = buildPlaceIndex(LAYERS, TOWN, { at: 0 });
const found = (text: string): string[] =>
  findPlacesByName(INDEX, text).map(({ code, name, rank }) => `${rank} ${code} ${name}`);

test('places without address are found by the names in the text, the most specific first', () => {
  const table: [text: string, expected: string[]][] = [
    ['青溪镇桑园村三组水井旁有人倒垃圾', ['1 11 三组水井']],
    ['青溪镇桑园村3组路灯不亮', ['1 11 三组']],
    ['桑园村三组路灯不亮', ['1 11 三组', '1 21 三组']],
    ['青溪镇三组路灯不亮', ['1 11 三组', '1 12 三组']],
    ['青溪镇柳湾村第三组', ['1 12 三组']],
    ['青溪镇桑园村十三组', ['1 11 十三组']],
    ['青溪镇桑园村二十三组', ['1 11 桑园村']],
    ['老粮站后面', ['1 21 老粮站']],
    ['青溪镇桑园一带', ['1 11 桑园村']],
    ['青溪镇桑园村第１网格', ['1 g1 桑园村第一网格']],
    ['青溪镇第一社区', ['1 13 第一社区居委会']],
    ['从柳湾村到老粮站', ['1 21 老粮站', '2 12 柳湾村']],
    ['路灯不亮', []],
    ['', []],
  ];
  for (const [text, expected] of table) assert.deepEqual(found(text), expected, text);
});

test('the answer says why, in both languages, and carries the landmark’s point', () => {
  const [best] = findPlacesByName(INDEX, '青溪镇桑园村三组水井旁');
  assert.deepEqual(best!.point, WELL);
  assert.equal(best!.because.zh, '文中有“三组水井”，又有其所在的“青溪镇”');
  assert.match(best!.because.en, /三组水井.*青溪镇/);
});

test('a name that is not yet or no longer valid is not found', () => {
  const index = buildPlaceIndex(LAYERS, [{ ...TOWN[0]!, validFrom: 10, validTo: 20 }], { at: 10 });
  assert.equal(findPlacesByName(index, '青溪镇').length, 1);
  assert.equal(findPlacesByName(index, '青溪镇', 9).length, 0);
  assert.equal(findPlacesByName(index, '青溪镇', 20).length, 0);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { candidatesIn, locate, placeOfCandidate } from '@gezhi/town';
import { demoApp } from './testing/demo-town.ts';

test('a chief line is read from a text: its segment where one is named, else its segments to pick from', async (t) => {
  const { town } = await demoApp(t);
  const segment = town.lines.segments.find(({ kind }) => kind === 'road')!;
  const siblings = town.lines.segments.filter(({ line }) => line === segment.line);
  const unique = siblings.filter(({ segmentName }) => segmentName === segment.segmentName).length === 1;
  const named = locate(town, { words: `${segment.segmentName}护栏撞坏了` });
  if (unique)
    assert.deepEqual(named, { code: segment.segment, layers: { [segment.line]: [segment.segment] } });
  assert.equal(locate(town, { words: `${segment.lineName}护栏撞坏了` }).code, 'unknown');
  const { candidates, ask } = candidatesIn(town, `${segment.lineName}护栏撞坏了`);
  assert.equal(ask, true);
  assert.deepEqual(
    candidates.map(({ id }) => id),
    siblings.map(({ line, segment: code }) => `line/${line}/${code}`),
  );
  assert.deepEqual(placeOfCandidate(town, candidates[0]!.id)?.layers, {
    [segment.line]: [siblings[0]!.segment],
  });
  assert.equal(placeOfCandidate(town, 'line/none/none'), undefined);
});

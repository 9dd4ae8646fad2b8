import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { readFacts } from './facts-file.ts';

const CASE = '01a178e5-8aa5-7363-b095-39f0b6117316';
const fact = (seq: number, position: number, type: string, data: object): string =>
  JSON.stringify({
    district: '990000',
    caseId: CASE,
    seq,
    position,
    type,
    v: 1,
    occurredAt: 1_780_000_000_000 + seq,
    recordedAt: 1_780_000_000_000 + seq,
    by: { post: 'intake' },
    cause: 'test',
    data,
  });
const OPENED = fact(1, 1, 'opened', {
  to: 'received',
  phase: 'received',
  scene: 'hotline',
  pack: '1',
  process: 'hotline',
  kind: 'road.lamp',
  kindBecause: 'stated',
  place: { code: 'unknown', layers: {} },
});
const NOTED = fact(2, 2, 'noted', { words: { id: CASE, hash: 'made-up' } });
const HEADER = JSON.stringify({ gezhi: 'facts', format: 1, district: '990000', zone: 'Asia/Shanghai' });

function fileOf(t: TestContext, lines: readonly string[], name = 'facts.ndjson'): string {
  const folder = mkdtempSync(join(tmpdir(), 'gezhi-facts-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const text = `${lines.join('\n')}\n`;
  const path = join(folder, name);
  writeFileSync(path, name.endsWith('.gz') ? gzipSync(text) : text);
  return path;
}

test('facts become the cases that they tell, packed or not, with their header or without', async (t) => {
  for (const path of [
    fileOf(t, [HEADER, OPENED, NOTED]),
    fileOf(t, [OPENED, NOTED]),
    fileOf(t, [HEADER, OPENED, NOTED], 'facts.ndjson.gz'),
  ]) {
    const { cases, facts } = await readFacts(path);
    assert.deepEqual([cases.length, cases[0]!.seq, facts], [1, 2, 2]);
  }
});

const BROKEN: readonly (readonly [string, readonly string[], RegExp])[] = [
  ['a fact left out', [HEADER, NOTED], /:2 holds position 2 where 1 should be.*without --since/],
  ['a line twice', [OPENED, OPENED], /:2 holds position 1 where 2 should be/],
  ['half a line', [OPENED, NOTED.slice(0, 40)], /:2 is no JSON/],
  ['something else', ['{"a":1}'], /:1 is no fact/],
];

for (const [what, lines, message] of BROKEN) {
  test(`${what} is told with its line`, async (t) => {
    await assert.rejects(readFacts(fileOf(t, lines)), { code: 'bad-facts', message });
  });
}

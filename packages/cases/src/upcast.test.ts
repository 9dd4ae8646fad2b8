import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Case } from './case.ts';
import { replay } from './evolve.ts';
import { FACT_TYPES, type Fact } from './fact.ts';
import { type StoredFact, upcast } from './upcast.ts';

function lines<T>(file: string): readonly T[] {
  const text = readFileSync(new URL(`../../../fixtures/facts/${file}`, import.meta.url), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line): T => JSON.parse(line));
}

const plain = lines<StoredFact>('v1.ndjson');
const procedure = lines<StoredFact>('v1-procedure.ndjson');
const stored = [...plain, ...procedure];
const cases = [...lines<Case>('v1.cases.ndjson'), ...lines<Case>('v1-procedure.cases.ndjson')];

test('the facts of version 1 are every type there is, each file a log without gaps', () => {
  assert.deepEqual(new Set(stored.map((f) => f.type)), new Set(FACT_TYPES));
  for (const log of [plain, procedure])
    assert.deepEqual(
      log.map((f) => f.position),
      log.map((_, i) => i + 1),
    );
  assert.ok(stored.every((f) => f.v === 1));
});

test('facts of version 1 come to the same cases for ever', () => {
  const histories = Map.groupBy(stored.map(upcast), (f: Fact) => f.caseId);
  assert.equal(histories.size, cases.length);
  for (const expected of cases)
    assert.deepEqual(replay(histories.get(expected.caseId) ?? []), expected, expected.caseId);
});

test('a fact of today costs nothing to bring up to date', () => {
  assert.equal(upcast(stored[0]!), stored[0]);
});

test('a fact of a release to come is refused with its place, never guessed at', () => {
  const fact = stored[0]!;
  for (const stranger of [
    { ...fact, type: 'celebrated' },
    { ...fact, type: 'constructor' },
    { ...fact, v: 2 },
    { ...fact, v: 0 },
  ]) {
    assert.throws(() => upcast(stranger), {
      code: 'unknown-fact',
      message: new RegExp(`"${stranger.type}" of version ${stranger.v}.*Case ${fact.caseId}, fact 1:`),
    });
  }
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EXCLUSION_REASONS } from '@gezhi/measures';
import { FACT_TYPES, NOT_DISPATCHED, OUTCOMES, REFERRED_TO, REQUEST_KINDS } from './fact.ts';
import { FLAGS, PHASES } from './phase.ts';
import { ACTS } from './process.ts';
import { REFUSALS } from './refusals.ts';
import { LABELS } from './words.ts';

test('every member of every closed list has its words, in its order, in both languages', () => {
  const lists = [
    [LABELS.phases, PHASES],
    [LABELS.flags, FLAGS],
    [LABELS.acts, ACTS],
    [LABELS.facts, FACT_TYPES],
    [LABELS.requestKinds, REQUEST_KINDS],
    [LABELS.outcomes, OUTCOMES],
    [LABELS.notDispatched, NOT_DISPATCHED],
    [LABELS.referredTo, REFERRED_TO],
    [LABELS.refusals, REFUSALS],
  ] as const;
  for (const [labels, list] of lists) assert.deepEqual(Object.keys(labels), [...list]);
  for (const labels of Object.values(LABELS)) {
    for (const [code, { zh, en }] of Object.entries(labels)) {
      assert.match(zh, /\p{Script=Han}/u, code);
      assert.match(en, /^[A-Z][^\p{Script=Han}]*$/u, code);
    }
  }
});

test('what is not dispatched may leave the rates under the same name', () => {
  assert.deepEqual(EXCLUSION_REASONS, [...NOT_DISPATCHED, 'duplicate', 'other']);
});

test('a refusal is a whole sentence in both languages', () => {
  for (const [code, { zh, en }] of Object.entries(LABELS.refusals)) {
    assert.ok(zh.endsWith('。') && en.endsWith('.'), code);
  }
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as cases from '@gezhi/cases';
import * as wire from '@gezhi/contract';
import { COUNTED_AS, EXCLUSION_REASONS } from '@gezhi/measures';

test('the wire has the closed lists of the core, name by name', () => {
  assert.deepEqual(new Set(wire.PHASES), new Set(cases.PHASES));
  assert.deepEqual(new Set(wire.FLAGS), new Set(cases.FLAGS));
  assert.deepEqual(wire.OUTCOMES, cases.OUTCOMES);
  assert.deepEqual(wire.NOT_DISPATCHED, cases.NOT_DISPATCHED);
  assert.deepEqual(wire.REFERRED_TO, cases.REFERRED_TO);
  assert.deepEqual(wire.EXCLUSION_REASONS, EXCLUSION_REASONS);
  assert.deepEqual(wire.COUNTED_AS, COUNTED_AS);
});

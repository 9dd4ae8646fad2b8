import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eveningBefore } from './evening-before.ts';

const at = (text: string): number => Date.parse(`${text}+08:00`);

test('in the morning the night begins at 18:00 of the day before', () => {
  assert.equal(eveningBefore(at('2026-05-06T08:10:00')), at('2026-05-05T18:00:00'));
  assert.equal(eveningBefore(at('2026-05-06T16:00:00')), at('2026-05-05T18:00:00'));
});

test('late in the evening it is still the night before that is read', () => {
  assert.equal(eveningBefore(at('2026-05-06T23:00:00')), at('2026-05-05T18:00:00'));
});

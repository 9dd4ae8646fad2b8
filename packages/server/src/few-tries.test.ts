import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fewTries } from './few-tries.ts';

test('each key has its tries in a stretch, and all again after it', () => {
  const tries = fewTries(2, 1000);
  assert.deepEqual([tries.take('a', 0), tries.take('a', 10), tries.take('a', 20)], [true, true, false]);
  assert.equal(tries.take('b', 20), true);
  assert.equal(tries.take('a', 999), false);
  assert.equal(tries.take('a', 1000), true);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sizeWithin } from './shrink-photo.ts';

test('a photo is made small, and a small one is left as it is', () => {
  assert.deepEqual(sizeWithin(4000, 3000), { width: 1600, height: 1200 });
  assert.deepEqual(sizeWithin(800, 600), { width: 800, height: 600 });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isNear } from './is-near.ts';
import { parseProgress } from './progress.ts';
import { PRACTICE_WORDS } from './words/words.ts';

test('ten lessons, each with a goal in one line and three to five steps, in both languages', () => {
  for (const { lessons } of [PRACTICE_WORDS.zh, PRACTICE_WORDS.en]) {
    assert.equal(Object.keys(lessons).length, 10);
    for (const [id, { goal, steps }] of Object.entries(lessons)) {
      assert.ok(goal.length < 120, goal);
      assert.ok(steps.length >= 3 && steps.length <= 5, id);
    }
  }
});

test('a number may be off by what happens while it is read', () => {
  assert.ok(isNear(98, 100));
  assert.ok(isNear(0, 2));
  assert.ok(!isNear(90, 100));
  assert.ok(!isNear(Number.NaN, 0));
});

test('what cannot be read is no progress', () => {
  assert.deepEqual(parseProgress('{"call":'), {});
  assert.deepEqual(parseProgress(null), {});
  assert.deepEqual(parseProgress('{"call":{"position":3,"undone":[]}}'), {
    call: { position: 3, undone: [] },
  });
});

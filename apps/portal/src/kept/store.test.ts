import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forget, forgetAll, keep, keptKeys, readKept } from './store.ts';

test('where a browser keeps nothing, what is kept lives as long as the page', async () => {
  await keep('outbox/b', { words: '二' });
  await keep('outbox/a', { words: '一' });
  await keep('draft', 1);
  assert.deepEqual(await keptKeys('outbox/'), ['outbox/a', 'outbox/b']);
  assert.deepEqual(await readKept('outbox/a'), { words: '一' });
  await forget('outbox/a');
  assert.equal(await readKept('outbox/a'), undefined);
  await forgetAll();
  assert.deepEqual(await keptKeys(''), []);
});

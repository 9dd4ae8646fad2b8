import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newId } from './new-id.ts';
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

test('an id is a UUID of version 4 and no other one', () => {
  const ids = Array.from({ length: 200 }, newId);
  for (const id of ids)
    assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(new Set(ids).size, ids.length);
});

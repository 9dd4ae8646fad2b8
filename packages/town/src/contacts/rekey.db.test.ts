import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRefusal } from '@gezhi/basis';
import { wordsOfCases } from '@gezhi/storage';
import { masterKeysIn } from '@gezhi/vault';
import { readContact } from './read-contact.ts';
import { rekey } from './rekey.ts';
import { NAME, NOW, report, sealedTown, takeAll } from './testing.ts';

test('the master key is renewed while the town works; stopped halfway it goes on, and the old key is destroyed last', async (t) => {
  const { town, again, folder } = await sealedTown(t);
  const file = await masterKeysIn(`${folder}/keys/master-keys.json`);
  const [old] = await file.names();
  const made = await takeAll(town, [report('1'), report('2')]);
  let batches = 0;
  const stopped = await rekey([town], {
    settleMs: 0,
    stopping: () => batches > 0,
    batch: () => (batches += 1),
  });
  assert.deepEqual(stopped.dropped, []);
  assert.equal((await file.names()).length, 2);
  await takeAll(town, [report('3')]);
  const done = await rekey([town], { settleMs: 0 });
  assert.deepEqual([done.master, done.dropped], [stopped.master, [old]]);
  assert.deepEqual(await file.names(), [done.master]);
  const reopened = await again();
  const { number, caseId } = made[0]!;
  const contact = await readContact(reopened, { number, purpose: 'own', by: { post: 'requester' } }, NOW + 1);
  assert.equal(isRefusal(contact) ? contact.code : contact.requester?.name, NAME);
  const words = await wordsOfCases(reopened.db.pool, reopened.district, [caseId as never]);
  assert.match(words[0]!.said, /银杏大道/);
  const more = await rekey([town], { settleMs: 0, keepsOld: true });
  assert.equal(more.dropped.length, 0);
});

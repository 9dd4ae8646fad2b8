import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { apartHead, openApart, rewrapApart, sealApart } from './apart.ts';
import { passingMasterKeys } from './master-keys.ts';

const BELONGS = ['990000', 'words', 'one'];

for (const suite of ['aes', 'sm'] as const) {
  test(`${suite}: what is sealed apart opens where it belongs, and nowhere else`, async () => {
    const keys = passingMasterKeys(suite);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array(), async (bytes) => {
        const sealed = await sealApart(keys, suite, BELONGS, Buffer.from(bytes));
        assert.deepEqual(new Uint8Array(await openApart(keys, BELONGS, sealed)), bytes);
        await assert.rejects(openApart(keys, ['990000', 'words', 'two'], sealed), { code: 'seal-broken' });
      }),
      { numRuns: 20 },
    );
  });
}

test('a value that was cut or changed does not open', async () => {
  const keys = passingMasterKeys();
  const sealed = await sealApart(keys, 'aes', BELONGS, Buffer.from('楼道灯坏了'));
  for (let to = 0; to < sealed.length; to += 1)
    await assert.rejects(openApart(keys, BELONGS, sealed.subarray(0, to)));
  for (let at = 0; at < sealed.length; at += 1) {
    const other = Buffer.from(sealed);
    other[at]! ^= 1;
    await assert.rejects(openApart(keys, BELONGS, other));
  }
});

test('after a renewal the same value stands under the new master key, and the old one may go', async () => {
  const keys = passingMasterKeys();
  const sealed = await sealApart(keys, 'aes', BELONGS, Buffer.from('楼道灯坏了'));
  const old = apartHead(await keys.current());
  assert.ok(sealed.subarray(0, old.length).equals(old));
  await keys.renew();
  const fresh = await rewrapApart(keys, BELONGS, sealed);
  assert.ok(!fresh.subarray(0, old.length).equals(old));
  await keys.dropOld();
  assert.equal((await openApart(keys, BELONGS, fresh)).toString('utf8'), '楼道灯坏了');
  await assert.rejects(openApart(keys, BELONGS, sealed), { code: 'no-such-master' });
});

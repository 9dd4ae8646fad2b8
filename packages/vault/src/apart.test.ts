import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { apartHead, apartSealer, rewrapApart } from './apart.ts';
import { passingMasterKeys } from './master-keys.ts';

const BELONGS = ['990000', 'words', 'one'];
const SAID = Buffer.from('楼道灯坏了');

for (const suite of ['aes', 'sm'] as const) {
  test(`${suite}: what is sealed apart opens where it belongs, and nowhere else`, async () => {
    const keys = passingMasterKeys(suite);
    const sealer = apartSealer(keys, suite);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array(), async (bytes) => {
        const sealed = await sealer.seal(BELONGS, Buffer.from(bytes));
        const again = apartSealer(keys, suite);
        assert.deepEqual(new Uint8Array(await again.open(BELONGS, sealed)), bytes);
        await assert.rejects(again.open(['990000', 'words', 'two'], sealed), { code: 'seal-broken' });
      }),
      { numRuns: 20 },
    );
  });
}

test('a value that was cut or changed does not open', async () => {
  const sealer = apartSealer(passingMasterKeys());
  const sealed = await sealer.seal(BELONGS, SAID);
  for (let to = 0; to < sealed.length; to += 1)
    await assert.rejects(sealer.open(BELONGS, sealed.subarray(0, to)));
  for (let at = 0; at < sealed.length; at += 1) {
    const other = Buffer.from(sealed);
    other[at]! ^= 1;
    await assert.rejects(sealer.open(BELONGS, other), `byte ${at}`);
  }
});

test('after a renewal new values go under the new master key, and old ones are wrapped anew; the old key may go', async () => {
  const keys = passingMasterKeys();
  const sealer = apartSealer(keys);
  const sealed = await sealer.seal(BELONGS, SAID);
  const old = apartHead(await keys.current());
  const isOld = (value: Buffer): boolean => value.subarray(0, old.length).equals(old);
  assert.ok(isOld(sealed));
  await keys.renew();
  assert.ok(!isOld(await sealer.seal(BELONGS, SAID)));
  const fresh = await rewrapApart(keys, sealed);
  assert.ok(!isOld(fresh));
  await keys.dropOld();
  assert.deepEqual(await apartSealer(keys).open(BELONGS, fresh), SAID);
  await assert.rejects(apartSealer(keys).open(BELONGS, sealed), { code: 'no-such-master' });
});

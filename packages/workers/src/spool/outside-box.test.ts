import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { giveHouseKey, houseKey, houseSealer, outsideSealer } from './outside-box.ts';

test('what is sealed outside opens inside only, whole, and as what it was sealed', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'gezhi-box-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const [keys, outside, other] = ['keys', 'outside', 'other'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  await assert.rejects(houseSealer(keys), { code: 'no-house-key' });
  await assert.rejects(outsideSealer(outside), { code: 'not-prepared' });
  const pem = await houseKey(keys);
  assert.equal(await houseKey(keys), pem, 'made once');
  await houseKey(other);
  await giveHouseKey(keys, pem);
  const box = await outsideSealer(keys);
  const house = await houseSealer(keys);
  const stranger = await houseSealer(other);
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.nat(), async (bytes, at) => {
      const record = Buffer.from(bytes);
      const sealed = await box.seal(['journal'], record);
      assert.deepEqual(await house.open(['journal'], sealed), record);
      await assert.rejects(stranger.open(['journal'], sealed), { code: 'seal-broken' });
      await assert.rejects(house.open(['notice'], sealed), { code: 'seal-broken' });
      await assert.rejects(box.open(['journal'], sealed), { code: 'sealed-to-the-house' });
      const changed = Buffer.from(sealed);
      changed[at % changed.length]! ^= 1;
      await assert.rejects(house.open(['journal'], changed), { code: 'seal-broken' });
      await assert.rejects(house.open(['journal'], sealed.subarray(0, -1)), { code: 'seal-broken' });
    }),
    { numRuns: 30 },
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { portable } from './portable.ts';
import { madeUpKey, nodeCrypto } from './testing/made-up-log.ts';

test('the portable hash and signature say what the platform’s own say', () => {
  const { key, sign } = madeUpKey('ledger.example/willow-county', 1);
  fc.assert(
    fc.property(fc.uint8Array(), fc.nat(63), (message, at) => {
      assert.deepEqual(portable.sha256(message), new Uint8Array(nodeCrypto.sha256(message)));
      const signature = new Uint8Array(sign(message));
      assert.equal(portable.verify(key.publicKey, message, signature), true);
      signature[at] = signature[at]! ^ 1;
      assert.equal(portable.verify(key.publicKey, message, signature), false);
    }),
    { numRuns: 10 },
  );
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isRefusal } from '@gezhi/basis';
import fc from 'fast-check';
import { checkAnywhere } from './check-anywhere.ts';
import { openNote, signNote } from './note.ts';
import { plainCrypto } from './plain-crypto.ts';
import { madeUpKey, nodeCrypto } from './testing/made-up-log.ts';
import { sha256 } from './testing/node-hash.ts';

const { key, sign } = madeUpKey('ledger.example/willow-county', 1);

test('hash and signature in plain JavaScript say what the platform’s own say', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.nat(63), (message, at) => {
      assert.deepEqual(plainCrypto.sha256(message), new Uint8Array(nodeCrypto.sha256(message)));
      const signature = new Uint8Array(sign(message));
      assert.equal(plainCrypto.verify(key.publicKey, message, signature), true);
      signature[at] = signature[at]! ^ 1;
      assert.equal(plainCrypto.verify(key.publicKey, message, signature), false);
    }),
    { numRuns: 10 },
  );
});

describe('a check anywhere', () => {
  const note = signNote(sha256, 'Good day.\n', key, sign);

  test('finds what one at once finds, with the platform’s signatures or without', async () => {
    const changed = note.replace('day', 'dog');
    for (const subtle of [crypto.subtle, undefined]) {
      const here = (text: string) => checkAnywhere((by) => openNote(by, text, [key]), subtle);
      const opened = await here(note);
      assert.ok(!isRefusal(opened) && opened.text === 'Good day.\n');
      const refusal = await here(changed);
      assert.ok(isRefusal(refusal) && refusal.code === 'bad-signature');
    }
  });

  test('that stumbles over bytes that are no key still answers', async () => {
    for (const length of [31, 65]) {
      const asked = [new Uint8Array(length), new Uint8Array(1), new Uint8Array(64)] as const;
      assert.equal(await checkAnywhere(({ verify }) => verify(...asked), crypto.subtle), false);
    }
  });
});

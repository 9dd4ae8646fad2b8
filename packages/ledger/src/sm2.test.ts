import assert from 'node:assert/strict';
import { createECDH, createHash, hash, randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type Sm2Nonce, signSm2, sm2Digest, verifySm2 } from './sm2.ts';
import { sm3 } from './sm3.ts';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');

describe('SM3', () => {
  test('says what the examples of GB/T 32905-2016, annex A, say', () => {
    const abc = '66c7f0f4 62eeedd9 d1f2d46b dc10e4e2 4167c487 5cf2f7a2 297da02b 8f4ba8e0';
    const abcd = 'debe9ff9 2275b8a1 38604889 c18e5a4d 6fdb70e5 387e5765 293dcba3 9c0c5732';
    assert.deepEqual(Buffer.from(sm3(Buffer.from('abc'))), hex(abc));
    assert.deepEqual(Buffer.from(sm3(Buffer.from('abcd'.repeat(16)))), hex(abcd));
  });

  test('says what Node’s says, at every length', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        assert.deepEqual(Buffer.from(sm3(bytes)), createHash('sm3').update(bytes).digest());
      }),
    );
  });
});

/** GB/T 32918.5-2017, annex A.2: the example of a signature, with the id 1234567812345678. */
const SECRET = hex('3945208F 7B2144B1 3F36E38A C6D39F95 88939369 2860B51A 42FB81EF 4DF7C5B8');
const PUBLIC = hex(
  '04 09F9DF31 1E5421A1 50DD7D16 1E4BC5C6 72179FAD 1833FC07 6BB08FF3 56F35020' +
    'CCEA490C E26775A5 2DC6EA71 8CC1AA60 0AED05FB F35E084A 6632F607 2DA9AD13',
);
const K = hex('59276E27 D506861A 16680F3A D9C02DCC EF3CC1FA 3CDBE4CE 6D54B80D EAC1BC21');
const DIGEST = hex('F0B43E94 BA45ACCA ACE692ED 534382EB 17E6AB5A 19CE7B31 F4486FDF C0D28640');
const SIGNATURE = hex(
  'F5A03B06 48D2C463 0EEAC513 E1BB81A1 5944DA38 27D5B741 43AC7EAC EEE720B3' +
    'B1B6AA29 DF212FD8 763182BC 0D421CA1 BB9038FD 1F7F42D4 840B69C4 85BBC1AA',
);
const MESSAGE = Buffer.from('message digest');
const nodeSm3 = (bytes: Uint8Array): Uint8Array => hash('sm3', bytes, 'buffer');

function nonce(k: Uint8Array): Sm2Nonce {
  const pair = createECDH('SM2');
  pair.setPrivateKey(k);
  return { k, x: pair.getPublicKey().subarray(1, 33) };
}

describe('SM2', () => {
  test('signs as in GB/T 32918.5-2017, annex A.2, and GM/T 0003.5', () => {
    const digest = sm2Digest(sm3, PUBLIC, MESSAGE);
    assert.deepEqual(Buffer.from(digest), DIGEST);
    assert.deepEqual(Buffer.from(signSm2(SECRET, digest, nonce(K))!), SIGNATURE);
    assert.equal(verifySm2(sm3, PUBLIC, MESSAGE, SIGNATURE), true);
  });

  test('holds for what was signed and for nothing else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(63), fc.nat(7), (message, at, bit) => {
        const pair = createECDH('SM2');
        const publicKey = pair.generateKeys();
        const drawn = nonce(randomBytes(31));
        const digest = sm2Digest(nodeSm3, publicKey, message);
        const signature = signSm2(secretOf(pair.getPrivateKey()), digest, drawn)!;
        assert.equal(verifySm2(sm3, publicKey, message, signature), true);
        assert.equal(verifySm2(sm3, PUBLIC, message, signature), false);
        assert.equal(verifySm2(sm3, publicKey, Buffer.from([...message, 0]), signature), false);
        signature[at] = signature[at]! ^ (1 << bit);
        assert.equal(verifySm2(sm3, publicKey, message, signature), false);
      }),
      { numRuns: 5 },
    );
  });

  test('no point, no number in range and no length but its own is a signature', () => {
    const offCurve = Buffer.from(PUBLIC);
    offCurve[64] = offCurve[64]! ^ 1;
    for (const [publicKey, signature] of [
      [offCurve, SIGNATURE],
      [PUBLIC.subarray(0, 33), SIGNATURE],
      [PUBLIC, SIGNATURE.subarray(1)],
      [PUBLIC, Buffer.alloc(64)],
      [PUBLIC, Buffer.alloc(64, 0xff)],
      [PUBLIC, Buffer.concat([SIGNATURE.subarray(0, 32), Buffer.alloc(32)])],
    ] as const) {
      assert.equal(verifySm2(sm3, publicKey, MESSAGE, signature), false);
    }
  });
});

/** Without the zeros that Node leaves out before it. */
function secretOf(bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.alloc(32 - bytes.length), bytes]);
}

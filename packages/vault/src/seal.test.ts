import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { normalPhone } from './phone.ts';
import { checkSuite, SUITES, seal, unseal } from './seal.ts';

test('what is sealed opens where it belongs, and nowhere else, and not with a bit changed', () => {
  const key = randomBytes(32);
  fc.assert(
    fc.property(
      fc.constantFrom(...SUITES),
      fc.uint8Array(),
      fc.string(),
      fc.nat(),
      (suite, bytes, who, at) => {
        const sealed = seal(suite, key, ['t', who], Buffer.from(bytes));
        assert.deepEqual(unseal(key, ['t', who], sealed), Buffer.from(bytes));
        assert.throws(() => unseal(key, ['t', `${who}x`], sealed), { code: 'seal-broken' });
        assert.throws(() => unseal(key, [`t${who}`], sealed), { code: 'seal-broken' });
        assert.throws(() => unseal(randomBytes(32), ['t', who], sealed), { code: 'seal-broken' });
        const changed = Buffer.from(sealed);
        changed[at % changed.length]! ^= 1;
        assert.throws(() => unseal(key, ['t', who], changed), { code: 'seal-broken' });
        assert.throws(() => unseal(key, ['t', who], sealed.subarray(0, at % sealed.length)), {
          code: 'seal-broken',
        });
      },
    ),
  );
});

test('the same value is never sealed the same twice', () => {
  const key = randomBytes(32);
  for (const suite of SUITES) {
    assert.notDeepEqual(seal(suite, key, [], Buffer.from('a')), seal(suite, key, [], Buffer.from('a')));
  }
});

test('where OpenSSL lacks the national algorithms, it says so', () => {
  assert.throws(() => checkSuite('sm', { ciphers: [], hashes: [] }), /no SM4-CBC and no SM3/);
  checkSuite('aes', { ciphers: [], hashes: [] });
  checkSuite('sm');
});

test('a telephone number has one spelling', () => {
  for (const said of [
    '13800000000',
    '138 0000 0000',
    '+86-138-0000-0000',
    '008613800000000',
    '013800000000',
    '１３８００００００００',
  ]) {
    assert.equal(normalPhone(said), '13800000000', said);
  }
  assert.equal(normalPhone('0999-1234567'), '09991234567');
  assert.equal(normalPhone('110'), undefined);
});

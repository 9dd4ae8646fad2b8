import assert from 'node:assert/strict';
import { createDecipheriv, createHmac, randomBytes } from 'node:crypto';
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

test('what is sealed by the national algorithms is SM4-CBC under HMAC-SM3, as anybody’s program opens it', () => {
  const key = randomBytes(32);
  const mac = (by: Buffer, ...parts: Buffer[]) => createHmac('sm3', by).update(Buffer.concat(parts)).digest();
  const part = (use: string) => mac(key, Buffer.from(`gezhi.vault ${use}`));
  const sealed = seal('sm', key, ['t'], Buffer.from('赵某（虚构）'));
  const [head, iv, tag, text] = [[0, 1], [1, 17], [17, 49], [49]].map(([from, to]) =>
    sealed.subarray(from, to),
  );
  assert.deepEqual(
    mac(part('authenticate'), head!, Buffer.from([0, 0, 0, 1]), Buffer.from('t'), iv!, text!),
    tag,
  );
  const cipher = createDecipheriv('sm4-cbc', part('encrypt').subarray(0, 16), iv!);
  assert.equal(Buffer.concat([cipher.update(text!), cipher.final()]).toString(), '赵某（虚构）');
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

import assert from 'node:assert/strict';
import { createHmac, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { keyedHash } from './keyed-hash.ts';

test('the keyed hash is HMAC-SHA-256', () => {
  for (const text of ['', 'a', '路灯不亮'.repeat(100)]) {
    const secret = randomBytes(32);
    assert.deepEqual(keyedHash(secret, text), createHmac('sha256', secret).update(text).digest());
    assert.deepEqual(keyedHash(secret, `${text}.`), createHmac('sha256', secret).update(`${text}.`).digest());
  }
});

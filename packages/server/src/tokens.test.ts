import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { readToken, tokenOf } from './tokens.ts';

const secret = Buffer.alloc(32, 1);
const desk = { post: 'desk-1', person: '1001' };

test('a token speaks for whom it was made, here and under this secret only', () => {
  const token = tokenOf(secret, desk, '990000');
  assert.deepEqual(readToken(secret, token), desk);
  assert.deepEqual(readToken(secret, token, { district: '990000', isAlone: false }), desk);
  assert.equal(readToken(secret, token, { district: '990001', isAlone: true }), undefined);
  assert.equal(readToken(Buffer.alloc(32, 2), token), undefined);
});

test('a token without a district opens only the one that there is', () => {
  const token = tokenOf(secret, desk);
  assert.deepEqual(readToken(secret, token, { district: '990000', isAlone: true }), desk);
  assert.equal(readToken(secret, token, { district: '990000', isAlone: false }), undefined);
});

test('a token that was changed by any letter, cut, lengthened or signed otherwise speaks for nobody', () => {
  const token = tokenOf(secret, desk);
  const [body = '', mac = ''] = token.split('.');
  for (let i = 0; i < body.length; i++) {
    const other = body[i] === 'A' ? 'B' : 'A';
    assert.equal(
      readToken(secret, `${body.slice(0, i)}${other}${body.slice(i + 1)}.${mac}`),
      undefined,
      `${i}`,
    );
  }
  const head = Buffer.from(JSON.stringify({ post: 'head-1' })).toString('base64url');
  const unlabelled = createHmac('sha256', secret).update(body).digest('base64url');
  const wrong = [
    '',
    '.',
    body,
    `${body}.`,
    `.${mac}`,
    `${head}.${mac}`,
    `${body}.${mac.slice(0, -4)}`,
    `${body}.${mac}AAAA`,
  ];
  for (const text of [...wrong, `${body}.${unlabelled}`])
    assert.equal(readToken(secret, text), undefined, text);
});

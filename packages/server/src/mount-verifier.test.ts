import assert from 'node:assert/strict';
import { test } from 'node:test';
import fastify from 'fastify';
import { mountVerifier } from './mount-verifier.ts';

const ENTRY = '/ledger/verify/ledger/index.ts';

test('a browser finds every module that the check of a receipt needs, and each is plain script', async () => {
  const server = fastify();
  mountVerifier(server);
  const seen = new Set<string>();
  const waiting = [ENTRY];
  for (let address = waiting.pop(); address; address = waiting.pop()) {
    if (seen.has(address)) continue;
    seen.add(address);
    const answer = await server.inject(address);
    assert.equal(answer.statusCode, 200, address);
    assert.match(answer.headers['content-type'] as string, /^text\/javascript/);
    assert.doesNotMatch(answer.body, /^\s*(?:export type|import type|interface) /m, address);
    for (const [, name = ''] of answer.body.matchAll(
      /(?:^\s*(?:\}|import|export)[^'"\n]*from\s*|\bimport\()['"]([^'"]+)['"]/gm,
    )) {
      assert.match(name, /^(?:\.{1,2}\/|\/ledger\/verify\/)/, `${address} names ${name}`);
      waiting.push(new URL(name, `http://here${address}`).pathname);
    }
  }
  for (const file of ['basis/index.ts', 'curves/ed25519.js', 'ledger/sm2.ts'])
    assert.ok(seen.has(`/ledger/verify/${file}`), file);
  await server.close();
});

test('nothing else of the source is told', async () => {
  const server = fastify();
  mountVerifier(server);
  for (const path of [
    'ledger/note.test.ts',
    'ledger/..%2f..%2fpackage.json',
    'ledger/none.ts',
    'server/app.ts',
    '',
  ]) {
    const { statusCode } = await server.inject(`/ledger/verify/${path}`);
    assert.equal(statusCode, 404, path);
  }
  const first = await server.inject(ENTRY);
  const headers = { 'if-none-match': first.headers.etag as string };
  assert.equal((await server.inject({ url: ENTRY, headers })).statusCode, 304);
  await server.close();
});

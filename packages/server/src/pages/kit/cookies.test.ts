import assert from 'node:assert/strict';
import { test } from 'node:test';
import fastify from 'fastify';
import { setCookie } from './cookies.ts';

test('a cookie is for no script and no other site, and under TLS for TLS alone', async (t) => {
  const server = fastify({ trustProxy: true });
  t.after(() => server.close());
  server.get('/', (request, reply) => {
    setCookie(request, reply, 'one', 'a');
    setCookie(request, reply, 'two', 'b', 60);
    return '';
  });
  for (const isSecure of [false, true]) {
    const headers = isSecure ? { 'x-forwarded-proto': 'https' } : {};
    const answer = await server.inject({ url: '/', headers });
    const kept = 'Path=/; HttpOnly; SameSite=Lax';
    const secure = isSecure ? '; Secure' : '';
    assert.deepEqual(answer.headers['set-cookie'], [
      `one=a; ${kept}${secure}`,
      `two=b; ${kept}; Max-Age=60${secure}`,
    ]);
  }
});

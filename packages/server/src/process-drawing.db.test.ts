import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demoApp } from './testing/demo-town.ts';

test('the process of a scene is a picture in the language that is asked for', async (t) => {
  const { server } = await demoApp(t);
  const zh = await server.inject('/scenes/hotline/process.svg?lang=zh');
  assert.equal(zh.statusCode, 200);
  assert.match(String(zh.headers['content-type']), /^image\/svg\+xml/);
  assert.match(zh.body, /<svg [^>]*lang="zh"/);
  const en = await server.inject({
    url: '/scenes/hotline/process.svg',
    headers: { 'accept-language': 'en' },
  });
  assert.match(en.body, /<svg [^>]*lang="en"/);
  assert.equal((await server.inject('/scenes/no-such-scene/process.svg')).statusCode, 404);
});

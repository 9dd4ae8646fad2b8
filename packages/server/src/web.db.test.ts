import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { demoApp } from './testing/demo-town.ts';

/** A folder as the build leaves one. */
async function builtApp(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'gezhi-web-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<!doctype html><meta property="n" content="__CSP_NONCE__">');
  await writeFile(join(folder, 'assets', 'main-abc.js'), 'export {};');
  return folder;
}

test('a web app is served for every address below its name, with a nonce of its own each time', async (t) => {
  const { server } = await demoApp(t, { webApps: { console: await builtApp(t) } });
  const [first, deep] = [await server.inject('/console/'), await server.inject('/console/cases/1')];
  assert.equal(first.statusCode, 200);
  assert.equal(deep.statusCode, 200);
  const nonceOf = (body: string): string => /content="([^"]+)"/.exec(body)![1]!;
  assert.notEqual(nonceOf(first.body), nonceOf(deep.body));
  assert.ok(String(first.headers['content-security-policy']).includes(`'nonce-${nonceOf(first.body)}'`));
  const file = await server.inject('/console/assets/main-abc.js');
  assert.match(String(file.headers['cache-control']), /immutable/);
});

test('the first page leads to the apps that are served, and to the same without a script', async (t) => {
  const page = { accept: 'text/html', 'accept-language': 'zh' };
  const folder = await builtApp(t);
  const { server } = await demoApp(t, { webApps: { portal: folder, console: folder, field: '/nowhere' } });
  const { body } = await server.inject({ url: '/', headers: page });
  for (const way of ['/portal/', '/portal/mine', '/console/', '/report', '/my', '/staff'])
    assert.ok(body.includes(`href="${way}"`), way);
  assert.ok(!body.includes('href="/field/"'), 'what is not built is not offered');
  assert.equal((await server.inject('/field/')).statusCode, 404);
});

test('on the public network alone, the first page does not lead into the house', async (t) => {
  const folder = await builtApp(t);
  const { server } = await demoApp(t, { webApps: { portal: folder, console: folder }, only: ['portal'] });
  const { body } = await server.inject({ url: '/', headers: { accept: 'text/html' } });
  assert.ok(body.includes('href="/portal/"'));
  assert.ok(!body.includes('href="/console/"'));
});

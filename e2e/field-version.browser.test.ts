import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openBrowser } from './kit/browser.ts';

const DIST = fileURLToPath(new URL('../apps/field/dist/', import.meta.url));
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
};

test('a newer version of the field app is offered, and put in when somebody says so, not before', async (t) => {
  const served = await serveApp(t);
  const screen = await (await openBrowser(t)).screen(served.url, { lang: 'zh' });
  const { page } = screen;
  await page.goto('/field/');
  await page.waitForFunction('navigator.serviceWorker.controller !== null');
  await page.evaluate('globalThis.inTheMiddleOfSomething = true');
  served.renew();
  await page.evaluate('navigator.serviceWorker.getRegistration().then((worker) => worker.update())');
  await page.getByText('有新版本').waitFor();
  assert.equal(await page.evaluate('globalThis.inTheMiddleOfSomething'), true);
  assert.equal((await page.evaluate<string[]>('caches.keys()')).length, 2, 'both lie there');
  await page.getByRole('button', { name: '现在换上' }).click();
  await page.waitForFunction('globalThis.inTheMiddleOfSomething === undefined');
  await page.getByRole('heading', { name: '登录' }).waitFor();
  assert.deepEqual(await page.evaluate('caches.keys()'), ['field-newer'], 'the old one is gone');
  assert.equal(await page.getByText('有新版本').count(), 0);
});

/** The built app alone, whose worker can become another. */
async function serveApp(t: TestContext): Promise<{ readonly url: string; renew(): void }> {
  let isNewer = false;
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://app').pathname;
    const name = path.startsWith('/field/') ? path.slice('/field/'.length) : '';
    const file = name && existsSync(DIST + name) ? name : 'index.html';
    if (path.startsWith('/api/')) response.statusCode = 404;
    response.setHeader('content-type', TYPES[extname(file)] ?? 'text/html; charset=utf-8');
    const text = readFileSync(DIST + file);
    const isWorker = file === 'sw.js' && isNewer;
    response.end(isWorker ? text.toString().replace(/'field-[0-9a-f]+'/, "'field-newer'") : text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const renew = (): void => {
    isNewer = true;
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, renew };
}

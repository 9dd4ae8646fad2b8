import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { openBrowser } from './browser.ts';

test('a browser from npm shows Chinese, speaks with its own address alone, and tells what went wrong', async (t) => {
  const page = `<!doctype html><html lang="zh-CN"><head><title>石桥街道</title></head>
<body><main><h1>石桥街道</h1><img src="https://elsewhere.invalid/a.png" alt=""><img src="/b.png"></main></body></html>`;
  const server = createServer((request, response) => {
    response.setHeader('content-type', request.url === '/' ? 'text/html; charset=utf-8' : 'text/plain');
    response.end(request.url === '/' ? page : '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const browser = await openBrowser(t);
  const screen = await browser.screen(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  await screen.page.goto('/');
  assert.equal(await screen.page.textContent('h1'), '石桥街道');
  assert.match(screen.troubles().join('\n'), /would have left the machine: https:\/\/elsewhere\.invalid/);
  assert.match((await screen.barriers()).join('\n'), /^image-alt: /m);
});

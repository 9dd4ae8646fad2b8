import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDoor } from './door.ts';

test('the port answers before the town is there, and never closes in between', async () => {
  const door = await openDoor('localhost', 0);
  door.tell({ step: 'demo', share: 0.25 });
  const page = await fetch(door.url, { headers: { accept: 'text/html' } });
  assert.equal(page.status, 503);
  assert.equal(page.headers.get('retry-after'), '3');
  assert.match(await page.text(), /正在醒来[\s\S]*coming alive[\s\S]*25 %/);
  assert.equal((await fetch(`${door.url}/healthz`)).status, 200);

  const call = await fetch(`${door.url}/api/cases`, { headers: { accept: 'text/html' } });
  assert.equal(call.headers.get('content-type'), 'application/problem+json');
  const problem = (await call.json()) as { status: number; code: string; share: number };
  assert.deepEqual([problem.status, problem.code, problem.share], [503, 'not-ready', 0.25]);

  door.open((_, response) => response.end('the town'));
  assert.equal(await (await fetch(door.url)).text(), 'the town');
  await door.close(1_000);
  await assert.rejects(fetch(door.url));
});

test('a port in use is told with another to take', async () => {
  const door = await openDoor('127.0.0.1', 0);
  const port = Number(new URL(door.url).port);
  await assert.rejects(openDoor('127.0.0.1', port), {
    code: 'port-taken',
    message: new RegExp(`Port ${port} .* is in use.*--port ${port + 1}`),
  });
  await door.close(0);
});

test('a host without an address is told', async () => {
  await assert.rejects(openDoor('no-such-host.invalid', 0), { code: 'host-unknown' });
});

test('closing lets an answer in work finish and ends live streams', async () => {
  const door = await openDoor('127.0.0.1', 0);
  door.open((request, response) => {
    response.writeHead(200).write('begun ');
    if (request.url !== '/api/stream') setTimeout(() => response.end('and finished'), 50);
  });
  const stream = await fetch(`${door.url}/api/stream`);
  const answer = await fetch(`${door.url}/slow`);
  const closed = door.close(10_000);
  assert.equal(await answer.text(), 'begun and finished');
  assert.equal(await stream.text(), 'begun ');
  await closed;
});

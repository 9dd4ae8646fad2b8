import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { demoApp, reportEvent } from './testing/demo-town.ts';

/** Reads events from the stream until there are `count`. */
async function readEvents(url: string, headers: Record<string, string>, count: number): Promise<string[]> {
  const abort = new AbortController();
  const answer = await fetch(url, { headers, signal: abort.signal });
  assert.equal(answer.headers.get('content-type'), 'text/event-stream; charset=utf-8');
  let text = '';
  const ids = (): string[] => [...text.matchAll(/^id: (.+)$/gm)].map(([, id]) => id!);
  for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (ids().length >= count) break;
  }
  abort.abort();
  return ids().slice(0, count);
}

test('closing the service ends its streams; the reader comes back elsewhere', async (t) => {
  const { server, staff, faults } = await demoApp(t);
  await server.listen({ port: 0, host: '127.0.0.1' });
  const { port } = server.server.address() as { port: number };
  const headers = staff('seat', 'hotline');
  const answer = await fetch(`http://127.0.0.1:${port}/api/stream?since=0`, { headers });
  const reading = answer.text();
  await server.close();
  assert.match(await reading, /^retry: 1000\n\n/);
  assert.deepEqual(faults, []);
});

test('whoever leaves before the stream begins leaves nothing behind that keeps the service awake', async (t) => {
  const { server, town, staff, faults } = await demoApp(t);
  await server.listen({ port: 0, host: '127.0.0.1' });
  const { port } = server.server.address() as { port: number };
  const { authorization } = staff('seat', 'hotline');
  const beating = new Set<unknown>();
  const { setInterval: set, clearInterval: clear } = globalThis;
  t.mock.method(globalThis, 'setInterval', (run: () => void, ms: number) => {
    const timer = set(run, ms);
    beating.add(timer);
    return timer;
  });
  t.mock.method(globalThis, 'clearInterval', (timer: NodeJS.Timeout | undefined) => {
    beating.delete(timer);
    clear(timer);
  });
  // The head of the log is not told until they are gone.
  const holder = await town.db.pool.connect();
  await holder.query('BEGIN; LOCK TABLE log_head IN ACCESS EXCLUSIVE MODE');
  const line = connect(port, '127.0.0.1');
  line.write(`GET /api/stream HTTP/1.1\r\nhost: town\r\nauthorization: ${authorization}\r\n\r\n`);
  await pause(300);
  line.destroy();
  await pause(300);
  await holder.query('ROLLBACK');
  holder.release();
  await pause(300);
  assert.equal(beating.size, 0);
  assert.deepEqual(faults, []);
});

test('the stream tells every fact once and in order, and goes on where a reader left it', async (t) => {
  const { server, town, staff, faults } = await demoApp(t);
  await server.listen({ port: 0, host: '127.0.0.1' });
  const { port } = server.server.address() as { port: number };
  const url = `http://127.0.0.1:${port}`;
  const headers = staff('seat', 'hotline');
  const send = (id: string): Promise<Response> =>
    fetch(`${url}/api/signals`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(reportEvent(id, { words: `第 ${id} 件事` })),
    });
  const named = (from: number, to: number): string[] =>
    Array.from({ length: to - from + 1 }, (_, i) => `${town.district}:${from + i}`);

  const two = [
    readEvents(`${url}/api/stream?since=0`, headers, 3),
    readEvents(`${url}/api/stream?since=0`, headers, 3),
  ];
  for (const id of ['a', 'b', 'c']) assert.equal((await send(id)).status, 201);
  assert.deepEqual(await Promise.all(two), [named(1, 3), named(1, 3)]);

  await send('d');
  const resumed = await readEvents(
    `${url}/api/stream`,
    { ...headers, 'last-event-id': `${town.district}:2` },
    2,
  );
  assert.deepEqual(resumed, named(3, 4));
  assert.deepEqual(faults, []);
});

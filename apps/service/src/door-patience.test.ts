import assert from 'node:assert/strict';
import { createConnection } from 'node:net';
import { type TestContext, test } from 'node:test';
import { type Door, openDoor } from './door.ts';

const SHORT = { headersMs: 200, requestMs: 400, silenceMs: 300, keepAliveMs: 300, checkMs: 50 };

async function doorOf(t: TestContext): Promise<Door> {
  const door = await openDoor('127.0.0.1', 0, SHORT);
  door.open((request, response) => {
    request.resume();
    request.on('end', () => response.end('done'));
    request.on('error', () => response.destroy());
  });
  t.after(() => door.close(0));
  return door;
}

/** Sends a line and then a byte now and then, and answers what came back once the other side has cut the line. */
function trickle(door: Door, line: string, byte = ''): Promise<string> {
  return new Promise((resolve) => {
    const socket = createConnection({ port: Number(new URL(door.url).port), host: '127.0.0.1' });
    let seen = '';
    const drip = byte ? setInterval(() => socket.write(byte), 60) : undefined;
    socket.on('data', (bytes: Buffer) => {
      seen += bytes.toString('latin1');
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      clearInterval(drip);
      resolve(seen);
    });
    socket.write(line);
  });
}

test('whoever sends headers drop by drop is let go', async (t) => {
  const door = await doorOf(t);
  assert.match(await trickle(door, 'GET / HTTP/1.1\r\nhost: x\r\nx: ', 'a'), /^HTTP\/1\.1 408/);
});

test('whoever sends a body drop by drop is let go', async (t) => {
  const door = await doorOf(t);
  const head = 'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100000\r\n\r\n';
  assert.match(await trickle(door, head, 'a'), /^HTTP\/1\.1 408/);
});

test('whoever says nothing is let go', async (t) => {
  const door = await doorOf(t);
  assert.match(await trickle(door, ''), /^(HTTP\/1\.1 408|$)/);
});

test('headers have a largest size', async (t) => {
  const door = await doorOf(t);
  const line = `GET / HTTP/1.1\r\nhost: x\r\nx: ${'a'.repeat(17_000)}\r\n\r\n`;
  assert.match(await trickle(door, line), /^HTTP\/1\.1 431/);
});

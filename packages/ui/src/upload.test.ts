import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isLarge, uploadFile } from './upload.ts';

const FILE = new Blob([Uint8Array.from({ length: 300_000 }, (_, i) => i % 251)]);

/** A service that keeps pieces, and a network that breaks where `cut` says: before a piece came, or before its answer did. */
function network(t: { after(then: () => void): void }, cut: (call: number) => 'asked' | 'told' | undefined) {
  const real = globalThis.fetch;
  t.after(() => {
    globalThis.fetch = real;
  });
  let kept = Buffer.alloc(0);
  let calls = 0;
  globalThis.fetch = (async (url: string, init: { method?: string; body?: Blob } = {}) => {
    calls += 1;
    const broken = cut(calls);
    if (broken === 'asked') throw new TypeError('network');
    const start = Number(new URL(url, 'http://town').searchParams.get('offset'));
    if (init.method === 'PUT' && start === kept.length)
      kept = Buffer.concat([kept, Buffer.from(await init.body!.arrayBuffer())]);
    if (broken === 'told') throw new TypeError('network');
    return Response.json({ offset: kept.length });
  }) as typeof fetch;
  return { kept: () => kept, calls: () => calls };
}

test('a file that is cut in the middle, twice, goes on where it was, and is whole', async (t) => {
  const { kept, calls } = network(t, (call) => ({ 3: 'asked', 6: 'told' })[call] as 'asked' | undefined);
  await assert.rejects(uploadFile('a-made-up-upload', FILE), TypeError);
  await assert.rejects(uploadFile('a-made-up-upload', FILE), TypeError);
  assert.equal(await uploadFile('a-made-up-upload', FILE), true);
  assert.deepEqual(kept(), Buffer.from(await FILE.arrayBuffer()));
  assert.ok(calls() <= 10, `${calls()} calls for five pieces`);
});

test('a service that stands still is left for later; a small file is sent as a whole', async (t) => {
  const real = globalThis.fetch;
  t.after(() => {
    globalThis.fetch = real;
  });
  globalThis.fetch = async () => Response.json({ offset: 0 });
  assert.equal(await uploadFile('a-made-up-upload', FILE), false);
  globalThis.fetch = async () => new Response('', { status: 503 });
  assert.equal(await uploadFile('a-made-up-upload', FILE), false);
  assert.equal(isLarge(new Blob(['x'])), false);
  assert.equal(isLarge(FILE), true);
});

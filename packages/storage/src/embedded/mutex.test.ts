import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { withMutex } from './mutex.ts';
import { identify } from './process-identity.ts';

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'gezhi-mutex-'));
  t.after(() => rmSync(path, { recursive: true }));
  return path;
}

test('only one works at a time', async (t) => {
  const lock = folder(t);
  let inside = 0;
  const work = async (): Promise<void> => {
    inside += 1;
    assert.equal(inside, 1);
    await sleep(2);
    inside -= 1;
  };
  await Promise.all(Array.from({ length: 8 }, () => withMutex(lock, work)));
});

test('a failed work frees the lock', async (t) => {
  const lock = folder(t);
  await assert.rejects(
    withMutex(lock, () => Promise.reject(new Error('no'))),
    /no/,
  );
  assert.equal(await withMutex(lock, async () => 'mine', 0), 'mine');
});

test('whoever waits too long is told who holds the lock', async (t) => {
  const lock = folder(t);
  await withMutex(lock, async () => {
    await assert.rejects(
      withMutex(lock, async () => undefined, 0),
      new RegExp(`held by process ${process.pid}`),
    );
  });
});

for (const [who, note] of [
  ['a process that is gone', '4000000 then'],
  ['a process whose number another one has now', `${process.pid} another-start`],
  ['nobody, after a power cut', ''],
] as const) {
  test(`the lock of ${who} is taken over`, async (t) => {
    const lock = folder(t);
    writeFileSync(join(lock, '7'), note);
    assert.equal(await withMutex(lock, async () => 'mine', 0), 'mine');
  });
}

test('a process that ended is not alive, and a living one is itself', () => {
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  assert.equal(identify(pid), undefined);
  assert.deepEqual(identify(), identify(process.pid));
});

import assert from 'node:assert/strict';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { openJournal, readSegment, removeSegment } from './journal.ts';

test('what is written while segments are sealed and removed is read once, in order', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'gezhi-journal-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  // A slow disk: a segment is in its folder for a while before anything is written to it.
  const journal = await openJournal(folder, async (path) => {
    const file = await open(path, 'wx', 0o600);
    await sleep(2);
    return file;
  });
  const written: string[] = [];
  const read: string[] = [];
  const empty = async (): Promise<void> => {
    for (const segment of await journal.seal()) {
      read.push(...(await readSegment(segment)).payloads);
      await removeSegment(segment, folder);
    }
  };
  let isWriting = true;
  const write = async (): Promise<void> => {
    for (let n = 0; n < 50; n += 1) {
      await journal.append([String(n)]);
      written.push(String(n));
      if (n % 3 === 0) await sleep(1);
    }
    isWriting = false;
  };
  const emptyAlways = async (): Promise<void> => {
    while (isWriting) {
      await empty();
      await sleep(1);
    }
  };
  await Promise.all([write(), emptyAlways()]);
  await empty();
  assert.deepEqual(read, written);
  await journal.close();
});

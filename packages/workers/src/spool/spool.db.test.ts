import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdtemp, open, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type TestContext, test } from 'node:test';
import { isRefusal } from '@gezhi/basis';
import { findRequest, firstNumber } from '@gezhi/storage';
import { type Installation, openingCode, takeIn } from '@gezhi/town';
import { lampSignal, takeInAll, tinyTown } from '../testing/tiny-town.ts';
import type { OpenFile } from './journal.ts';
import { openSpool, type Spool, type SpooledReceipt, type SpoolOptions } from './spool.ts';

const DISTRICT = '990009';

async function folderFor(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'gezhi-spool-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function opened(
  t: TestContext,
  folder: string,
  installation?: Installation,
  options?: SpoolOptions,
): Promise<Spool> {
  const spool = await openSpool(folder, options);
  t.after(() => spool.close());
  if (installation) await spool.attach(installation);
  return spool;
}

function receipts(answers: Awaited<ReturnType<Spool['append']>>): SpooledReceipt[] {
  return answers.map((answer) => {
    if (isRefusal(answer)) throw new Error(JSON.stringify(answer));
    return answer;
  });
}

async function requestsOf(installation: Installation): Promise<{ id: string; number: string }[]> {
  const { rows } = await installation.db.pool.query<{ id: string; number: string }>(
    'SELECT s.id, r.number FROM signal s JOIN request r USING (district, number) ORDER BY s.received_at, r.number',
  );
  return rows;
}

test('signals wait on disk over a restart and enter once, in order, under the numbers that were told', async (t) => {
  const { installation, town } = await tinyTown(t);
  const folder = await folderFor(t);
  const before = await openSpool(folder);
  await before.attach(installation);
  const told = receipts(await before.append([lampSignal('1'), lampSignal('2')], DISTRICT));
  assert.equal(told[0]!.code, openingCode(town.secret, told[0]!.number!));
  await before.close();

  const spool = await opened(t, folder);
  assert.equal(spool.size(), 2);
  const again = receipts(await spool.append([lampSignal('2'), lampSignal('3')], DISTRICT));
  assert.deepEqual([again[0]!.number, again[0]!.known], [told[1]!.number, true]);
  assert.ok(again[1]!.number, 'a process that never saw the database issues from the kept block');
  assert.equal(again[1]!.code, openingCode(town.secret, again[1]!.number));
  await spool.attach(installation);
  assert.deepEqual(await spool.drain(), { taken: 3, known: 0, notTaken: 0 });
  assert.deepEqual(await requestsOf(installation), [
    { id: '1', number: told[0]!.number },
    { id: '2', number: told[1]!.number },
    { id: '3', number: again[1]!.number },
  ]);
  assert.equal(spool.size(), 0);
  assert.equal(spool.isWaiting(DISTRICT), false);
  assert.deepEqual(await spool.drain(), { taken: 0, known: 0, notTaken: 0 });
});

test('a follow-up of a request that waits itself enters behind it', async (t) => {
  const { installation } = await tinyTown(t);
  const spool = await opened(t, await folderFor(t), installation);
  const [told] = receipts(await spool.append([lampSignal('1')], DISTRICT));
  await spool.append([lampSignal('2', { follows: told!.number!, words: '还是不亮' })], DISTRICT);
  assert.deepEqual(await spool.drain(), { taken: 2, known: 0, notTaken: 0 });
});

test('what the database refuses is set aside with its reason and holds nothing up', async (t) => {
  const { installation } = await tinyTown(t);
  const folder = await folderFor(t);
  const spool = await opened(t, folder, installation);
  const stray = lampSignal('1', { follows: '190000000009' as never });
  await spool.append([stray, lampSignal('2')], DISTRICT);
  await spool.append([lampSignal('3')], 'elsewhere');
  assert.deepEqual(await spool.drain(), { taken: 1, known: 0, notTaken: 1 });
  assert.ok((await readdir(folder)).includes('not-taken.ndjson'));
});

test('a signal that had entered before the journal took it again is one case', async (t) => {
  const { installation, town } = await tinyTown(t);
  const spool = await opened(t, await folderFor(t), installation);
  const [first] = await takeInAll(town, [lampSignal('1')]);
  await spool.append([lampSignal('1', { issued: first!.number! })], DISTRICT);
  assert.deepEqual(await spool.drain(), { taken: 0, known: 1, notTaken: 0 });
  assert.equal((await requestsOf(installation)).length, 1);
});

test('a number told for a signal that had entered under another one opens that request too', async (t) => {
  const { installation, town } = await tinyTown(t);
  const { pool } = town.db;
  const spool = await opened(t, await folderFor(t), installation);
  const [first] = await takeInAll(town, [lampSignal('1')]);
  const [again] = await spool.append([lampSignal('1')], DISTRICT);
  assert.ok(again && !isRefusal(again) && again.number && again.number !== first!.number);
  const follow = lampSignal('2', { follows: again.number, words: '还是不亮' });
  await spool.append([follow], DISTRICT);
  assert.deepEqual(await spool.drain(), { taken: 1, known: 1, notTaken: 0 });
  const numbers = (await requestsOf(installation)).map(({ number }) => number);
  assert.deepEqual(numbers, [first!.number, first!.number]);
  assert.equal(await findRequest(pool, DISTRICT, again.number), first!.caseId);
  assert.equal(await firstNumber(pool, DISTRICT, again.number), first!.number);
  const [seen] = await takeInAll(town, [follow]);
  assert.deepEqual([seen!.known, seen!.number], [true, first!.number]);
});

test('what waits is sealed on disk, over a restart too, and what is set aside says why and not what was said', async (t) => {
  const { installation } = await tinyTown(t);
  const folder = await folderFor(t);
  const { sealer } = installation;
  const first = await openSpool(folder, { sealer });
  await first.attach(installation);
  const stray = lampSignal('2', { follows: '190000000009' as never });
  await first.append([stray, lampSignal('1', { words: '银杏大道的路灯不亮' })], DISTRICT);
  await first.close();
  const inClear = async (): Promise<boolean> =>
    (
      await Promise.all(
        (
          await readdir(folder)
        )
          .filter((name) => /\.(journal|ndjson)$/.test(name))
          .map((name) => readFile(join(folder, name), 'utf8')),
      )
    ).some((text) => text.includes('路灯') || text.includes('银杏'));
  assert.equal(await inClear(), false);
  const spool = await opened(t, folder, installation, { sealer });
  assert.deepEqual(await spool.drain(), { taken: 1, known: 0, notTaken: 1 });
  assert.equal(await inClear(), false);
  const [aside] = (await readFile(join(folder, 'not-taken.ndjson'), 'utf8')).split('\n');
  assert.match(aside!, /"id":"2".*"because"/);
});

test('two processes never write the same folder', async (t) => {
  const folder = await folderFor(t);
  await opened(t, folder);
  await assert.rejects(openSpool(folder), { code: 'folder-taken' });
});

test('half a record at the end of a segment is passed over', async (t) => {
  const { installation } = await tinyTown(t);
  const folder = await folderFor(t);
  const before = await openSpool(folder);
  await before.attach(installation);
  await before.append([lampSignal('1')], DISTRICT);
  await before.close();
  const [segment] = (await readdir(folder)).filter((name) => name.endsWith('.journal'));
  await appendFile(join(folder, segment!), Buffer.from([9, 0, 0, 0, 1, 2]));
  const spool = await opened(t, folder, installation);
  assert.equal(spool.size(), 1);
  assert.deepEqual(await spool.drain(), { taken: 1, known: 0, notTaken: 0 });
});

test('a full disk refuses politely, keeps what it acknowledged, and takes signals again by itself', async (t) => {
  const { installation } = await tinyTown(t);
  let room = Number.POSITIVE_INFINITY;
  const openFile: OpenFile = async (path) => {
    const file = await open(path, 'wx');
    return {
      write: (async (bytes: Buffer, offset: number, length: number, position: number) => {
        const here = Math.min(length, room);
        if (here <= 0) throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
        room -= here;
        return await file.write(bytes, offset, here, position);
      }) as never,
      truncate: (length) => file.truncate(length),
      datasync: () => file.datasync(),
      close: () => file.close(),
    };
  };
  const folder = await folderFor(t);
  const spool = await opened(t, folder, installation, { openFile });
  const [one] = receipts(await spool.append([lampSignal('1')], DISTRICT));
  room = 50;
  const [refused] = await spool.append([lampSignal('2')], DISTRICT);
  assert.ok(isRefusal(refused) && refused.code === 'spool-full');
  room = Number.POSITIVE_INFINITY;
  const [three] = receipts(await spool.append([lampSignal('3')], DISTRICT));
  assert.deepEqual(await spool.drain(), { taken: 2, known: 0, notTaken: 0 });
  assert.deepEqual(await requestsOf(installation), [
    { id: '1', number: one!.number },
    { id: '3', number: three!.number },
  ]);
});

test('what was acknowledged before kill -9 is there once, and no number was told twice', async (t) => {
  const { installation, town } = await tinyTown(t);
  const folder = await folderFor(t);
  const first = await openSpool(folder);
  await first.attach(installation);
  await first.close();
  const told = new Map<string, string>();
  for (let round = 0; round < 3; round += 1) {
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, '..', 'testing', 'spool-child.ts'), folder, String(round)],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const lines = createInterface({ input: child.stdout });
    const enough = 40 + round * 37;
    let seen = 0;
    lines.on('line', (line) => {
      const [id, number] = line.split(' ');
      told.set(id!, number!);
      seen += 1;
      if (seen === enough) child.kill('SIGKILL');
    });
    await once(child, 'exit');
  }
  assert.ok(told.size > 200);
  assert.equal(new Set(told.values()).size, told.size, 'each number was told once');
  const spool = await opened(t, folder, installation);
  await spool.drain();
  const stored = new Map((await requestsOf(installation)).map(({ id, number }) => [id, number]));
  for (const [id, number] of told) assert.equal(stored.get(id), number, id);
  const { rows } = await town.db.pool.query<{ n: number }>('SELECT count(*) AS n FROM signal');
  assert.equal(rows[0]!.n, stored.size);
  assert.equal((await takeIn(town, [lampSignal('0-1')], Date.now())).length, 1);
});

import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { isRefusal } from '@gezhi/basis';
import { makeTown, writeTown } from '@gezhi/demo';
import {
  checkAnywhere,
  formatVerifierKey,
  type LedgerReceipt,
  openPromise,
  verifyReceipt,
} from '@gezhi/ledger';
import { buildApp } from '@gezhi/server';
import { type LedgerFolders, ledgerFolders, nodeSha256, openLog } from '@gezhi/storage';
import { testDatabase } from '@gezhi/storage/testing';
import { importTown, installationOn, readTownFolder, type Town, townOf } from '@gezhi/town';
import { followLedger } from '@gezhi/workers';
import { run } from './run.ts';
import { type HeardIo, heardIo } from './testing/heard-io.ts';

const NOW = Date.parse('2026-05-06T10:00:00+08:00');

type Running = {
  readonly town: Town;
  readonly folders: LedgerFolders;
  readonly folder: string;
  readonly url: string;
  /** Reports a dark lamp and answers what the reporter was given. */
  readonly report: (id: string) => Promise<{ number: string; code: string; promise: string }>;
  readonly receiptOf: (of: { number: string; code: string }) => Promise<LedgerReceipt>;
  readonly follow: () => Promise<void>;
};

async function running(t: TestContext): Promise<Running> {
  const folder = await mkdtemp(join(tmpdir(), 'gezhi-verify-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await writeTown(join(folder, 'town'), makeTown(1));
  const db = await testDatabase(t);
  const installation = await installationOn(db);
  const kinds = [...installation.packs.values()].flatMap((pack) => pack.kinds.map(({ code }) => code));
  await importTown(db, await readTownFolder(join(folder, 'town')), kinds, { now: NOW - 1 });
  await installation.reload();
  const town = townOf(installation);
  const folders = ledgerFolders(join(folder, 'ledger'), 'https://town.example/');
  const server = await buildApp({ installation, ledger: folders, now: () => NOW });
  t.after(() => server.close());
  await server.listen({ port: 0, host: '127.0.0.1' });
  const report: Running['report'] = async (id) => {
    const event = { specversion: '1.0', type: 'gezhi.report.v1', source: 'made-up', id };
    const payload = { ...event, data: { words: `路灯 ${id} 不亮（虚构）`, placeText: '三组水井旁' } };
    const headers = { 'content-type': 'application/cloudevents+json' };
    const answer = await server.inject({
      method: 'POST',
      url: '/api/signals',
      headers,
      payload: JSON.stringify(payload),
    });
    assert.equal(answer.statusCode, 201, answer.body);
    return answer.json();
  };
  const receiptOf: Running['receiptOf'] = async ({ number, code }) =>
    (await server.inject({ url: `/api/requests/${number}/receipt?code=${code}` })).json();
  const follow = async (): Promise<void> => {
    const log = await openLog(folders.folderOf(town.district), await folders.keyOf(town.district));
    await followLedger(town, log).finally(() => log.close());
  };
  const { port } = server.server.address() as AddressInfo;
  return {
    town,
    folders,
    folder,
    url: `http://127.0.0.1:${port}/ledger/${town.district}`,
    report,
    receiptOf,
    follow,
  };
}

async function gezhi(folder: string, ...words: readonly string[]): Promise<HeardIo> {
  const io = heardIo('en', { GEZHI_DATA: folder });
  await run(words, io);
  return io;
}

test('a reporter holds a promise at once, a proof later, and checks both without the server', async (t) => {
  const { town, folders, folder, url, report, receiptOf, follow } = await running(t);
  const given = await report('1');
  const { key } = await folders.keyOf(town.district);
  assert.equal(key.name, `town.example/ledger/${town.district}`);
  const promised = await checkAnywhere((crypto) => openPromise(crypto, given.promise, key));
  assert.ok(!isRefusal(promised) && promised.number === given.number);
  const early = await receiptOf(given);
  assert.equal(early.inclusion, undefined);
  assert.equal(early.promise, given.promise);
  await follow();
  const receipt = await receiptOf(given);
  const proves = await checkAnywhere((crypto) => verifyReceipt(crypto, receipt, key));
  assert.ok(!isRefusal(proves) && proves.included?.leaf.kind === 'fact');

  const file = join(folder, 'receipt.json');
  await writeFile(file, JSON.stringify(receipt));
  const line = formatVerifierKey(nodeSha256, key);
  const good = await gezhi(folder, 'verify', file, '--key', line, '--tiles', url);
  assert.deepEqual(good.codes, [], good.errs.join('\n'));
  assert.match(
    good.outs.join('\n'),
    /promised and signed[\s\S]*in the ledger of[\s\S]*begins with it, unchanged/,
  );

  const body = { ...receipt.inclusion!.body, cause: 'another' };
  await writeFile(file, JSON.stringify({ ...receipt, inclusion: { ...receipt.inclusion!, body } }));
  const bad = await gezhi(folder, 'verify', file, '--key', line);
  assert.deepEqual(bad.codes, [3]);
  assert.match(bad.outs.join('\n'), /body-changed/);
});

test('only files of the ledger are served', async (t) => {
  const { url, follow } = await running(t);
  await follow();
  for (const path of ['checkpoint', 'key.pub'])
    assert.equal((await fetch(`${url}/${path}`)).status, 200, path);
  for (const path of ['journal', 'key.pem', '..%2fjournal', 'tile/0/..%2f..%2fcheckpoint', 'tile/0/999']) {
    assert.equal((await fetch(`${url}/${path}`)).status, 404, path);
  }
});

test('a witness signs what only grew, and refuses a ledger that shrank or forked, and says which', async (t) => {
  const { town, folders, folder, report, follow } = await running(t);
  await report('1');
  await follow();
  const [shown, copy] = [folders.publicOf(town.district), join(folder, 'yesterday')];
  await cp(shown, copy, { recursive: true });
  const key = join(folders.folderOf(town.district), 'key.pub');
  const witness = (where: string): Promise<HeardIo> =>
    gezhi(folder, 'witness', where, '--key', key, '--name', 'city.example/witness');
  assert.deepEqual((await witness(shown)).codes, []);
  await report('2');
  await follow();
  const grown = await witness(shown);
  assert.deepEqual(grown.codes, []);
  assert.match(grown.outs.join(''), /— town\.example\S* \S+\n— city\.example\/witness \S+\n$/);
  const shrunk = await witness(copy);
  assert.deepEqual(shrunk.codes, [3]);
  assert.match(shrunk.outs.join(''), /log-shrunk/);

  // The same keeper writes another history of the same length.
  const fork = join(folder, 'fork');
  const log = await openLog(fork, await folders.keyOf(town.district));
  const size = Number((await readFile(join(shown, 'checkpoint'), 'utf8')).split('\n')[1]);
  await log.append(Array.from({ length: size + 1 }, (_, i) => Buffer.from(`another ${i}`)));
  await log.close();
  const forked = await witness(join(fork, 'public'));
  assert.deepEqual(forked.codes, [3]);
  assert.match(forked.outs.join(''), /log-forked/);
});

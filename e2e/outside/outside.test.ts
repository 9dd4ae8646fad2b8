import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { WireReceipt } from '@gezhi/contract';
import { type Listener, makeLog, type Service, startService } from '@gezhi/service';
import { bringIn, carrySpool, prepareOutside } from '@gezhi/workers';
import { COMMUNITIES, makeSmallTown, withInstallation } from '../kit/small-town.ts';

/** None of it may stand in a log, nor in clear outside. */
const CANARIES = { words: '金丝雀：路灯不亮', name: '金丝雀（虚构）', phone: '00055509876' };

test('what is told on the public network comes into the house, once', { timeout: 240_000 }, async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'gezhi-outside-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const [house, outside, stick] = ['house', 'outside', 'stick'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  const keysDir = join(house, 'keys');
  const tokens = await makeSmallTown({ dataDir: house });
  await makeSmallTown({ dataDir: outside });
  const lines: string[] = [];

  await t.test('a service that was not prepared does not start outside', async (t) => {
    const service = await serve(t, outside, ['portal'], { isOutside: true, lines });
    await assert.rejects(service.ready, { code: 'not-prepared' });
  });

  await withInstallation({ dataDir: house }, (installation) =>
    prepareOutside(installation, join(outside, 'spool'), { keysDir, count: 1000 }),
  );
  const [inner, outer] = [
    await serve(t, house, ['console'], { lines }),
    await serve(t, outside, ['portal'], { isOutside: true, lines }),
  ];
  await Promise.all([inner.ready, outer.ready]);

  const told: WireReceipt[] = [];
  await t.test(
    'outside it is answered with a number and its code, the same when it is sent again',
    async () => {
      for (const n of [1, 2, 3]) told.push(await report(outer, n));
      assert.equal(new Set(told.map(({ number }) => number)).size, 3);
      for (const one of told) assert.ok(one.spooled && /^\d{6}$/.test(one.code ?? ''), JSON.stringify(one));
      const again = await report(outer, 1);
      // Source and id can be guessed: the code is told once.
      assert.deepEqual([again.number, again.code, again.known], [told[0]!.number, undefined, true]);
    },
  );

  await t.test('outside nothing of the house is served, whatever token is shown', async () => {
    const authorization = `Bearer ${tokens.seat}`;
    for (const path of ['/queue', '/api/cases', '/api/facts', '/staff', '/metrics'])
      assert.equal((await fetch(outer.url + path, { headers: { authorization } })).status, 404, path);
    assert.equal((await fetch(`${inner.url}/api/cases`, { headers: { authorization } })).status, 200);
    assert.equal((await fetch(`${inner.url}/my`)).status, 404);
  });

  await t.test('what lies outside cannot be read there', () => {
    for (const name of readdirSync(join(outside, 'spool')).filter((one) => one.endsWith('.journal'))) {
      const text = readFileSync(join(outside, 'spool', name), 'latin1');
      for (const canary of Object.values(CANARIES))
        assert.ok(!text.includes(Buffer.from(canary).toString('latin1')), name);
    }
  });

  const bring = async () => {
    await carrySpool(join(outside, 'spool'), stick);
    return await withInstallation({ dataDir: house }, (installation) =>
      bringIn(installation, stick, { keysDir, now: Date.now }),
    );
  };
  await t.test('carried in twice it is there once; what comes later follows', async () => {
    assert.deepEqual(countsOf(await bring()), [3, 0, 0]);
    assert.deepEqual(countsOf(await bring()), [0, 3, 0]);
    told.push(await report(outer, 4));
    assert.deepEqual(countsOf(await bring()), [1, 3, 0]);
  });

  await t.test('inside, each number opens with the code that was told outside', async () => {
    for (const { number, code } of told) {
      const answer = await fetch(`${inner.url}/api/requests/${number}?code=${code}`);
      assert.equal(answer.status, 200);
      assert.equal(((await answer.json()) as { words: string }).words, CANARIES.words + COMMUNITIES[0]);
    }
  });

  await t.test('a record that was changed on its way is refused', async () => {
    spoilFirst(stick);
    const brought = await withInstallation({ dataDir: house }, (installation) =>
      bringIn(installation, stick, { keysDir, now: Date.now }),
    );
    assert.ok(brought.torn > 0, 'the check sum of the record tells');
  });

  await t.test('no log holds a secret, a code, or what somebody said', async () => {
    for (const path of ['/api/cases', '/api/requests/1', '/queue'])
      await fetch(inner.url + path, { headers: { authorization: `Bearer ${tokens.seat}.broken` } });
    await Promise.all([inner.stop(), outer.stop()]);
    const log = lines.join('\n');
    assert.ok(lines.length > 5);
    const secrets = [
      ...Object.values(CANARIES),
      ...Object.values(tokens),
      ...told.map(({ code }) => ` ${code}`),
    ];
    for (const secret of secrets) assert.ok(!log.includes(secret), secret);
  });
});

async function serve(
  t: TestContext,
  dataDir: string,
  only: readonly Listener[],
  options: { readonly isOutside?: boolean; readonly lines: string[] },
): Promise<Service> {
  const { isOutside = false, lines } = options;
  const service = await startService({
    database: { dataDir },
    host: '127.0.0.1',
    port: 0,
    spoolDir: join(dataDir, 'spool'),
    only,
    postTokens: true,
    isOutside,
    log: makeLog('debug', (line) => lines.push(line)),
  });
  t.after(() => service.stop());
  return service;
}

async function report({ url }: Service, n: number): Promise<WireReceipt> {
  const requester = { name: CANARIES.name, reachMe: [{ way: 'phone', address: CANARIES.phone }] };
  const answer = await fetch(`${url}/api/signals`, {
    method: 'POST',
    headers: { 'content-type': 'application/cloudevents+json' },
    body: JSON.stringify({
      specversion: '1.0',
      type: 'gezhi.report.v1',
      source: 'https://app.example',
      id: String(n),
      data: { words: CANARIES.words + COMMUNITIES[0], placeText: COMMUNITIES[0], requester },
    }),
  });
  assert.equal(answer.status, 202);
  return (await answer.json()) as WireReceipt;
}

/** One bit of the first record, as a bad stick or a bad man would change it. */
function spoilFirst(folder: string): void {
  const [name] = readdirSync(folder).filter((one) => one.endsWith('.journal'));
  const path = join(folder, name!);
  const bytes = readFileSync(path);
  bytes[20] = bytes[20]! ^ 1;
  writeFileSync(path, bytes);
}

function countsOf({ taken, known, notTaken }: { taken: number; known: number; notTaken: number }): number[] {
  return [taken, known, notTaken];
}

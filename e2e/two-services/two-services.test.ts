import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { DAY, isRefusal } from '@gezhi/basis';
import type { CloudEvent, WireReceipt } from '@gezhi/contract';
import { launchPostgres } from '@gezhi/storage';
import { type Installation, takeIn, townOf } from '@gezhi/town';
import { killPostmaster } from '../crash/strike.ts';
import { checkLedger } from '../kit/check-ledger.ts';
import { type CommandAnswer, type Ledger, newLedger, noteReceipt, noteSent } from '../kit/ledger.ts';
import { resendUnacknowledged } from '../kit/send.ts';
import { startLoad } from '../kit/senders.ts';
import { type ServiceProcess, startServiceProcess, untilEmptied } from '../kit/service-process.ts';
import {
  COMMUNITIES,
  DISTRICT,
  makeSmallTown,
  type Tokens,
  type Where,
  withInstallation,
} from '../kit/small-town.ts';
import { readStream } from '../kit/stream-reader.ts';

test('two services on one database: one leads, both tell all, nothing is done twice', async (t) => {
  const { folder, where, tokens, first, second } = await twoServices(t);
  const ledger = newLedger();
  const targets = [first, second].map((service) => ({ url: () => service.url, tokens }));

  await t.test('the first leads the clocks', async () => {
    await withInstallation(where, async (installation) => {
      await takeInLate(installation, ledger, 'late', 20);
      await noticed(installation, 20);
      assert.equal(await leaders(installation), 1);
    });
  });

  const streams = [await readStream(first.url, tokens.seat), await readStream(second.url, tokens.seat)];
  await t.test('under load on both, streams tell every fact once and in order', async (t) => {
    const load = startLoad(targets, ledger, 'load', 7);
    await sleep(1_500);
    // A reader that leaves comes back to the other service.
    await streams[1]!.resumeAt(first.url);
    await sleep(1_000);
    await streams[1]!.resumeAt(second.url);
    await sleep(500);
    await load.stop();
    assert.deepEqual([...ledger.failures], [], 'nobody was put off');
    const head = await headOf(where);
    for (const stream of streams) {
      await stream.until(head);
      assert.deepEqual(stream.positions, upTo(head));
    }
    t.diagnostic(`${ledger.signals.size} signals, ${ledger.commands.size} commands, ${head} facts`);
  });

  await t.test('the same signal sent to both at once is one request', async () => {
    for (let n = 0; n < 20; n += 1) await sendToBoth([first, second], ledger, n);
  });

  await t.test('the same command sent to both at once is done once, and both are told the same', async () => {
    for (const caseId of await openCases(where, 10)) {
      const body = { commandId: `both/${caseId}`, action: 'accept', expectedSeq: await seqOf(where, caseId) };
      const answers = await Promise.all(
        [first, second].map((service) => command(service, tokens.desk, caseId, body)),
      );
      assert.deepEqual(
        answers.map(({ status }) => status),
        [200, 200],
        JSON.stringify(answers),
      );
      assert.deepEqual(answers[0]!.body, answers[1]!.body);
      remember(ledger, caseId, 'desk', body, answers[0]!.body as CommandAnswer);
    }
  });

  await t.test('of two who saw the same case one acts, the other hears what happened since', async () => {
    for (const caseId of await openCases(where, 10))
      await meet([first, second], { where, tokens }, ledger, caseId);
  });

  await t.test('when their database is killed both take reports in, and what both took is one', async () => {
    const load = startLoad(targets, ledger, 'away', 8);
    await sleep(300);
    await killPostmaster(join(folder, 'database'));
    await sleep(1_500);
    await load.stop();
    for (const service of [first, second]) await service.ready();
    await untilEmptied(join(folder, 'first'), first);
    await untilEmptied(join(folder, 'second'), second);
    const turnedAway = [...ledger.failures.keys()].filter((what) => !/ 503 database-away$/.test(what));
    assert.deepEqual(turnedAway, []);
    assert.ok([...ledger.signals.values()].some(({ receipts }) => receipts[0]?.spooled));
    await resendUnacknowledged(ledger, targets[0]!);
  });

  await t.test('when the leader is killed the other takes over, and so do its readers', async () => {
    await first.kill();
    await streams[0]!.resumeAt(second.url);
    await withInstallation(where, async (installation) => {
      await takeInLate(installation, ledger, 'later', 20);
      await noticed(installation, 40);
      assert.equal(await leaders(installation), 1);
    });
    const head = await headOf(where);
    for (const stream of streams) {
      await stream.until(head);
      assert.deepEqual(stream.positions, upTo(head));
      await stream.end();
    }
  });

  await t.test('everything acknowledged is there once, and projections are what the facts say', async () => {
    await second.stop();
    const problems = await withInstallation(where, async (installation) => [
      ...(await checkLedger(installation, ledger, { hasManyJournals: true })),
      ...(await noticedTwice(installation)),
    ]);
    assert.deepEqual(problems.slice(0, 20), []);
  });
});

type Two = {
  readonly folder: string;
  readonly where: Where;
  readonly tokens: Tokens;
  readonly first: ServiceProcess;
  readonly second: ServiceProcess;
};

/** A server of their own, a small town in it, and two services with a journal each; all gone when the test ends. */
async function twoServices(t: TestContext): Promise<Two> {
  const folder = await mkdtemp(join(tmpdir(), 'gezhi-two-'));
  const server = await launchPostgres({ dataDir: join(folder, 'database') });
  const services: ServiceProcess[] = [];
  t.after(async () => {
    for (const service of services) await service.kill();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });
  const { host, port, user, database } = server.connection;
  const url = `postgres://${user}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`;
  const where = { url, keysDir: join(folder, 'keys') };
  const tokens = await makeSmallTown(where);
  const start = async (name: string): Promise<ServiceProcess> => {
    const service = await startServiceProcess({
      dataDir: join(folder, name),
      databaseUrl: url,
      keysDir: join(folder, 'keys'),
    });
    services.push(service);
    await service.ready();
    return service;
  };
  const first = await start('first');
  // The first one leads before the second one asks.
  await withInstallation(where, async (installation) => {
    while ((await leaders(installation)) === 0) await sleep(50);
  });
  return { folder, where, tokens, first, second: await start('second') };
}

const upTo = (head: number): number[] => Array.from({ length: head }, (_, i) => i + 1);

async function headOf(where: Where): Promise<number> {
  return await withInstallation(where, async ({ db }) => {
    const { rows } = await db.pool.query<{ position: number }>('SELECT position FROM log_head');
    return rows[0]!.position;
  });
}

/** How many connections lead the clocks of the town. */
async function leaders({ db }: Installation): Promise<number> {
  const { rows } = await db.pool.query<{ holders: number }>(
    `SELECT count(*)::int AS holders FROM pg_locks WHERE locktype = 'advisory' AND granted
       AND classid = (hashtext('gezhi.leader')::bigint & 4294967295)::oid
       AND objid = (hashtext($1)::bigint & 4294967295)::oid
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    [`clocks ${DISTRICT}`],
  );
  return rows[0]!.holders;
}

/** Reports that came in ten days ago, so that their clocks have passed by now. */
async function takeInLate(
  installation: Installation,
  ledger: Ledger,
  source: string,
  count: number,
): Promise<void> {
  const then = Date.now() - 10 * DAY;
  const signals = Array.from({ length: count }, (_, n) => ({
    source,
    id: String(n),
    type: 'gezhi.report.v1',
    occurredAt: then,
    channel: 'phone',
    words: `旧事 ${source}-${n}`,
    placeText: COMMUNITIES[0],
    kind: 'lamp.fault',
  }));
  const receipts = await takeIn(townOf(installation), signals, then);
  for (const [n, receipt] of receipts.entries()) {
    assert.ok(!isRefusal(receipt));
    const sent = noteSent(ledger, { specversion: '1.0', ...signals[n]! } as CloudEvent, source);
    noteReceipt(ledger, sent, receipt);
  }
}

const PATIENCE_MS = 30_000;

/** Answers when the clocks of so many cases were noticed. */
async function noticed({ db }: Installation, cases: number): Promise<void> {
  const giveUpAt = Date.now() + PATIENCE_MS;
  for (;;) {
    const { rows } = await db.pool.query<{ cases: number }>(
      `SELECT count(DISTINCT case_id)::int AS cases FROM fact WHERE type = 'deadlinePassed'`,
    );
    if (rows[0]!.cases >= cases) return;
    assert.ok(Date.now() < giveUpAt, `clocks of ${rows[0]!.cases} of ${cases} cases were noticed`);
    await sleep(100);
  }
}

async function noticedTwice({ db }: Installation): Promise<readonly string[]> {
  const { rows } = await db.pool.query<{ case_id: string; what: string }>(
    `SELECT case_id, data::text AS what FROM fact WHERE type = 'deadlinePassed'
     GROUP BY case_id, data::text HAVING count(*) > 1`,
  );
  return rows.map(({ case_id, what }) => `a clock of ${case_id} was noticed twice: ${what}`);
}

/** Open cases that were dispatched and not accepted yet. */
async function openCases(where: Where, count: number): Promise<readonly string[]> {
  return await withInstallation(where, async ({ db }) => {
    const { rows } = await db.pool.query<{ case_id: string }>(
      `SELECT case_id FROM case_now WHERE state = 'dispatched' AND next_due > now() ORDER BY case_id DESC LIMIT $1`,
      [count],
    );
    assert.equal(rows.length, count, 'the load left enough cases open');
    return rows.map(({ case_id }) => case_id);
  });
}

async function seqOf(where: Where, caseId: string): Promise<number> {
  return await withInstallation(where, async ({ db }) => {
    const { rows } = await db.pool.query<{ seq: number }>('SELECT seq FROM case_now WHERE case_id = $1', [
      caseId,
    ]);
    return rows[0]!.seq;
  });
}

async function sendToBoth(services: readonly ServiceProcess[], ledger: Ledger, n: number): Promise<void> {
  const event: CloudEvent = {
    specversion: '1.0',
    type: 'gezhi.report.v1',
    source: 'both',
    id: String(n),
    data: { words: `两处同报 ${n}`, placeText: COMMUNITIES[1], kind: 'lamp.fault' },
  };
  const receipts = await Promise.all(
    services.map(async ({ url }) => {
      const answer = await fetch(`${url}/api/signals`, {
        method: 'POST',
        headers: { 'content-type': 'application/cloudevents+json' },
        body: JSON.stringify(event),
      });
      return (await answer.json()) as WireReceipt;
    }),
  );
  assert.equal(receipts[0]!.number, receipts[1]!.number);
  assert.equal(receipts[0]!.caseId, receipts[1]!.caseId);
  assert.deepEqual(receipts.map(({ known }) => known).toSorted(), [false, true]);
  for (const receipt of receipts) noteReceipt(ledger, noteSent(ledger, event, 'both'), receipt);
}

/** Two note something on the same case at once, both having seen it as it is now. */
async function meet(
  services: readonly ServiceProcess[],
  { where, tokens }: Pick<Two, 'where' | 'tokens'>,
  ledger: Ledger,
  caseId: string,
): Promise<void> {
  const expectedSeq = await seqOf(where, caseId);
  const bodies = ['one', 'other'].map((who) => ({
    commandId: `${who}/${caseId}`,
    action: 'note',
    expectedSeq,
    input: { words: `记录 ${who}` },
  }));
  const answers = await Promise.all(
    services.map((service, i) => command(service, tokens.seat, caseId, bodies[i]!)),
  );
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 409], JSON.stringify(answers));
  const done = answers.findIndex(({ status }) => status === 200);
  remember(ledger, caseId, 'seat', bodies[done]!, answers[done]!.body as CommandAnswer);
  const stale = answers[1 - done]!.body as { code: string; details: { since: { type: string }[] } };
  assert.equal(stale.code, 'stale');
  assert.deepEqual(
    stale.details.since.map(({ type }) => type),
    ['noted'],
  );
}

async function command(
  { url }: ServiceProcess,
  token: string,
  caseId: string,
  body: object,
): Promise<{ readonly status: number; readonly body: unknown }> {
  const answer = await fetch(`${url}/api/cases/${caseId}/commands`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: await answer.json() };
}

function remember(
  ledger: Ledger,
  caseId: string,
  post: string,
  { commandId, ...body }: { readonly commandId: string },
  answer: CommandAnswer,
): void {
  ledger.commands.set(commandId, { commandId, caseId, post, body, answers: [answer] });
}

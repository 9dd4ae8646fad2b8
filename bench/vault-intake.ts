// Taking reports in with contacts and words sealed and the ledger followed, beside words in clear, without contacts, without a ledger: the whole cost of trust.
// `node bin/node.js bench/vault-intake.ts`
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { isRefusal } from '@gezhi/basis';
import { makeTown, writeTown } from '@gezhi/demo';
import { ledgerFolders, sealColumns } from '@gezhi/storage';
import { testDatabase } from '@gezhi/storage/testing';
import {
  type Incoming,
  importTown,
  installationOn,
  readTownFolder,
  sealWordsIn,
  type Town,
  takeIn,
  townOf,
} from '@gezhi/town';
import { type LedgerWriter, ledgerWriter } from '@gezhi/workers';
import { inTurn, type Line, median } from './report.ts';

const NOW = Date.UTC(2026, 4, 6, 2);
const BATCH = 200;
const BATCHES = 10;
const PAIRS = 5;
let serial = 0;

export async function benchVaultIntake(): Promise<Line[]> {
  const closing: (() => unknown)[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'gezhi-intake-'));
  try {
    await writeTown(folder, makeTown(7));
    const db = await testDatabase({ after: (close) => void closing.push(close as () => unknown) });
    const installation = await installationOn(db, undefined, { keys: { keysDir: join(folder, 'keys') } });
    const kinds = [...installation.packs.values()].flatMap((pack) => pack.kinds.map(({ code }) => code));
    await importTown(db, await readTownFolder(folder), kinds, { now: NOW - 1000 });
    await installation.reload();
    const town = townOf(installation);
    const ledger = ledgerWriter(ledgerFolders(join(folder, 'ledger'), 'bench.example'), () => false);
    closing.unshift(() => ledger.close());
    return [await intakeLine(town, undefined), await intakeLine(town, ledger)];
  } finally {
    for (const close of closing) await close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param ledger followed beside the intake and to the last report, as the service does it; none: the vault alone */
async function intakeLine(town: Town, ledger: LedgerWriter | undefined): Promise<Line> {
  const trusted: Spent[] = [];
  const bare: Spent[] = [];
  await inTurn(
    PAIRS,
    async () => {
      sealWordsIn(town.db, town.keeping);
      // What the other arm wrote goes into the ledger before the clock runs.
      await ledger?.follow(town);
      const spent = await takeBatches(town, true, ledger);
      trusted.push(spent);
      return spent.ms;
    },
    async () => {
      sealColumns(town.db.pool, undefined);
      const spent = await takeBatches(town, false);
      bare.push(spent);
      return spent.ms;
    },
  );
  const of = (all: readonly Spent[], what: 'ms' | 'cpuMs'): number =>
    median(all.slice(1).map((one) => one[what]));
  const reports = BATCH * BATCHES;
  const rate = (all: readonly Spent[]): string =>
    `${((reports / of(all, 'ms')) * 1000).toFixed(0)} reports/s`;
  const cpu = (all: readonly Spent[]): string => `${((of(all, 'cpuMs') / reports) * 1000).toFixed(0)} µs`;
  const ratio = of(bare, 'ms') / of(trusted, 'ms');
  return {
    name: `vault: intake with contacts and words sealed${ledger ? ', the ledger followed beside it' : ''}`,
    ours: rate(trusted),
    reference: `in clear, without contacts${ledger ? ' and ledger' : ''}: ${rate(bare)}`,
    ratio,
    goal: '≥ 0.85×',
    reached: ratio >= 0.85,
    method: `${PAIRS} pairs ABAB after a warm-up, ${reports} reports in batches of ${BATCH}${ledger ? `, every ${FOLLOW_MS} ms, and at the end, what came goes into the ledger` : ''}; processor of this process for a report: ${cpu(trusted)} and ${cpu(bare)}`,
  };
}

type Spent = { readonly ms: number; readonly cpuMs: number };

/** As in the service. */
const FOLLOW_MS = 500;

async function followBeside(town: Town, ledger: LedgerWriter, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await ledger.follow(town);
    await sleep(FOLLOW_MS, undefined, { signal }).catch((error: Error) => {
      if (error.name !== 'AbortError') throw error;
    });
  }
  await ledger.follow(town);
}

async function takeBatches(town: Town, withContacts: boolean, ledger?: LedgerWriter): Promise<Spent> {
  const following = new AbortController();
  const followed = ledger && followBeside(town, ledger, following.signal);
  const from = performance.now();
  const cpu = process.cpuUsage();
  for (let i = 0; i < BATCHES; i += 1) {
    const receipts = await takeIn(
      town,
      Array.from({ length: BATCH }, () => report(withContacts)),
      NOW,
    );
    if (receipts.some(isRefusal)) throw new Error('a report was refused');
  }
  following.abort();
  await followed;
  const { user, system } = process.cpuUsage(cpu);
  return { ms: performance.now() - from, cpuMs: (user + system) / 1000 };
}

function report(withContacts: boolean): Incoming {
  serial += 1;
  return {
    source: 'bench',
    id: String(serial),
    type: 'gezhi.report.v1',
    occurredAt: NOW,
    channel: 'phone',
    ...{
      words: `银杏大道第 ${serial} 盏路灯不亮`,
      kind: 'lamp.fault',
      point: { lon: 119.39958, lat: 30.309503 },
    },
    ...(withContacts
      ? {
          requester: {
            name: '赵某（虚构）',
            reachMe: [{ way: 'phone', address: `199${String(serial).padStart(8, '0')}` }],
          },
        }
      : {}),
  };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const { name, ours, reference, ratio, goal, method } of await benchVaultIntake())
    console.log(`${name}: ${ours}; ${reference}; ${ratio?.toFixed(2)}× (goal ${goal})\n  ${method}`);
}

// Taking reports in with contacts, sealed, beside the same without any contact: the whole cost of keeping who asked. `node bin/node.js bench/vault-intake.ts`
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRefusal } from '@gezhi/basis';
import { makeTown, writeTown } from '@gezhi/demo';
import { testDatabase } from '@gezhi/storage/testing';
import {
  type Incoming,
  importTown,
  installationOn,
  readTownFolder,
  type Town,
  takeIn,
  townOf,
} from '@gezhi/town';
import { inTurn, median } from './report.ts';

const NOW = Date.UTC(2026, 4, 6, 2);
const BATCH = 200;
const BATCHES = 5;
const PAIRS = 5;
let serial = 0;

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
  const sealed: Spent[] = [];
  const bare: Spent[] = [];
  await inTurn(
    PAIRS,
    async () => {
      const spent = await takeBatches(town, true);
      sealed.push(spent);
      return spent.ms;
    },
    async () => {
      const spent = await takeBatches(town, false);
      bare.push(spent);
      return spent.ms;
    },
  );
  const of = (all: readonly Spent[], what: 'ms' | 'cpuMs'): number =>
    median(all.slice(1).map((one) => one[what]));
  const reports = BATCH * BATCHES;
  console.log(
    `rate: sealed ${(reports / of(sealed, 'ms')).toFixed(2)} a ms, without contacts ${(reports / of(bare, 'ms')).toFixed(2)}: ${(of(bare, 'ms') / of(sealed, 'ms')).toFixed(2)}× (goal ≥ 0.85)`,
  );
  console.log(
    `processor of this process for one report: sealed ${((of(sealed, 'cpuMs') / reports) * 1000).toFixed(0)} µs, without contacts ${((of(bare, 'cpuMs') / reports) * 1000).toFixed(0)} µs`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
  for (const close of closing) await close();
}

type Spent = { readonly ms: number; readonly cpuMs: number };

async function takeBatches(town: Town, withContacts: boolean): Promise<Spent> {
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
  const { user, system } = process.cpuUsage(cpu);
  return { ms: performance.now() - from, cpuMs: (user + system) / 1000 };
}

function report(withContacts: boolean): Incoming {
  serial += 1;
  return {
    ...{ source: 'bench', id: String(serial), type: 'gezhi.report.v1', occurredAt: NOW, channel: 'phone' },
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

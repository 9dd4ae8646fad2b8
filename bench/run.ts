// `npm run bench`: prints the table, ours beside the reference in the same run, and writes bench/results.json.
// `--rows N` (default 1,000,000) sizes the big tables, `--only NAME` runs one part, `--keep` keeps its data folder.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildApp, tokenOf } from '@gezhi/server';
import { addRegistry, type Db, inTransaction, openDatabase } from '@gezhi/storage';
import { type Installation, openInstallation, townOf } from '@gezhi/town';
import { follow, searchFollower } from '@gezhi/workers';
import { benchImport, ROOT } from './import.ts';
import { benchIntake } from './intake.ts';
import { benchLedger } from './ledger.ts';
import { benchOpen311 } from './open311.ts';
import { benchPlace } from './place.ts';
import { benchPowerLists, benchPowers } from './powers.ts';
import { benchRates, makeMonth } from './rates.ts';
import { benchAnswer } from './reading-answer.ts';
import { benchHot } from './reading-hot.ts';
import { benchReadingKind } from './reading-kind.ts';
import { benchMask } from './reading-mask.ts';
import { benchSame } from './reading-same.ts';
import { benchReads } from './reads.ts';
import { benchReplay } from './replay.ts';
import { type Line, printTable } from './report.ts';
import { benchScreens } from './screens.ts';
import { benchVault } from './vault.ts';
import { benchVaultIntake } from './vault-intake.ts';
import { benchYear } from './year.ts';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    only: { type: 'string' },
    keep: { type: 'boolean' },
  },
});
const OUT = join(ROOT, 'bench/out');
const ROWS = Number(values.rows);
/** Of a district; fewer where fewer rows are asked for. */
const YEAR_REQUESTS = 200_000;
const PARTS: Readonly<Record<string, () => Promise<Line[]>>> = {
  place: placeLines,
  replay: replayLines,
  import: importLines,
  rates: ratesLines,
  service: serviceLines,
  year: () => benchYear(withInstallation, Math.min(ROWS, YEAR_REQUESTS)),
  powers: async () => [...(await benchPowers())],
  'powers-lists': async () => [...(await benchPowerLists(ROWS))],
  'reading-kind': benchReadingKind,
  'reading-mask': async () => benchMask(),
  'reading-same': () => benchSame(ROWS),
  'reading-hot': benchHot,
  'reading-answer': benchAnswer,
  screens: benchScreens,
  ledger: benchLedger,
  vault: async () => [...(await benchVault()), ...(await benchVaultIntake())],
};

type Result = Line & { readonly part: string; readonly at: string; readonly rows: number };

const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, ${(totalmem() / 1e9).toFixed(0)} GB, Node ${process.version}`;
const RESULTS = join(ROOT, 'bench/results.json');
const lines: Result[] = [];
for (const [part, measure] of Object.entries(PARTS)) {
  if (values.only && values.only !== part) continue;
  console.error(`… ${part}`);
  const at = new Date().toISOString().slice(0, 10);
  const found = await measure();
  lines.push(...found.map((line) => ({ part, at, rows: ROWS, ...line })));
  for (const line of found) console.error(`   ${line.name}: ${line.ours} (${line.method})`);
}
console.log(`${printTable(lines)}\n\n${machine}`);
// A part measured by itself takes the place of what stood of it; each line says when it was measured and with how many rows.
const before = existsSync(RESULTS)
  ? (JSON.parse(readFileSync(RESULTS, 'utf8')) as { lines: Result[] }).lines
  : [];
const kept = before.filter((line) => !lines.some(({ part }) => part === line.part));
const all = Object.keys(PARTS).flatMap((part) => [...kept, ...lines].filter((line) => line.part === part));
writeFileSync(RESULTS, `${JSON.stringify({ machine, lines: all }, null, 2)}\n`);

async function placeLines(): Promise<Line[]> {
  const found = await benchPlace();
  return found.map((f) => ({
    name: f.name,
    ours: `${(f.ours / 1e6).toFixed(2)} M points/s`,
    reference: `which-polygon 2.2.1: ${(f.reference / 1e6).toFixed(2)} M points/s`,
    ratio: f.ratio,
    goal: '≥ 20×',
    reached: f.ratio >= 20,
    method: '5 pairs in turn, medians; see bench/place.ts for the check of exactness',
  }));
}

async function replayLines(): Promise<Line[]> {
  const found = await benchReplay();
  return found.map((f) => ({
    name: f.name,
    ours: `${Math.round(f.ours).toLocaleString('en')} ${f.unit}`,
    reference: '—',
    ratio: null,
    goal: `≥ ${f.goal.toLocaleString('en')}`,
    reached: f.reached,
    method: 'best of five',
  }));
}

async function importLines(): Promise<Line[]> {
  const times = Math.max(1, Math.round(ROWS / 19_999));
  return await withInstallation('big', async (installation) => {
    const found = await benchImport(installation, OUT, times);
    found.push(await searchBehind(installation));
    await addClerk(installation, 'la');
    const app = await buildApp({ installation });
    const token = tokenOf(installation.secret, { post: 'clerk', person: 'B00001' });
    found.push(...(await benchReads(app, installation, 'la', token)));
    await app.close();
    return found;
  });
}

/** How long the search takes to catch up with everything that was just imported. */
async function searchBehind(installation: Installation): Promise<Line> {
  const began = performance.now();
  await follow(townOf(installation, 'la'), searchFollower, { batchMax: 20_000 });
  const seconds = (performance.now() - began) / 1000;
  return {
    name: 'search behind the import, at the most',
    ours: `${seconds.toFixed(1)} s`,
    reference: '—',
    ratio: null,
    goal: '≤ 60 s',
    reached: seconds <= 60,
    method: 'followed from nothing after the whole import; while it runs beside the import it is less',
  };
}

async function ratesLines(): Promise<Line[]> {
  return await withInstallation('rates', async (installation) =>
    benchRates(await makeMonth(installation, ROWS), ROWS),
  );
}

async function withInstallation<T>(
  name: string,
  work: (installation: Installation) => Promise<T>,
): Promise<T> {
  const dataDir = join(OUT, name);
  rmSync(dataDir, { recursive: true, force: true });
  const installation = await openInstallation({ dataDir, as: 'owner' });
  try {
    return await work(installation);
  } finally {
    await installation.close();
    if (!values.keep) rmSync(dataDir, { recursive: true, force: true });
  }
}

/** An imported district has no staff; one clerk reads its cases. */
async function addClerk(installation: Installation, district: string): Promise<void> {
  const knownFrom = Date.now() - 1000;
  await inTransaction(installation.db.pool, (client) =>
    addRegistry(client, district, [
      {
        sort: 'unit',
        code: 'office',
        knownFrom,
        record: { code: 'office', name: 'Office', kind: 'hotline', level: 'city' },
      },
      {
        sort: 'post',
        code: 'clerk',
        knownFrom,
        record: { code: 'clerk', unit: 'office', kind: 'seat', name: 'Clerk' },
      },
      {
        sort: 'staff',
        code: 'clerk/B00001/',
        knownFrom,
        record: { person: 'B00001', post: 'clerk', name: 'A clerk' },
      },
    ]),
  );
  await installation.reload();
}

/** The service as a newcomer starts it, with the demo town: at rest, then under load. */
async function serviceLines(): Promise<Line[]> {
  const dataDir = join(OUT, 'service');
  rmSync(dataDir, { recursive: true, force: true });
  const port = 18_080;
  const began = performance.now();
  const service = spawn(
    process.execPath,
    [join(ROOT, 'bin/gezhi.js'), 'serve', '--demo', '--data', dataDir, '--port', String(port)],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  try {
    await untilReady(port);
    const seconds = (performance.now() - began) / 1000;
    const db = await openDatabase({ dataDir, as: 'guest' });
    await untilCaughtUp(db);
    const megabytes = await residentMegabytes(port);
    const found: Line[] = [
      {
        name: 'from start to a town with two years of history',
        ours: `${seconds.toFixed(0)} s`,
        reference: '—',
        ratio: null,
        goal: '≤ 60 s',
        reached: seconds <= 60,
        method: 'empty data folder, until /readyz answers 200',
      },
      {
        name: 'service at rest with the demo town, without the database',
        ours: `${megabytes.toFixed(0)} MB`,
        reference: '—',
        ratio: null,
        goal: '< 250 MB',
        reached: megabytes < 250,
        method: 'resident set as /metrics tells it, half a minute after roll-ups and search have caught up',
      },
      ...(await benchOpen311(port)),
      ...(await benchIntake(db, port)),
    ];
    await db.close();
    return found;
  } finally {
    service.kill('SIGTERM');
    await new Promise((resolve) => service.once('exit', resolve));
    if (!values.keep) rmSync(dataDir, { recursive: true, force: true });
  }
}

/** At rest: roll-ups and search stand at the head of the log, and half a minute has passed. */
async function untilCaughtUp(db: Db): Promise<void> {
  for (let i = 0; i < 300; i += 1) {
    const { rows } = await db.pool.query<{ behind: number | null }>(
      'SELECT max(h.position - f.position) AS behind FROM log_head h JOIN follower f USING (district)',
    );
    if (rows[0]?.behind === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
  await new Promise((resolve) => setTimeout(resolve, 30_000));
}

async function untilReady(port: number): Promise<void> {
  for (let i = 0; i < 600; i += 1) {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
    if (answer?.status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error('the service was not ready within five minutes');
}

async function residentMegabytes(port: number): Promise<number> {
  const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return Number(/^process_resident_memory_bytes (\d+)/m.exec(metrics)?.[1] ?? Number.NaN) / 1e6;
}

// Appending to the ledger beside hypercore 10.38.2, and proofs. `node bin/node.js bench/ledger.ts`
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ED25519 } from '@gezhi/ledger';
import { type LogKey, openLog } from '@gezhi/storage';
import { ROOT } from './import.ts';
import { inTurn, type Line, median, percentile } from './report.ts';
import { measuredInBrowser } from './screens.ts';

const ENTRY_BYTES = 212;
const PAIRS = 3;
/** How long a checkpoint that is on disk may wait for readers to see it. */
const PUBLISH_MS = 100;

type Hypercore = {
  ready(): Promise<void>;
  append(blocks: readonly Uint8Array[]): Promise<unknown>;
  close(): Promise<void>;
};

/** @param entries how many in each run */
export async function benchLedger(entries = 50_000): Promise<Line[]> {
  const out = join(ROOT, 'bench/out');
  mkdirSync(out, { recursive: true });
  const folder = mkdtempSync(join(out, 'ledger-'));
  try {
    const lines: Line[] = [];
    for (const batch of [1_000, 64]) {
      for (const synced of [true, false]) lines.push(await appendLine(folder, entries, batch, synced));
    }
    return [...lines, ...(await measuredInBrowser('measure-proofs.ts'))];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param synced whether hypercore gives what ours gives, by a sync of its files after each append; as it comes, it gives less */
async function appendLine(folder: string, entries: number, batch: number, synced: boolean): Promise<Line> {
  const blocks = Array.from({ length: entries }, () => randomBytes(ENTRY_BYTES));
  const waits: number[] = [];
  let run = 0;
  const series = await inTurn(
    PAIRS,
    () => appendOurs(join(folder, `ours-${batch}-${synced}-${run++}`), blocks, batch, waits),
    () => appendTheirs(join(folder, `theirs-${batch}-${synced}-${run++}`), blocks, batch, synced),
  );
  const [ours, theirs] = [median(series.a), median(series.b)];
  return {
    name: `ledger: append in batches of ${batch}, hypercore ${synced ? 'synced too' : 'unsynced'}`,
    ours: `${Math.round(ours / 1000)} k entries/s`,
    reference: `hypercore 10.38.2: ${Math.round(theirs / 1000)} k entries/s`,
    ratio: ours / theirs,
    goal: '≥ 2×',
    reached: ours >= 2 * theirs,
    method: `${PAIRS} pairs ABAB after a warm-up, ${entries} entries of ${ENTRY_BYTES} bytes; ours with fdatasync and a signed checkpoint before each acknowledgement and tiles shown every ${PUBLISH_MS} ms, hypercore signed, ${synced ? 'with fdatasync of oplog, data and tree after each append' : 'as it comes, without any sync'}; append to acknowledged p50 ${percentile(waits, 0.5).toFixed(1)} ms, p99 ${percentile(waits, 0.99).toFixed(1)} ms`,
  };
}

async function appendOurs(
  folder: string,
  blocks: readonly Buffer[],
  batch: number,
  waits: number[],
): Promise<number> {
  const log = await openLog(folder, benchKey());
  const from = performance.now();
  let shown = from;
  for (let at = 0; at < blocks.length; at += batch) {
    const began = performance.now();
    await log.append(blocks.slice(at, at + batch));
    const now = performance.now();
    waits.push(now - began);
    if (now - shown < PUBLISH_MS) continue;
    await log.publish();
    shown = now;
  }
  await log.publish();
  const rate = blocks.length / ((performance.now() - from) / 1000);
  await log.close();
  return rate;
}

async function appendTheirs(
  folder: string,
  blocks: readonly Buffer[],
  batch: number,
  synced: boolean,
): Promise<number> {
  const Core = createRequire(import.meta.url)('hypercore') as new (folder: string) => Hypercore;
  const core = new Core(folder);
  await core.ready();
  await core.append([blocks[0]!]);
  const files = await Promise.all(['oplog', 'data', 'tree'].map((name) => open(join(folder, name), 'r+')));
  const from = performance.now();
  for (let at = 0; at < blocks.length; at += batch) {
    await core.append(blocks.slice(at, at + batch));
    if (synced) await Promise.all(files.map((file) => file.datasync()));
  }
  const rate = blocks.length / ((performance.now() - from) / 1000);
  await Promise.all(files.map((file) => file.close()));
  await core.close();
  return rate;
}

function benchKey(): LogKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(12);
  return {
    key: { name: 'bench.example/ledger', sort: ED25519, publicKey: new Uint8Array(raw) },
    sign: (message) => sign(null, message, privateKey),
  };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const { name, ours, reference, ratio, goal, method } of await benchLedger(
    Number(process.argv[2] ?? 50_000),
  )) {
    console.log(
      `${name}: ${ours}; ${reference}${ratio === null ? '' : `; ${ratio.toFixed(1)}×`} (goal ${goal})\n  ${method}`,
    );
  }
}

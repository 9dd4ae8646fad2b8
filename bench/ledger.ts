// Appending to the ledger beside hypercore 10.38.2, and proofs at 10 M leaves. `node bin/node.js bench/ledger.ts`
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  frontierOf,
  hashLeaf,
  openCheckpoint,
  parseProof,
  parseTilePath,
  portable,
  rootOf,
  signCheckpoint,
  type Tile,
  type TreeHash,
  tileRoot,
  tileWidth,
  verifyInclusion,
} from '@gezhi/ledger';
import { type LogKey, nodeSha256, openLog, proveInclusion, type ReadLog } from '@gezhi/storage';
import { ROOT } from './import.ts';
import { inTurn, type Line, median, percentile } from './report.ts';

const ENTRY_BYTES = 212;
const PAIRS = 3;
const PROOF_LEAVES = 10_000_000;
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
    return [...lines, ...(await proofLines())];
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

/** A log of 10 M leaves whose level-0 tiles are all the same one, so that it is made in a moment; the levels above are real. */
async function proofLines(): Promise<Line[]> {
  const { read, shown, key, leaf } = bigLog(PROOF_LEAVES);
  const made: number[] = [];
  const checked: number[] = [];
  for (let i = 0; i < 200; i += 1) {
    const index = Math.floor((i * 7919 * 6151) % PROOF_LEAVES);
    const began = performance.now();
    const text = await proveInclusion(nodeSha256, read, index, shown);
    const between = performance.now();
    const proof = parseProof(text);
    if ('refused' in proof) throw new Error(proof.because);
    const checkpoint = openCheckpoint(portable, proof.checkpoint, key);
    if ('refused' in checkpoint) throw new Error(checkpoint.because);
    const claim = { index, size: checkpoint.size, leaf: leaf(index), root: checkpoint.root };
    if (!verifyInclusion(portable.sha256, claim, proof.hashes))
      throw new Error(`proof of ${index} does not hold`);
    made.push(between - began);
    checked.push(performance.now() - between);
  }
  const line = (name: string, ms: readonly number[], most: number, method: string): Line => ({
    name,
    ours: `p50 ${median(ms).toFixed(2)} ms, p95 ${percentile(ms, 0.95).toFixed(2)} ms`,
    reference: '–',
    ratio: null,
    goal: `≤ ${most} ms`,
    reached: median(ms) <= most,
    method,
  });
  return [
    line(
      'ledger: proof at 10 M leaves',
      made,
      1,
      '200 leaves; tiles from memory, level 0 one and the same tile',
    ),
    line(
      'ledger: proof checked as in a browser',
      checked,
      5,
      'the same 200: signature, hashes, in plain JavaScript (no Web Crypto), in Node',
    ),
  ];
}

function bigLog(size: number): {
  read: ReadLog;
  shown: { origin: string; size: number; root: TreeHash; note: string };
  key: LogKey['key'];
  leaf: (index: number) => TreeHash;
} {
  const leaves = Array.from(
    { length: 256 },
    (_, i) => new Uint8Array(hashLeaf(nodeSha256, Buffer.from([i]))),
  );
  const first = Buffer.concat(leaves);
  const levels: Buffer[] = [];
  let [nodes, root] = [Math.floor(size / 256), tileRoot(nodeSha256, first)];
  levels.push(Buffer.concat(Array.from({ length: nodes }, () => root)));
  while (nodes >= 256) {
    nodes = Math.floor(nodes / 256);
    const below = levels.at(-1)!;
    levels.push(
      Buffer.concat(
        Array.from({ length: nodes }, (_, i) =>
          tileRoot(nodeSha256, below.subarray(i * 8192, (i + 1) * 8192)),
        ),
      ),
    );
  }
  const tile = ({ level, index, width }: Tile): Uint8Array =>
    level === 0
      ? first.subarray(0, width * 32)
      : levels[level - 1]!.subarray(index * 8192, index * 8192 + width * 32);
  const read: ReadLog = async (path) => {
    const parsed = parseTilePath(path);
    if (!parsed || parsed.level === 'entries') return undefined;
    const { level, index } = parsed;
    return tile({ level, index, width: Math.min(parsed.width, tileWidth(size, level, index)) });
  };
  const { key, sign: signing } = benchKey();
  root = rootOf(nodeSha256, frontierOf(nodeSha256, size, tile));
  const note = signCheckpoint(nodeSha256, { origin: key.name, size, root }, key, signing);
  return { read, shown: { origin: key.name, size, root, note }, key, leaf: (index) => leaves[index % 256]! };
}

function benchKey(): LogKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(12);
  return {
    key: { name: 'bench.example/ledger', sort: 1, publicKey: new Uint8Array(raw) },
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

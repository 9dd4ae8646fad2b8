// Proofs of a ledger of 10 M leaves, made, and checked as receipts in a real browser; prints a line of JSON for each figure. `npm run bench -- --only ledger`.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type FactLeaf,
  formatVerifierKey,
  frontierOf,
  hashBody,
  hashLeaf,
  type LedgerReceipt,
  leafEntry,
  parseTilePath,
  rootOf,
  SM2,
  signCheckpoint,
  signPromise,
  type Tile,
  type TreeHash,
  tileRoot,
  tileWidth,
  toBase64,
  type VerifierKey,
} from '@gezhi/ledger';
import { mountVerifier } from '@gezhi/server';
import { type LogKey, nodeSha256, openLogKey, proveInclusion, type ReadLog } from '@gezhi/storage';
import fastify from 'fastify';
import { openBrowser } from '../kit/browser.ts';

const LEAVES = 10_000_000;
const PROOFS = 200;
const NUMBER = '100000000123';
const SALT = new Uint8Array(16).fill(7);
const BODY = { by: { post: 'requester' }, cause: 'signal', data: { voice: { number: NUMBER } } };

const folder = mkdtempSync(join(tmpdir(), 'gezhi-proofs-'));
try {
  const log = await openLogKey(join(folder, 'key'), 'bench.example/ledger');
  const national = await openLogKey(join(folder, 'sm2'), 'bench.example/ledger', SM2);
  const made: number[] = [];
  const receipts = await receiptsBy(log, made);
  const checked = await checkInBrowser({
    platform: receipts,
    plain: receipts,
    national: await receiptsBy(national, []),
  });
  say(
    'ledger: proof at 10 M leaves',
    made,
    1,
    `${PROOFS} leaves; tiles from memory, level 0 one and the same tile`,
  );
  say(
    'ledger: receipt with promise and proof checked in a browser',
    checked.platform,
    5,
    `the same ${PROOFS} in Chromium, two signatures and 24 hashes each, after 20 others; without Web Crypto (as over plain HTTP) ${told(checked.plain)}; signed by SM2 ${told(checked.national)}`,
  );
} finally {
  rmSync(folder, { recursive: true });
}

function say(name: string, ms: readonly number[], most: number, method: string): void {
  const figure = { name, ours: told(ms), goal: `≤ ${most} ms`, reached: share(ms, 0.5) <= most, method };
  console.log(JSON.stringify(figure));
}

function told(ms: readonly number[]): string {
  return `p50 ${share(ms, 0.5).toFixed(2)} ms, p95 ${share(ms, 0.95).toFixed(2)} ms`;
}

function share(ms: readonly number[], of: number): number {
  return ms.toSorted((a, b) => a - b)[Math.floor((ms.length - 1) * of)]!;
}

async function receiptsBy({ key, sign }: LogKey, made: number[]): Promise<readonly LedgerReceipt[]> {
  const { read, shown, entry } = bigLog({ key, sign });
  const promise = signPromise(nodeSha256, { number: NUMBER, signal: shown.root, at: 0 }, key, sign);
  const receipts: LedgerReceipt[] = [];
  for (let i = 0; i < PROOFS; i += 1) {
    const index = Math.floor((i * 7919 * 6151) % LEAVES);
    const began = performance.now();
    const proof = await proveInclusion(nodeSha256, read, index, shown);
    made.push(performance.now() - began);
    receipts.push({
      format: 'gezhi.receipt/v1',
      number: NUMBER,
      key: formatVerifierKey(nodeSha256, key),
      promise,
      inclusion: { entry: toBase64(entry(index)), salt: toBase64(SALT), body: BODY, proof },
    });
  }
  return receipts;
}

type Checked = Readonly<Record<'platform' | 'plain' | 'national', readonly number[]>>;

/** Milliseconds of each check, in a page that has the modules as the service serves them. */
async function checkInBrowser(
  receipts: Readonly<Record<keyof Checked, readonly LedgerReceipt[]>>,
): Promise<Checked> {
  const server = fastify();
  mountVerifier(server);
  server.get('/', (_request, reply) => reply.type('text/html').send('<!doctype html><title>bench</title>'));
  const base = await server.listen({ port: 0, host: '127.0.0.1' });
  const browser = await openBrowser();
  try {
    const { page } = await browser.screen(base, { isBare: true });
    await page.goto('/');
    const check = (some: readonly LedgerReceipt[]): Promise<number[]> => page.evaluate(CHECK, some);
    const [platform, national] = [await check(receipts.platform), await check(receipts.national)];
    await page.evaluate("Object.defineProperty(globalThis, 'crypto', { value: undefined })");
    return { platform, national, plain: await check(receipts.plain) };
  } finally {
    await browser.close();
    await server.close();
  }
}

type Verifier = typeof import('@gezhi/ledger');

/** Runs in the page. */
async function CHECK(receipts: readonly LedgerReceipt[]): Promise<number[]> {
  const address = '/ledger/verify/ledger/index.ts';
  const m = (await import(address)) as Verifier;
  const ms: number[] = [];
  for (const receipt of [...receipts.slice(0, 20), ...receipts]) {
    const began = performance.now();
    const key = m.parseVerifierKey(m.sha256, receipt.key) as VerifierKey;
    const proves = await m.checkAnywhere(
      (crypto) => m.verifyReceipt(crypto, receipt, key),
      globalThis.crypto?.subtle,
    );
    ms.push(performance.now() - began);
    if ('refused' in proves || !proves.included) throw new Error('a receipt does not hold');
  }
  return ms.slice(20);
}

/** A log of 10 M leaves whose level-0 tiles are all the same one, so that it is made in a moment; the levels above are real. */
function bigLog({ key, sign }: LogKey): {
  read: ReadLog;
  shown: { origin: string; size: number; root: TreeHash; note: string };
  entry: (index: number) => Uint8Array;
} {
  const entries = Array.from({ length: 256 }, (_, i) => leafEntry(madeUpLeaf(i)));
  const first = Buffer.concat(entries.map((entry) => hashLeaf(nodeSha256, entry)));
  const levels: Buffer[] = [];
  let [nodes, root] = [Math.floor(LEAVES / 256), tileRoot(nodeSha256, first)];
  levels.push(Buffer.concat(Array.from({ length: nodes }, () => root)));
  while (nodes >= 256) {
    nodes = Math.floor(nodes / 256);
    const below = levels.at(-1)!;
    const above = Array.from({ length: nodes }, (_, i) =>
      tileRoot(nodeSha256, below.subarray(i * 8192, (i + 1) * 8192)),
    );
    levels.push(Buffer.concat(above));
  }
  const tile = ({ level, index, width }: Tile): Uint8Array =>
    level === 0
      ? first.subarray(0, width * 32)
      : levels[level - 1]!.subarray(index * 8192, index * 8192 + width * 32);
  const read: ReadLog = async (path) => {
    const parsed = parseTilePath(path);
    if (!parsed || parsed.level === 'entries') return undefined;
    const { level, index } = parsed;
    return tile({ level, index, width: Math.min(parsed.width, tileWidth(LEAVES, level, index)) });
  };
  root = rootOf(nodeSha256, frontierOf(nodeSha256, LEAVES, tile));
  const note = signCheckpoint(nodeSha256, { origin: key.name, size: LEAVES, root }, key, sign);
  const shown = { origin: key.name, size: LEAVES, root, note };
  return { read, shown, entry: (index) => entries[index % 256]! };
}

function madeUpLeaf(i: number): FactLeaf {
  return {
    kind: 'fact',
    district: 'bench',
    position: i,
    case: '0190d6f0-0000-7000-8000-000000000001',
    seq: i + 1,
    type: 'opened',
    v: 1,
    at: 0,
    known: 0,
    hash: hashBody(nodeSha256, SALT, BODY),
  };
}

// Reading a sealed field beside reading the same in clear. `node bin/node.js bench/vault.ts`
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isRefusal } from '@gezhi/basis';
import type { Db } from '@gezhi/storage';
import { testDatabase } from '@gezhi/storage/testing';
import { masterKeysIn, openVault, type Suite } from '@gezhi/vault';
import { inTurn, type Line, median, percentile } from './report.ts';

const TOWN = '990009';
const PERSONS = 10_000;
const READS = 500;
const PAIRS = 5;
const VALUE = JSON.stringify({ name: '赵某（虚构）', reachMe: [{ way: 'phone', address: '13800000000' }] });

/** One field of one person at a time, by key, from 10,000; the plain table and the vault on the same connection pool. */
export async function benchVault(): Promise<Line[]> {
  const closing: (() => unknown)[] = [];
  const { pool } = await testDatabase({ after: (close) => void closing.push(close as () => unknown) });
  const folder = join(tmpdir(), `gezhi-bench-vault-${process.pid}`);
  try {
    await pool.query(
      `INSERT INTO contact SELECT $1, n::text, 'contact', $2::json FROM generate_series(1, ${PERSONS}) AS n`,
      [TOWN, VALUE],
    );
    const lines: Line[] = [];
    for (const suite of ['aes', 'sm'] as const) {
      const keys = await masterKeysIn(join(folder, `${suite}.json`), suite);
      const purposes = [{ id: 'bench', basis: 'made up', fields: ['contact'] }];
      const vault = openVault({ keys, purposes, suite, looked: async () => undefined });
      const fields = Array.from({ length: PERSONS }, (_, i) => ({
        person: `${suite}${i + 1}`,
        field: 'contact',
        value: VALUE,
      }));
      for (let at = 0; at < PERSONS; at += 1_000)
        await vault.putFields(pool, TOWN, fields.slice(at, at + 1_000));
      await pool.query('SELECT look_again()');
      const reading = { purpose: 'bench', by: { post: 'P' }, at: 0 };
      const series = await inTurn(
        PAIRS,
        () =>
          timed(async (i) => {
            const read = await vault.getFields(pool, TOWN, `${suite}${i + 1}`, reading);
            if (isRefusal(read) || read.contact !== VALUE)
              throw new Error('the vault does not give back what was put in');
          }),
        () =>
          timed(async (i) => {
            if ((await plainContact(pool, String(i + 1))).length !== 1) throw new Error('no contact');
          }),
      );
      lines.push(lineOf(suite, series.a, series.b));
    }
    return lines;
  } finally {
    rmSync(folder, { recursive: true, force: true });
    for (const close of closing) await close();
  }
}

function lineOf(suite: Suite, ours: readonly number[], theirs: readonly number[]): Line {
  const ratio = median(ours) / median(theirs);
  return {
    name: `vault: one field read (${suite})`,
    ours: `${median(ours).toFixed(3)} ms`,
    reference: `plain: ${median(theirs).toFixed(3)} ms`,
    ratio,
    goal: '≤ 1.5×',
    reached: ratio <= 1.5,
    method: `${PAIRS} pairs ABAB after a warm-up, medians of ${READS} reads by key among ${PERSONS}; without writing the look down (spread ${percentile(ours, 0).toFixed(3)} to ${percentile(ours, 1).toFixed(3)} ms)`,
  };
}

/** The same in clear, as it was read before there was a vault. */
async function plainContact(pool: Db['pool'], number: string): Promise<readonly unknown[]> {
  const { rows } = await pool.query({
    name: 'plain-contact',
    text: 'SELECT number, role, person FROM contact WHERE district = $1 AND number = ANY($2)',
    values: [TOWN, [number]],
  });
  return rows;
}

/** The median of single reads, in ms. */
async function timed(read: (i: number) => Promise<void>): Promise<number> {
  const ms: number[] = [];
  for (let i = 0; i < READS; i += 1) {
    const from = performance.now();
    await read((i * 7919) % PERSONS);
    ms.push(performance.now() - from);
  }
  return median(ms);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const { name, ours, reference, ratio, goal, method } of await benchVault()) {
    console.log(`${name}: ${ours}; ${reference}; ${ratio?.toFixed(2)}× (goal ${goal})\n  ${method}`);
  }
}

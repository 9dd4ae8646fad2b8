// Reading a sealed field beside reading the same in clear. `node bin/node.js bench/vault.ts`
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isRefusal } from '@gezhi/basis';
import type { Db } from '@gezhi/storage';
import { testDatabase } from '@gezhi/storage/testing';
import { type MasterKeys, masterKeysIn, openVault, type Suite } from '@gezhi/vault';
import { type Line, median, percentile } from './report.ts';

const TOWN = '990009';
const PERSONS = 10_000;
const READS = 3_000;
const WARM = 500;
const AT_A_TIME = 50;
const VALUE = JSON.stringify({ name: '赵某（虚构）', reachMe: [{ way: 'phone', address: '13800000000' }] });

type Read = (i: number) => Promise<void>;

/** One field of one person at a time, by key, from 10,000; the plain table and the vault on the same connection pool, a few reads of each in turn. */
export async function benchVault(): Promise<Line[]> {
  const closing: (() => unknown)[] = [];
  const { pool } = await testDatabase({ after: (close) => void closing.push(close as () => unknown) });
  const folder = join(tmpdir(), `gezhi-bench-vault-${process.pid}`);
  try {
    await pool.query(
      `INSERT INTO contact SELECT $1, n::text, 'contact', $2::json FROM generate_series(1, ${PERSONS}) AS n`,
      [TOWN, VALUE],
    );
    const reads = [
      plainRead(pool),
      await vaultRead(pool, await masterKeysIn(join(folder, 'aes.json'), 'aes'), 'aes'),
      await vaultRead(pool, await masterKeysIn(join(folder, 'sm.json'), 'sm'), 'sm'),
    ];
    await pool.query('SELECT look_again()');
    const [plain, aes, sm] = await inTurns(reads);
    return [lineOf('aes', aes!, plain!), lineOf('sm', sm!, plain!)];
  } finally {
    rmSync(folder, { recursive: true, force: true });
    for (const close of closing) await close();
  }
}

/** The milliseconds of each read: some of each kind, and again, so that whatever else the machine does meets them all. */
async function inTurns(reads: readonly Read[]): Promise<readonly (readonly number[])[]> {
  const ms = reads.map((): number[] => []);
  for (let at = 0; at < WARM + READS; at += AT_A_TIME) {
    for (const [kind, read] of reads.entries()) {
      for (let i = at; i < at + AT_A_TIME; i += 1) {
        const from = performance.now();
        await read((i * 7919) % PERSONS);
        if (at >= WARM) ms[kind]!.push(performance.now() - from);
      }
    }
  }
  return ms;
}

async function vaultRead(pool: Db['pool'], keys: MasterKeys, suite: Suite): Promise<Read> {
  const purposes = [{ id: 'bench', basis: 'made up', fields: ['contact'] }];
  const vault = openVault({ keys, purposes, suite, looked: async () => undefined });
  const fields = Array.from({ length: PERSONS }, (_, i) => ({
    person: `${suite}${i + 1}`,
    field: 'contact',
    value: VALUE,
  }));
  for (let at = 0; at < PERSONS; at += 1_000) await vault.putFields(pool, TOWN, fields.slice(at, at + 1_000));
  const reading = { purpose: 'bench', by: { post: 'P' }, at: 0 };
  return async (i) => {
    const read = await vault.getFields(pool, TOWN, `${suite}${i + 1}`, reading);
    if (isRefusal(read) || read.contact !== VALUE)
      throw new Error('the vault does not give back what was put in');
  };
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
    method: `medians of ${READS} reads by key among ${PERSONS}, plain and sealed in turn, ${AT_A_TIME} of each; without writing the look down (p25 ${percentile(ours, 0.25).toFixed(3)} and ${percentile(theirs, 0.25).toFixed(3)} ms)`,
  };
}

/** The same in clear, as it was read before there was a vault. */
function plainRead(pool: Db['pool']): Read {
  return async (i) => {
    const { rows } = await pool.query({
      name: 'plain-contact',
      text: 'SELECT number, role, person FROM contact WHERE district = $1 AND number = ANY($2)',
      values: [TOWN, [String(i + 1)]],
    });
    if (rows.length !== 1) throw new Error('no contact');
  };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const { name, ours, reference, ratio, goal, method } of await benchVault()) {
    console.log(`${name}: ${ours}; ${reference}; ${ratio?.toFixed(2)}× (goal ${goal})\n  ${method}`);
  }
}

import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createGunzip } from 'node:zlib';
import { loadProfile } from '@gezhi/connectors';
import { type Db, withClient } from '@gezhi/storage';
import { type Installation, importFile } from '@gezhi/town';
import pgCopy from 'pg-copy-streams';
import type { Line } from './report.ts';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));
export const SHARED = process.env.GEZHI_SHARED_DATA ?? join(ROOT, '../shared/data');
const LA = ['2018_mini_b.csv.gz', 'MyLA311_2017_Subset.csv.gz'].map((file) => join(SHARED, 'la-311', file));

/** The two files of Los Angeles `times` over, each copy under ids of its own: 19,999 × 50 is a million rows. */
export async function repeatLa(out: string, times: number): Promise<{ path: string; rows: number }> {
  const path = join(out, `la-x${times}.csv`);
  const lines: string[] = [];
  let header = '';
  for (const file of LA) {
    const reader = createInterface({ input: createReadStream(file).pipe(createGunzip()) });
    let first = true;
    for await (const line of reader) {
      if (first) header = line;
      else lines.push(line);
      first = false;
    }
  }
  if (!existsSync(path)) {
    await mkdir(out, { recursive: true });
    await pipeline(function* () {
      yield `${header}\n`;
      for (let i = 0; i < times; i += 1)
        yield `${lines.map((line) => line.replace(',', `-${i},`)).join('\n')}\n`;
    }, createWriteStream(path));
  }
  return { path, rows: lines.length * times };
}

/** COPY of the file's rows as they are into one bare table of text columns, without key or index: what the database can do at most. */
export async function copyBare(db: Db, path: string): Promise<number> {
  return await withClient(db.admin, async (client) => {
    const header = (await firstLine(path)).split(',').map((name) => `"${name}" text`);
    await client.query('DROP TABLE IF EXISTS bench_bare');
    await client.query(`CREATE TABLE bench_bare (${header.join(', ')})`);
    const began = performance.now();
    await pipeline(
      createReadStream(path, { highWaterMark: 1 << 20 }),
      client.query(pgCopy.from('COPY bench_bare FROM STDIN (FORMAT csv, HEADER)')),
    );
    const seconds = (performance.now() - began) / 1000;
    await client.query('DROP TABLE bench_bare');
    return seconds;
  });
}

async function firstLine(path: string): Promise<string> {
  for await (const line of createInterface({ input: createReadStream(path) })) return line;
  throw new Error(`${path} is empty`);
}

/** Bulk import to dispatched cases beside COPY of the same rows; leaves the cases in the district `la` for the reading benches. */
export async function benchImport(installation: Installation, out: string, times: number): Promise<Line[]> {
  const { path, rows } = await repeatLa(out, times);
  const before = await copyBare(installation.db, path);
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 200);
  const result = await importFile(installation, path, loadProfile('la311'), {
    district: 'la',
    now: Date.now,
  });
  clearInterval(watch);
  const after = await copyBare(installation.db, path);
  const bare = (before + after) / 2;
  const { rows: counted } = await installation.db.pool.query<{ facts: number }>(
    `SELECT count(*)::int AS facts FROM fact WHERE district = 'la'`,
  );
  const ratio = bare / result.seconds;
  const megabytes = (await stat(path)).size / 1e6;
  return [
    {
      name: `bulk import of LA 311, ${rows.toLocaleString('en')} rows to dispatched cases`,
      ours: `${result.seconds.toFixed(1)} s (${Math.round(rows / result.seconds).toLocaleString('en')} rows/s)`,
      reference: `COPY into one bare table: ${bare.toFixed(1)} s`,
      ratio,
      goal: '≥ 0.08× (stretch 0.12×)',
      reached: ratio >= 0.08,
      method: `${megabytes.toFixed(0)} MB of CSV; COPY before (${before.toFixed(1)} s) and after (${after.toFixed(1)} s)`,
    },
    {
      name: 'facts per imported case',
      ours: (counted[0]!.facts / result.cases).toFixed(2),
      reference: '—',
      ratio: null,
      goal: '≤ 3',
      reached: counted[0]!.facts / result.cases <= 3,
      method: 'facts in the log / cases',
    },
    {
      name: 'our process at its largest during the import',
      ours: `${(peak / 1e6).toFixed(0)} MB`,
      reference: '—',
      ratio: null,
      goal: '< 512 MB',
      reached: peak < 512e6,
      method: 'resident set, looked at every 0.2 s',
    },
  ];
}

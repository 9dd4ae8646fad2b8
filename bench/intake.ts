import { type Db, withClient } from '@gezhi/storage';
import pg from 'pg';
import { load, post } from './http-load.ts';
import { inTurn, type Line, median, percentile, spread } from './report.ts';

const CLIENTS = 64;
const SECONDS = 4;

/**
 * HTTP intake with 64 clients, each answered after its commit, beside single-row inserts of the same database over 64 connections. Both
 * are driven from this process; the service is another.
 */
export async function benchIntake(db: Db, port: number): Promise<Line[]> {
  const pool = await singleRowTable(db);
  const ms: number[] = [];
  let failed = 0;
  const run = String(process.pid);
  let round = 0;
  const ours = async (): Promise<number> => {
    round += 1;
    const seen = await load(port, {
      connections: CLIENTS,
      seconds: SECONDS,
      request: (n) =>
        post(
          '/api/signals?district=990000',
          'application/cloudevents+json',
          report(`${run}-${round}-${n}`, round * 1_000_000 + n),
        ),
    });
    failed += seen.failed;
    ms.push(...seen.ms);
    return seen.perSecond;
  };
  const reference = (): Promise<number> => insertSingly(pool);
  const { a, b } = await inTurn(5, ours, reference);
  await pool.end();
  const ratio = median(a) / median(b);
  return [
    {
      name: 'HTTP intake, 64 clients, acknowledged after commit',
      ours: `${Math.round(median(a)).toLocaleString('en')}/s`,
      reference: `single-row insert commits: ${Math.round(median(b)).toLocaleString('en')}/s`,
      ratio,
      goal: '≥ 0.8×',
      reached: ratio >= 0.8 && failed === 0,
      method: `5 pairs of ${SECONDS} s; ours ${spread(a, 0)}, reference ${spread(b, 0)}; p99 ${percentile(ms, 0.99).toFixed(0)} ms; ${failed} failed`,
    },
  ];
}

function report(id: string, n: number): string {
  return JSON.stringify({
    specversion: '1.0',
    id,
    source: 'bench',
    type: 'gezhi.report.v1',
    data: {
      words: `银杏大道第${n}号灯杆不亮了，晚上走路看不见`,
      kind: 'lamp.fault',
      channel: 'web',
      publicity: 'public',
      point: { lon: 119.35 + (n % 97) / 1000, lat: 30.28 + (n % 89) / 1000 },
    },
  });
}

async function singleRowTable(db: Db): Promise<pg.Pool> {
  await withClient(db.admin, async (client) => {
    await client.query('DROP TABLE IF EXISTS bench_single');
    await client.query(
      'CREATE TABLE bench_single (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body text NOT NULL)',
    );
  });
  return new pg.Pool({ ...db.admin, max: CLIENTS });
}

async function insertSingly(pool: pg.Pool): Promise<number> {
  const body = report('reference', 1);
  const until = performance.now() + SECONDS * 1000;
  let commits = 0;
  const one = async (): Promise<void> => {
    const client = await pool.connect();
    while (performance.now() < until) {
      await client.query({
        name: 'single',
        text: 'INSERT INTO bench_single (body) VALUES ($1)',
        values: [body],
      });
      commits += 1;
    }
    client.release();
  };
  await Promise.all(Array.from({ length: CLIENTS }, one));
  return commits / SECONDS;
}

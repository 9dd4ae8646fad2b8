import type { Installation } from '@gezhi/town';
import type { FastifyInstance } from 'fastify';
import { type Line, percentile } from './report.ts';

const LOOKS = 400;

/** Case, list, search and the last page of a list, asked of the service in process, at whatever the district holds. */
export async function benchReads(
  app: FastifyInstance,
  installation: Installation,
  district: string,
  token: string,
): Promise<Line[]> {
  const { pool } = installation.db;
  const { rows: counted } = await pool.query<{ n: number }>(
    'SELECT count(*)::int AS n FROM case_now WHERE district = $1',
    [district],
  );
  const { rows: some } = await pool.query<{ case_id: string }>(
    'SELECT case_id FROM case_now TABLESAMPLE SYSTEM (0.1) WHERE district = $1 LIMIT 400',
    [district],
  );
  const { rows: oldest } = await pool.query<{ case_id: string }>(
    'SELECT case_id FROM case_now WHERE district = $1 ORDER BY case_id OFFSET 60 LIMIT 1',
    [district],
  );
  const searches = ['BERENDO', 'graffiti', 'W 3RD ST', 'bulky', '90020', 'MESA AVE', 'street', 'N MAIN'];
  const looks: [string, (i: number) => string][] = [
    ['case', (i) => `/api/cases/${some[i % some.length]!.case_id}`],
    ['list, first page', () => '/api/cases?limit=50'],
    ['list, last page', () => `/api/cases?limit=50&after=${oldest[0]!.case_id}`],
    ['search', (i) => `/api/cases?limit=50&q=${encodeURIComponent(searches[i % searches.length]!)}`],
  ];
  const lines: Line[] = [];
  for (const [name, path] of looks) {
    const ms: number[] = [];
    for (let i = 0; i < LOOKS; i += 1) {
      const began = performance.now();
      const answer = await app.inject({
        method: 'GET',
        url: `${path(i)}${path(i).includes('?') ? '&' : '?'}district=${district}`,
        headers: { authorization: `Bearer ${token}` },
      });
      if (answer.statusCode !== 200)
        throw new Error(`${path(i)}: ${answer.statusCode} ${answer.body.slice(0, 200)}`);
      if (i >= 20) ms.push(performance.now() - began);
    }
    const p99 = percentile(ms, 0.99);
    lines.push({
      name: `${name} at ${counted[0]!.n.toLocaleString('en')} cases, p99`,
      ours: `${p99.toFixed(1)} ms`,
      reference: '—',
      ratio: null,
      goal: '≤ 30 ms',
      reached: p99 <= 30,
      method: `${LOOKS - 20} looks one after another, in process; median ${percentile(ms, 0.5).toFixed(1)} ms`,
    });
  }
  return lines;
}

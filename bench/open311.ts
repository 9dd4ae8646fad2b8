import fastify from 'fastify';
import { get, load } from './http-load.ts';
import { inTurn, type Line, median, spread } from './report.ts';

const SECONDS = 3;

/** Open311 `GET /requests.json` of twenty cases beside a bare fastify route that serialises the same twenty rows, 64 connections each. */
export async function benchOpen311(port: number): Promise<Line[]> {
  const path = '/open311/v2/requests.json?page_size=20&page=1';
  const answer = await fetch(`http://127.0.0.1:${port}${path}`);
  const rows = (await answer.json()) as unknown[];
  const bare = fastify();
  bare.get('/requests.json', async () => rows);
  await bare.listen({ port: 0, host: '127.0.0.1' });
  const { port: barePort } = bare.server.address() as { port: number };
  const options = { connections: 64, seconds: SECONDS };
  const { a, b } = await inTurn(
    5,
    async () => (await load(port, { ...options, request: () => get(path) })).perSecond,
    async () => (await load(barePort, { ...options, request: () => get('/requests.json') })).perSecond,
  );
  await bare.close();
  const ratio = median(a) / median(b);
  return [
    {
      name: `Open311 GET /requests.json, ${rows.length} cases, 64 connections`,
      ours: `${Math.round(median(a)).toLocaleString('en')}/s`,
      reference: `bare fastify route, same rows: ${Math.round(median(b)).toLocaleString('en')}/s`,
      ratio,
      goal: '≥ 1.5×',
      reached: ratio >= 1.5,
      method: `5 pairs of ${SECONDS} s; ours ${spread(a, 0)}, reference ${spread(b, 0)}; the bare server runs in the driver's process, ours in its own`,
    },
  ];
}

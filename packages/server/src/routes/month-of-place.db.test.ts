import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MonthOfPlace } from '@gezhi/contract';
import { type Point, placesAt } from '@gezhi/place';
import { demoApp, reportEvent } from '../testing/demo-town.ts';
import { apart } from './month-of-place.ts';

const month = (kind: string, matters: number) => ({ kind, requests: matters, matters, ended: 0, took: [] });

test('a village hangs out its month: five lamps are counted, four of something else are not, nor what is secret', async (t) => {
  const app = await demoApp(t);
  const seat = app.staff('seat', 'hotline');
  const villageOf = (point: Point): string => placesAt(app.town.places, point).division?.at(-1) ?? '';
  const points = [...app.town.assets.values()].flatMap(({ code, kind, point }) =>
    kind === 'lamp' && point ? [{ ...point, asset: code }] : [],
  );
  const [place, lamps] = [...Map.groupBy(points, villageOf)].find(([, found]) => found.length >= 6)!;
  let n = -1;
  const report = async (kind: string, { asset }: { readonly asset: string }): Promise<void> => {
    n += 1;
    const event = reportEvent(`month-${n}`, { kind, asset, words: `${WORDS[n]}` });
    const answer = await app.server.inject({ method: 'POST', url: '/api/signals', payload: event });
    assert.equal(answer.statusCode, 201, answer.body);
  };
  for (const lamp of lamps.slice(0, 6)) await report('lamp.fault', lamp);
  for (const lamp of lamps.slice(0, 2)) {
    await report('road.damage', lamp);
    await report('report.abuse', lamp);
  }
  app.clock.now += 3_600_000;
  const get = async (url: string): Promise<{ status: number; body: MonthOfPlace; text: string }> => {
    const answer = await app.server.inject({ url, headers: seat });
    return { status: answer.statusCode, body: answer.json(), text: answer.body };
  };
  const { body, text, status } = await get(`/api/places/${place}/month`);
  assert.equal(status, 200, text);
  assert.equal(body.month, '2026-05');
  assert.deepEqual(
    body.rows.map(({ kind, requests }) => [kind.code, requests]),
    [['lamp.fault', 6]],
  );
  assert.equal(body.others, undefined, 'two of a kind are not told');
  assert.doesNotMatch(text, /report\.abuse|不亮/);
  assert.deepEqual((await get(`/api/places/${place}/month?month=2026-04`)).body.rows, []);
  assert.equal((await get(`/api/places/${place}/month?month=4`)).status, 400);
  assert.equal((await get('/api/places/nowhere/month')).status, 404);
  assert.equal((await app.server.inject({ url: `/api/places/${place}/month` })).statusCode, 401);
});

const WORDS = [
  '路灯不亮',
  '灯一闪一闪',
  '灯杆歪了',
  '灯罩掉了',
  '白天也亮着',
  '电线露在外面',
  ...['坑很深', '隔壁打孩子', '井盖响', '有人虐待老人'],
];

test('kinds with fewer than five go together, where they are five then', () => {
  assert.equal(apart([month('a', 9), month('b', 3), month('c', 2)]).rest?.matters, 5);
  const { shown, rest } = apart([month('b', 6), month('a', 9), month('c', 2)]);
  assert.deepEqual([shown.map(({ kind }) => kind), rest], [['a', 'b'], undefined]);
  assert.deepEqual(apart([]), { shown: [] });
});

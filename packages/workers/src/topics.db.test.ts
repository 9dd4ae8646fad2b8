import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CaseId } from '@gezhi/basis';
import { topicDays, wordsOfCases } from '@gezhi/storage';
import { dayIn, type Incoming, keptTopics, topicsIn } from '@gezhi/town';
import { lampSignal, takeInAll, tinyTown } from './testing/tiny-town.ts';
import { followTopics } from './topics.ts';

const HOUR = 3_600_000;
const BINS = [
  '石桥小区门口垃圾桶满了没人清运，臭得厉害',
  '小区垃圾桶满了好几天没人清运，太臭了',
  '门口的垃圾桶又满了，没人来清运，夏天臭味很大',
  '垃圾桶满溢没人清运，苍蝇到处飞，臭',
];
const phone = (address: string): Partial<Incoming> => ({
  requester: { reachMe: [{ way: 'phone', address }] },
});

/** What four people write about bins and one writes twice about another thing, on a day. */
const said = (at: number, from = 1) => [
  ...BINS.map((words, i) =>
    lampSignal(`bins-${from}-${i}`, {
      words,
      occurredAt: at + i * 60_000,
      publicity: 'public',
      ...phone(`1380000000${i}`),
    }),
  ),
  lampSignal(`dogs-${from}-1`, {
    words: '广场上有人遛狗不牵绳，吓到孩子',
    occurredAt: at,
    ...phone('13900000009'),
  }),
  lampSignal(`dogs-${from}-2`, {
    words: '又有人在广场遛狗不牵绳，孩子害怕',
    occurredAt: at,
    ...phone('13900000009'),
  }),
];

test('what many write is found each hour, counted by people, known again the next day; nothing that names anybody is kept', async (t) => {
  const { town } = await tinyTown(t);
  const now = Date.now();
  await takeInAll(town, said(now - 20 * HOUR));
  assert.equal(await followTopics(town, now), 4);
  assert.equal(await followTopics(town, now + 60_000), 0, 'not again within the hour');
  const run = (await keptTopics(town, 'staff', 7, now))!;
  const bins = run.topics.find(({ label }) => label.includes('垃圾桶'))!;
  assert.deepEqual([bins.voices, bins.people, bins.where[0]?.place, bins.season], [4, 4, 'C1', null]);
  assert.equal(bins.cases.length, 4);
  const dogs = run.topics.find(({ label }) => label.includes('遛狗'));
  assert.ok(dogs === undefined || dogs.people === 1);
  assert.doesNotMatch(JSON.stringify(run), /1380000000|personKey/);

  const open = (await keptTopics(town, 'public', 7, now))!;
  assert.deepEqual(
    open.topics.map(({ people }) => people >= 3),
    [true],
  );
  await followTopics(town, now + 24 * HOUR);
  const next = (await keptTopics(town, 'staff', 7, now + 24 * HOUR))!;
  assert.ok(next.topics.some(({ id, since }) => id === bins.id && since === bins.since));
  const days = await topicDays(town.db.pool, town.district, [bins.id], dayIn(town, now));
  assert.equal(days.length, 2);
  assert.equal(await keptTopics(town, 'staff', 7, now + 72 * HOUR), undefined, 'an old run is not shown');
});

test('any window, place and kind is found when asked for; erased words are in none', async (t) => {
  const { town } = await tinyTown(t);
  const now = Date.now();
  await takeInAll(town, said(now - 20 * HOUR));
  const window = { from: now - 24 * HOUR, to: now, scope: 'staff' } as const;
  const voices = async (more: object): Promise<number> =>
    (await topicsIn(town, { ...window, ...more }, now)).messages;
  assert.equal(await voices({ place: 'S1' }), 6);
  assert.equal(await voices({ place: 'C2' }), 0);
  assert.equal(await voices({ kind: 'no.such' }), 0);
  assert.equal(await voices({ to: now - 22 * HOUR }), 0);
  assert.equal(await voices({ scope: 'public' }), 4);
  const { rows } = await town.db.pool.query<{ case_id: CaseId }>('SELECT case_id FROM case_now');
  const words = await wordsOfCases(
    town.db.pool,
    town.district,
    rows.map((row) => row.case_id),
  );
  const erased = words.filter((one) => one.said.includes('垃圾桶')).map(({ id }) => id);
  assert.ok(erased.length > 0);
  await town.db.pool.query('DELETE FROM words WHERE id = ANY($1)', [erased]);
  const after = await topicsIn(town, window, now);
  assert.doesNotMatch(JSON.stringify(after.topics.map(({ label }) => label)), /垃圾桶/);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keepTopics, takeIn } from '@gezhi/town';
import { browserOn, textOf } from '../pages/kit/testing-browser.ts';
import { demoApp } from '../testing/demo-town.ts';

const BINS = [
  '小区门口垃圾桶满了没人清运，臭得厉害',
  '小区垃圾桶满了好几天没人清运，太臭了',
  '门口的垃圾桶又满了，没人来清运，夏天臭味很大',
  '垃圾桶满溢没人清运，苍蝇到处飞，臭',
];

test('staff read what many write with the cases behind it, others without, and only standard windows; a page in both languages', async (t) => {
  const { server, town, clock, staff } = await demoApp(t);
  const { now } = clock;
  const community = [...town.places.places].find((place) => place.level === 'community')!;
  const signals = BINS.map((words, i) => ({
    source: 'test',
    id: `bins-${i}`,
    type: 'said',
    occurredAt: now - (10 - i) * 3_600_000,
    channel: 'phone',
    words,
    publicity: 'public' as const,
    statedPlaces: { division: community.code },
    requester: { reachMe: [{ way: 'phone' as const, address: `1380000000${i}` }] },
  }));
  await takeIn(town, signals, now);
  const read = async (more: string, headers = {}) => {
    const answer = await server.inject({ url: `/api/read/topics${more}`, headers });
    return { status: answer.statusCode, body: answer.json() };
  };
  assert.equal((await read('')).body.madeAt, null);
  for (const scope of ['staff', 'public'] as const) await keepTopics(town, { scope, days: 7 }, now);

  const open = (await read('')).body;
  assert.equal(open.scope, 'public');
  assert.deepEqual(
    [open.topics[0].voices, open.topics[0].people, open.topics[0].where[0].name],
    [4, 4, community.name],
  );
  assert.deepEqual([open.topics[0].cases, open.topics[0].season], [undefined, null]);
  assert.match(open.policy.formula.en, /sum over people/);

  const seat = staff('seat');
  const own = (await read('', seat)).body;
  assert.equal(own.topics[0].cases.length, 4);
  const there = await read(`?place=${community.code}&days=30`, seat);
  assert.equal(there.body.messages, 4);
  const stranger = await read(`?place=${community.code}`);
  assert.deepEqual([stranger.status, stranger.body.code], [403, 'staff-only']);
  const nowhere = await read('?place=nowhere', seat);
  assert.deepEqual([nowhere.status, nowhere.body.code], [400, 'bad-input']);
  const backwards = await read('?from=2026-05-06T00:00:00Z&to=2026-05-01T00:00:00Z', seat);
  assert.deepEqual([backwards.status, backwards.body.code], [422, 'bad-window']);

  const resident = browserOn(server);
  const page = await resident.open('/topics');
  assert.match(textOf(page.html), /多人在说[\s\S]*垃圾桶[\s\S]*数据不足一年[\s\S]*热度怎么算/);
  assert.doesNotMatch(page.html, /\/cases\//);
  assert.match(
    textOf((await resident.open('/topics?lang=en')).html),
    /What many say[\s\S]*How heat is reckoned/,
  );
});

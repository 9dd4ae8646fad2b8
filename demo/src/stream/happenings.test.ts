import assert from 'node:assert/strict';
import test from 'node:test';
import { DAY } from '@gezhi/basis';
import { makeTown } from '../town/make-town.ts';
import { dayOf, weatherOf } from './almanac.ts';
import { readGround } from './ground.ts';
import type { Happening } from './happening.ts';
import { happenings, liveStream } from './happenings.ts';

const town = makeTown(1);
const from = Date.parse('2025-01-01T00:00:00+08:00');
const to = Date.parse('2026-01-01T00:00:00+08:00');
const year = [...happenings(town, 1, { from, to })];
const byId = new Map(year.map((h) => [h.id, h]));
const share = (is: (h: Happening) => boolean, of: readonly Happening[] = year): number =>
  of.filter(is).length / of.length;

test('a year holds about 82 a day, in order, each id once, all within the span', () => {
  assert.ok(Math.abs(year.length / 365 - 82) < 5, `${year.length / 365} a day`);
  assert.equal(byId.size, year.length);
  assert.ok(year.every((h, i) => i === 0 || year[i - 1]!.at <= h.at));
  assert.ok(year[0]!.at >= from && year.at(-1)!.at < to);
});

test('the same seed tells the same, another seed something else', () => {
  const span = { from, to: from + 20 * DAY };
  assert.deepEqual([...happenings(town, 1, span)], [...happenings(town, 1, span)]);
  assert.notDeepEqual([...happenings(town, 2, span)], [...happenings(town, 1, span)]);
});

test('a later start tells of every new matter what an earlier start told', () => {
  const start = from + 100 * DAY;
  const later = [...happenings(town, 1, { from: start, to: start + 5 * DAY })];
  for (const happening of later) assert.deepEqual(happening, byId.get(happening.id));
  const firsts = year.filter((h) => h.at >= start && h.at < start + 5 * DAY && !h.sameAs && !h.followUpOf);
  assert.equal(later.filter((h) => !h.sameAs && !h.followUpOf).length, firsts.length);
});

test('duplicates are told by somebody or somewhere of the same matter, after it', () => {
  assert.ok(Math.abs(share((h) => h.sameAs !== undefined) - 0.12) < 0.025);
  for (const happening of year.filter((h) => h.sameAs)) {
    const first = byId.get(happening.sameAs!)!;
    assert.ok(first.at < happening.at);
    assert.equal(first.kind, happening.kind);
    assert.equal(first.placeCode, happening.placeCode);
  }
});

test('follow-ups come from the same person', () => {
  assert.ok(Math.abs(share((h) => h.followUpOf !== undefined) - 0.08) < 0.025);
  for (const happening of year.filter((h) => h.followUpOf)) {
    const first = byId.get(happening.followUpOf!)!;
    assert.ok(first.at < happening.at);
    assert.equal(first.person.phone, happening.person.phone);
  }
});

test('storms bring about three times a usual day, mostly roads and power', () => {
  const days = Map.groupBy(year, (h) => dayOf(h.at));
  const stormy = [...days].filter(([day]) => weatherOf(1, day).storm);
  assert.ok(stormy.length >= 3 && stormy.length <= 25, `${stormy.length} storms`);
  const mean = stormy.reduce((sum, [, list]) => sum + list.length, 0) / stormy.length;
  assert.ok(mean > 2 * 82 && mean < 4 * 82, `${mean} on a storm day`);
  const broken = share(
    (h) => h.kind === 'road.damage' || h.kind === 'power.outage',
    stormy.flatMap(([, list]) => list),
  );
  assert.ok(broken > 0.35, `${broken} roads and power`);
});

test('seasons: water and noise in summer, wages before the Spring Festival', () => {
  const month = (h: Happening): number => new Date(h.at + 8 * 3_600_000).getUTCMonth() + 1;
  const perMonth = (kind: string, months: readonly number[]): number =>
    year.filter((h) => h.kind === kind && months.includes(month(h))).length / months.length;
  assert.ok(perMonth('noise.night', [7, 8]) > 1.2 * perMonth('noise.night', [3, 4, 11]));
  assert.ok(perMonth('wages.unpaid', [1]) > 1.8 * perMonth('wages.unpaid', [4, 5, 6]));
  assert.ok(perMonth('water.supply', [7, 8]) > 1.1 * perMonth('water.supply', [4, 5, 10]));
});

test('words: natural in length, hardly ever the same, no slot left open, no telephone number in them', () => {
  assert.ok(new Set(year.map((h) => h.words)).size > 0.97 * year.length);
  for (const { words } of year) {
    assert.ok(words.length >= 6 && words.length <= 220, words);
    assert.doesNotMatch(words, /[{}]|undefined|NaN|，，|。。|，。|(^|\D)1\d{10}(\D|$)/);
  }
});

test('people have numbers that nobody has, places are grids of the town, grid workers are its staff', () => {
  const spots = new Map(readGround(town).spots.map((spot) => [spot.code, spot]));
  for (const happening of year) {
    assert.match(happening.person.phone, /^199000[01]\d{4}$/);
    assert.ok(happening.person.name.length >= 2);
    const spot = spots.get(happening.placeCode)!;
    assert.ok(spot);
    assert.equal(happening.reportedBy === 'gridWorker', happening.channel === 'grid');
    if (happening.reportedBy === 'gridWorker') assert.equal(happening.person.name, spot.gridWorker);
    if (happening.point)
      assert.ok(
        Math.hypot(happening.point.lon - spot.centre.lon, happening.point.lat - spot.centre.lat) < 0.05,
      );
  }
});

test('lives: done after accepted, contact between, units differ in quality', () => {
  for (const { life } of year) {
    assert.ok(life.acceptAfterMs > 0 && life.doneAfterMs > life.acceptAfterMs);
    if (life.contactAfterMs !== undefined) assert.ok(life.contactAfterMs <= life.doneAfterMs);
  }
  const waste = Map.groupBy(
    year.filter((h) => h.kind === 'waste.dump'),
    (h) => h.placeCode.slice(0, 9),
  );
  const means = [...waste.values()].map(
    (list) => list.reduce((sum, h) => sum + h.life.doneAfterMs, 0) / list.length,
  );
  assert.ok(Math.max(...means) > 1.5 * Math.min(...means));
});

test('live: the next happening after a moment, without end', () => {
  const after = from + 50 * DAY;
  const live = liveStream(town, 1, after);
  const first = live.next().value!;
  const second = live.next().value!;
  assert.ok(first.at > after && first.at < after + DAY && second.at >= first.at);
});

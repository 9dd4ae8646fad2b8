import { DAY, HOUR, type Instant, MINUTE } from '@gezhi/basis';
import { createRandom, type Random } from '../random.ts';
import type { TownFiles } from '../town/make-town.ts';
import { GIVEN_NAMES, SURNAMES } from '../town/words.ts';
import { type Day, dayOf, hoursOf, startOf, type Weather, weatherOf } from './almanac.ts';
import { type Ground, readGround, type Spot } from './ground.ts';
import type { Channel, Happening, KindCode } from './happening.ts';
import { lifeOf, qualities } from './life.ts';
import type { Matter } from './matter.ts';
import { PHRASES } from './phrases.ts';
import { matterOf, say, sayAgain, saySuggestion } from './speak.ts';
import { type Anchor, placeIn } from './where.ts';

export type Span = {
  readonly from: Instant;
  /** Exclusive; left out for a stream without end. */
  readonly to?: Instant;
  /** Mean over a year, with duplicates and follow-ups. */
  readonly perDay?: number;
};

/** About 60,000 in two years. */
export const USUAL_PER_DAY = 82;

/**
 * What happens in a town, in order of time. A day's happenings depend on the town, the seed and `perDay` alone, so that overlapping
 * spans agree; of a matter that began before `from`, nothing is told. Lazy; two years take about a second.
 *
 * @param town the files of `makeTown`, or of any town whose places.csv names landmarks
 */
export function* happenings(
  town: TownFiles,
  seed: number,
  span: Span,
): Generator<Happening, void, undefined> {
  for (const told of stream(town, seed, span)) {
    if (told.at < span.from || (told.origin ?? span.from) < span.from) continue;
    yield told.happening;
  }
}

/**
 * The stream without end from a moment on, for running live: its first is the next to happen after `after`. Unlike `happenings`, it
 * also tells duplicates and follow-ups of matters that began earlier.
 */
export function* liveStream(
  town: TownFiles,
  seed: number,
  after: Instant,
  perDay: number = USUAL_PER_DAY,
): Generator<Happening, void, undefined> {
  for (const { at, happening } of stream(town, seed, { from: after, perDay }))
    if (at > after) yield happening;
}

type Told = { readonly at: Instant; readonly happening: Happening; readonly origin?: Instant };

/** Longest time between a matter's first and last happening. */
const ECHO_DAYS = 10;

function* stream(town: TownFiles, seed: number, span: Span): Generator<Told, void, undefined> {
  const teller = tellerOf(readGround(town), seed, span.perDay ?? USUAL_PER_DAY);
  const waiting = new Map<Day, Told[]>();
  const end = span.to ?? Number.POSITIVE_INFINITY;
  for (let day = dayOf(span.from) - ECHO_DAYS; startOf(day) < end; day++) {
    const today = waiting.get(day) ?? [];
    waiting.delete(day);
    for (const told of teller.tellDay(day)) {
      const on = dayOf(told.at);
      const list = on === day ? today : (waiting.get(on) ?? []);
      list.push(told);
      if (on !== day) waiting.set(on, list);
    }
    today.sort((a, b) => a.at - b.at || (a.happening.id < b.happening.id ? -1 : 1));
    for (const told of today) {
      if (told.at >= end) return;
      yield told;
    }
  }
}

type Teller = { readonly tellDay: (day: Day) => Told[] };

/** Of all happenings, the parts that are first reports, duplicates and follow-ups. */
const FIRST_SHARE = 0.8;
const DUPLICATES_PER_FIRST = 0.145;
const FOLLOW_UPS_PER_FIRST = 0.102;

function tellerOf(ground: Ground, seed: number, perDay: number): Teller {
  const qualityOf = qualities(seed);
  const weights = cumulated(ground);
  const tellDay = (day: Day): Told[] => {
    const random = createRandom(`${seed}/day/${day}`);
    const weather = weatherOf(seed, day);
    const count = random.poisson(perDay * FIRST_SHARE * weather.volume);
    const stamp = new Date(day * DAY).toISOString().slice(0, 10).replaceAll('-', '');
    return Array.from({ length: count }, (_, i) => {
      const id = `D${stamp}-${String(i + 1).padStart(3, '0')}`;
      return tellMatter({ ground, weights, qualityOf, random, weather, id });
    }).flat();
  };
  return { tellDay };
}

type Setting = {
  readonly ground: Ground;
  readonly weights: readonly number[];
  readonly qualityOf: (kind: KindCode, spot: Spot) => number;
  readonly random: Random;
  readonly weather: Weather;
  readonly id: string;
};

/** A first report with what comes after it. */
function tellMatter(setting: Setting): Told[] {
  const { random, weather, id } = setting;
  const kind = random.weighted(weather.shares);
  const stormy = weather.storm !== undefined && (kind === 'road.damage' || kind === 'power.outage');
  const at = momentOf(random, weather, kind, stormy);
  const spot = spotFor(setting, kind, stormy);
  const affair = { kind, spot, stormy, matter: matterOf(kind, spot, weather, random) };
  const { happening, anchor } = report(setting, affair, at, id);
  const told = [{ at, happening }];
  if (kind === 'other.inquiry') return told;
  const shared = kind === 'power.outage' || kind === 'water.supply' || stormy;
  const sharing = kind === 'wages.unpaid' ? 0.1 : shared ? 2.2 : 0.9;
  const duplicates = Array.from({ length: random.poisson(DUPLICATES_PER_FIRST * sharing) }, (_, n) => {
    const after = Math.min(ECHO_DAYS * DAY * 0.9, happening.life.doneAfterMs) * random.next() ** 2 + MINUTE;
    const again = report(
      setting,
      affair,
      at + Math.round(after),
      `${id}d${n + 1}`,
      happening,
      anchor,
    ).happening;
    return { at: again.at, origin: at, happening: { ...again, sameAs: id } };
  });
  return [...told, ...duplicates, ...followUps(setting, affair, happening)];
}

type Affair = {
  readonly kind: KindCode;
  readonly spot: Spot;
  readonly stormy: boolean;
  readonly matter: Matter | undefined;
};
type Report = { readonly happening: Happening; readonly anchor: Anchor };

function report(
  setting: Setting,
  { kind, spot, stormy, matter }: Affair,
  at: Instant,
  id: string,
  origin?: Happening,
  earlier?: Anchor,
): Report {
  const { random, weather, qualityOf } = setting;
  const channel = channelOf(random, kind, at);
  const where = placeIn(random, spot, kind, channel, earlier);
  const spoken = channel === 'phone' || channel === 'hotlineDesk';
  const relative = spoken && kind !== 'wages.unpaid' && random.chance(0.05);
  const telling = { random, at, weather, kind, channel, spot, where, relative };
  const suggests = !origin && channel !== 'grid' && kind !== 'other.inquiry' && random.chance(SUGGESTIONS);
  const suggestion =
    suggests && matter && kind !== 'gas.smell' ? saySuggestion(telling, matter, PHRASES[kind]) : undefined;
  const placed = kind !== 'other.inquiry';
  const happening: Happening = {
    at,
    id,
    channel,
    requestKind: placed ? (suggestion ? 'suggestion' : requestKindOf(random, kind)) : 'inquiry',
    words: suggestion ?? say(telling, matter),
    kind,
    kindStated: random.chance(channel === 'grid' ? 0.95 : spoken ? 0.25 : 0.6),
    ...(where.text && placed ? { placeText: where.text } : {}),
    ...(where.point && placed ? { point: where.point } : {}),
    placeCode: spot.code,
    person: channel === 'grid' ? workerOf(spot) : residentOf(random, spot, origin?.person.phone),
    ...(channel === 'grid'
      ? { reportedBy: 'gridWorker' as const }
      : relative
        ? { reportedBy: 'relative' as const }
        : {}),
    life: lifeOf(random, kind, channel, qualityOf(kind, spot), stormy),
  };
  return { happening: origin ? alongside(happening, origin) : happening, anchor: where.anchor };
}

const SUGGESTIONS = 0.02;

/** A duplicate's matter is the same matter: it is done when the first is done, and goes the same way. */
function alongside(happening: Happening, { at, life }: Happening): Happening {
  const { acceptAfterMs } = happening.life;
  const left = Math.max(acceptAfterMs + 10 * MINUTE, at + life.doneAfterMs - happening.at);
  const { outcome, checkPasses } = life;
  return {
    ...happening,
    life: { acceptAfterMs, doneAfterMs: left, outcome, checkPasses, answer: happening.life.answer },
  };
}

function followUps(setting: Setting, { kind, spot, matter }: Affair, origin: Happening): Told[] {
  const { random, id, weather } = setting;
  if (!matter || origin.channel === 'grid' || origin.requestKind === 'suggestion') return [];
  const { doneAfterMs, outcome } = origin.life;
  const patience = 0.7 * Math.log2(2 + doneAfterMs / (12 * HOUR)) * (outcome === 'solved' ? 0.85 : 1.5);
  return Array.from({ length: random.poisson(FOLLOW_UPS_PER_FIRST * patience) }, (_, n) => {
    const wait = 3 * HOUR + doneAfterMs * random.between(0.3, outcome === 'solved' ? 1.05 : 1.4);
    const at = waking(origin.at + Math.round(Math.min(ECHO_DAYS * DAY * 0.9, wait)));
    const channel = random.chance(0.75) ? origin.channel : 'phone';
    const said = random.chance(0.6) ? (origin.placeText ?? '') : '';
    const telling = {
      random,
      at,
      weather,
      kind,
      channel,
      spot,
      where: { said, home: false },
      relative: false,
    };
    const days = dayOf(at) - dayOf(origin.at);
    const words = sayAgain(telling, matter, days, at - origin.at > doneAfterMs);
    const happening: Happening = {
      ...alongside({ ...origin, at, life: { ...origin.life, acceptAfterMs: 3 * MINUTE } }, origin),
      id: `${id}f${n + 1}`,
      channel,
      requestKind: 'complaint',
      words,
      placeText: said || undefined,
      point: undefined,
      reportedBy: undefined,
      followUpOf: id,
    };
    return { at, origin: origin.at, happening };
  });
}

/** Nobody calls twice about the same thing between eleven at night and seven in the morning. */
function waking(at: Instant): Instant {
  const sinceMidnight = at - startOf(dayOf(at));
  return sinceMidnight < 7 * HOUR ? at + 7 * HOUR : sinceMidnight > 23 * HOUR ? at + 9 * HOUR : at;
}

function momentOf(random: Random, weather: Weather, kind: KindCode, stormy: boolean): Instant {
  const { storm, day } = weather;
  if (storm && stormy && random.chance(0.85)) {
    const hour = storm.fromHour + random.next() * storm.hours;
    return startOf(day) + Math.floor(Math.min(23.99, hour) * HOUR);
  }
  const hour = random.weighted(hoursOf(kind));
  return startOf(day) + hour * HOUR + random.int(HOUR);
}

/** A storm strikes about one grid in eight, side by side; lifts are where estates are. */
function spotFor({ ground, weights, random, weather }: Setting, kind: KindCode, stormy: boolean): Spot {
  if (weather.storm && stormy && random.chance(0.8)) {
    const reach = Math.ceil(ground.spots.length / 8);
    const start = Math.floor(weather.storm.centre * ground.spots.length);
    return ground.spots[(start + random.int(reach)) % ground.spots.length]!;
  }
  if (kind === 'property.lift') return random.pick(ground.urban);
  const x = random.next() * weights.at(-1)!;
  let [low, high] = [0, weights.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (weights[middle]! > x) high = middle;
    else low = middle + 1;
  }
  return ground.spots[low]!;
}

/** More happens where more people live, and a few grids have more than their share. */
function cumulated(ground: Ground): number[] {
  let sum = 0;
  return ground.spots.map((spot) => {
    const liveliness = 0.5 + createRandom(`spot/${spot.code}`).next() ** 3 * 3;
    sum += (spot.rural ? 0.5 : 1.3) * liveliness;
    return sum;
  });
}

const CHANNELS: readonly (readonly [Channel, number])[] = [
  ['phone', 56],
  ['app', 22],
  ['web', 7],
  ['grid', 10],
  ['hotlineDesk', 3],
  ['open311', 2],
];
const SEEN_ON_PATROL: ReadonlySet<KindCode> = new Set([
  'road.damage',
  'lamp.fault',
  'waste.dump',
  'illegal.parking',
]);

function channelOf(random: Random, kind: KindCode, at: Instant): Channel {
  if (kind === 'gas.smell' || kind === 'other.inquiry') {
    return random.weighted([
      ['phone', 80],
      ['app', 14],
      ['hotlineDesk', 6],
    ] as const);
  }
  const hour = (at - startOf(dayOf(at))) / HOUR;
  const onPatrol = hour >= 8 && hour < 17.5 && kind !== 'wages.unpaid';
  const factor = (channel: Channel): number =>
    channel !== 'grid' ? 1 : onPatrol ? (SEEN_ON_PATROL.has(kind) ? 3.5 : 0.6) : 0;
  return random.weighted(CHANNELS.map(([channel, weight]) => [channel, weight * factor(channel)] as const));
}

function requestKindOf(random: Random, kind: KindCode): 'help' | 'complaint' | 'tipOff' {
  switch (kind) {
    case 'illegal.parking':
    case 'waste.dump':
      return random.weighted([
        ['complaint', 5],
        ['help', 2],
        ['tipOff', 3],
      ] as const);
    case 'noise.night':
    case 'wages.unpaid':
    case 'property.lift':
      return random.weighted([
        ['complaint', 7],
        ['help', 3],
      ] as const);
    default:
      return random.weighted([
        ['help', 7],
        ['complaint', 3],
      ] as const);
  }
}

/** Sixteen in each grid speak up, the first of them often; a duplicate is somebody else's. Their numbers begin with 1990000 and nobody has them. */
function residentOf(random: Random, spot: Spot, other?: string): Happening['person'] {
  const drawn = (spot.index * 16 + Math.floor(random.next() ** 1.7 * 16)) % 10_000;
  const number = other?.endsWith(String(drawn).padStart(4, '0')) ? drawn ^ 1 : drawn;
  const surname = SURNAMES[(number * 37) % SURNAMES.length]!;
  const given = GIVEN_NAMES[(number * 53 + Math.floor(number / 97)) % GIVEN_NAMES.length]!;
  return { name: `${surname}${given}`, phone: `1990000${String(number).padStart(4, '0')}` };
}

function workerOf(spot: Spot): Happening['person'] {
  return { name: spot.gridWorker, phone: `1990001${String(spot.index).padStart(4, '0')}` };
}

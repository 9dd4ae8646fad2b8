import { DAY, HOUR, type Instant, isoInstant, MINUTE, parseInstant, type Refusal } from '@gezhi/basis';
import { isLocalDay, localDay, zoneOf } from '@gezhi/clock';
import {
  type Basis,
  type Contribution,
  type Group,
  groupRows,
  HUAIROU,
  hoursOf,
  itself,
  sumOf,
  threeRates,
  type Window,
} from '@gezhi/measures';
import { sumRollup } from '@gezhi/storage';
import { secretKinds, type Town } from '@gezhi/town';
import type { RouteAnswer, Turn } from '../mount-route.ts';
import { badInput } from '../problems/bad-input.ts';
import { kindLabel, placeAtLevel, placeNamed, unitNamed } from '../views/names.ts';

type Query = Turn<'getThreeRates'>['query'];
type By = NonNullable<Query['by']>;

/** The three rates of a window, pooled and by group, from the roll-ups. */
export async function getThreeRates({
  town,
  query,
  now,
}: Turn<'getThreeRates'>): Promise<RouteAnswer | Refusal> {
  const window = windowOf(town, query, now);
  if ('refused' in window) return window;
  const policy = HUAIROU;
  const { rows, groups } = await measure(town, query, window, policy.dateBasis);
  const pooled = threeRates(sumOf(rows, [policy.dateBasis]), policy);
  return {
    status: 200,
    body: {
      window: sayWindow(window),
      policy,
      pooled: { ...numbersOf(pooled), cases: casesLink(window) },
      groups: groups.map((group) => ({
        ...nameGroup(town, query.by, group),
        rates: numbersOf(threeRates(group.counts, policy)),
        cases: casesLink(window, query.by, group),
      })),
    },
  };
}

/** Plain counts on one date basis. */
export async function getCounts({ town, query, now }: Turn<'getCounts'>): Promise<RouteAnswer | Refusal> {
  const window = windowOf(town, query, now);
  if ('refused' in window) return window;
  const { basis } = query;
  const { rows, groups } = await measure(town, query, window, basis);
  return {
    status: 200,
    body: {
      window: sayWindow(window),
      basis,
      total: { counts: sumOf(rows, [basis]), cases: casesLink(window) },
      groups: groups.map((group) => ({
        ...nameGroup(town, query.by, group),
        counts: group.counts,
        cases: casesLink(window, query.by, group),
      })),
    },
  };
}

async function measure(
  town: Town,
  { by, level }: Pick<Query, 'by' | 'level'>,
  window: Window,
  basis: Basis,
): Promise<{ readonly rows: readonly Contribution[]; readonly groups: readonly Group[] }> {
  const { from: fromHour, to: toHour } = hoursOf(window);
  const step = by && isStep(by) ? by : undefined;
  const keep = {
    hour: step !== undefined,
    place: by === 'place',
    kind: by === 'kind',
    unit: by === 'unit',
  };
  // A kind that only those see who handle it is in no figure: a count of one would tell of it.
  const butKinds = secretKinds(town);
  const rows = await sumRollup(town.db.pool, town.district, { basis, fromHour, toHour, keep, butKinds });
  if (!by) return { rows, groups: [] };
  const zone = zoneOf(town.profile.zone);
  const groups = groupRows(rows, {
    bases: [basis],
    ...(step ? { time: { step, offset: (at: Instant) => zone.offsetAt(at) / MINUTE } } : {}),
    ...(by === 'place' ? { place: level ? (code) => placeAtLevel(town, code, level) : itself } : {}),
    ...(by === 'kind' ? { kind: itself } : {}),
    ...(by === 'unit' ? { unit: itself } : {}),
  });
  return { rows, groups };
}

function isStep(by: By): by is 'hour' | 'day' | 'week' | 'month' {
  return by === 'hour' || by === 'day' || by === 'week' || by === 'month';
}

const USUAL_DAYS = 30;

/** From and to as moments or days of the town's calendar; without them the 30 days up to the end of the running hour. */
function windowOf(town: Town, query: Pick<Query, 'from' | 'to'>, now: Instant): Window | Refusal {
  const to = query.to === undefined ? Math.ceil(now / HOUR) * HOUR : readMoment(town, query.to);
  const from =
    query.from === undefined
      ? to === undefined
        ? undefined
        : to - USUAL_DAYS * DAY
      : readMoment(town, query.from);
  if (from === undefined || to === undefined) {
    const [field, value] = from === undefined ? ['from', query.from] : ['to', query.to];
    const remedy = 'Write 2026-05-01, or 2026-05-01T08:00:00+08:00.';
    return badInput([{ field: field!, value, problem: 'is neither a day nor a moment with a zone', remedy }]);
  }
  if (to > from) return { from, to };
  const remedy = 'End the window after it begins; the end itself is not in it.';
  return badInput([{ field: 'to', value: query.to, problem: 'does not lie after from', remedy }]);
}

function readMoment(town: Town, text: string): Instant | undefined {
  return isLocalDay(text) ? zoneOf(town.profile.zone).instantOf(localDay(text), 0) : parseInstant(text);
}

function sayWindow({ from, to }: Window): { from: string; to: string } {
  return { from: isoInstant(from), to: isoInstant(to) };
}

/** What is behind each figure is listed by `cases`; from sums there are no single numbers to name. */
function numbersOf({
  behind: _behind,
  ...rates
}: ReturnType<typeof threeRates>): Omit<typeof rates, 'behind'> {
  return rates;
}

function nameGroup(
  town: Town,
  by: By | undefined,
  group: Group,
): { code?: string; name?: string; time?: string } {
  if (by === 'unit' && group.unit !== null) return unitNamed(town, group.unit);
  if (by === 'place' && group.place !== null) return placeNamed(town, group.place);
  if (by === 'kind' && group.kind !== null) return { code: group.kind, name: kindLabel(town, group.kind).zh };
  return group.time === null ? {} : { time: group.time };
}

/** The cases that were opened in the window, of the same group. */
function casesLink(window: Window, by?: By, group?: Group): string {
  const search = new URLSearchParams(sayWindow(window));
  if ((by === 'unit' || by === 'place' || by === 'kind') && group?.[by]) search.set(by, group[by]);
  return `/api/cases?${search}`;
}

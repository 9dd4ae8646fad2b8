import { DAY, type Instant, isoInstant, type Refusal, refuse } from '@gezhi/basis';
import { localDay, zoneOf } from '@gezhi/clock';
import { hoursOf } from '@gezhi/measures';
import { type MonthOfKind, reportsOfMonth, sumRollup } from '@gezhi/storage';
import { FEW, placesWithin, secretKinds, type Town } from '@gezhi/town';
import type { RouteAnswer, Turn } from '../mount-route.ts';
import { kindLabel, placeNamed, placeOf } from '../views/names.ts';

/** A month of a place for its notice board: counts of at least five, kinds below that together, nothing of secret kinds. */
export async function getMonthOfPlace({
  town,
  params,
  query,
  now,
}: Turn<'getMonthOfPlace'>): Promise<RouteAnswer | Refusal> {
  if (!placeOf(town, params.place)) return refuse('unknown-place', `There is no place "${params.place}".`);
  const window = monthOf(town, query.month, now);
  const places = placesWithin(town, params.place);
  const butKinds = secretKinds(town);
  const kinds = await reportsOfMonth(town.db.pool, town.district, { ...window, places, butKinds });
  const { shown, rest } = apart(kinds);
  const promise = await promiseIn(town, window, new Set(places));
  const hours = kinds.flatMap(({ took }) => took).map((ms) => ms / HOUR_MS);
  return {
    status: 200,
    body: {
      place: placeNamed(town, params.place),
      month: window.month,
      from: isoInstant(window.from),
      to: isoInstant(window.to),
      rows: shown.map((one) => ({
        kind: { code: one.kind, name: kindLabel(town, one.kind) },
        ...countsOf(one),
      })),
      ...(rest ? { others: countsOf(rest) } : {}),
      ...(promise.n >= FEW ? { promise } : {}),
      ...(hours.length >= FEW ? { hours: { median: medianOf(hours), n: hours.length } } : {}),
    },
  };
}

const HOUR_MS = 3_600_000;

/** From the first of the month until before the first of the next, or until now. */
function monthOf(town: Town, asked: string | undefined, now: Instant) {
  const zone = zoneOf(town.profile.zone);
  const month = asked ?? new Date(zone.dayOf(now) * DAY).toISOString().slice(0, 7);
  const start = (name: string): Instant => zone.instantOf(localDay(`${name}-01`), 0);
  return { month, from: start(month), to: Math.min(start(after(month)), now) };
}

function after(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
}

/** Kinds with five matters or more, the most frequent first, and the others together; of fewer than five even so, nothing is told. */
export function apart(kinds: readonly MonthOfKind[]): {
  readonly shown: readonly MonthOfKind[];
  readonly rest?: MonthOfKind;
} {
  const sorted = kinds.toSorted((a, b) => b.matters - a.matters || a.kind.localeCompare(b.kind));
  const shown = sorted.filter(({ matters }) => matters >= FEW);
  const rest = sumOf(sorted.filter(({ matters }) => matters < FEW));
  return rest.matters >= FEW ? { shown, rest } : { shown };
}

function sumOf(kinds: readonly MonthOfKind[]): MonthOfKind {
  const add = (name: 'requests' | 'matters' | 'ended'): number =>
    kinds.reduce((sum, one) => sum + one[name], 0);
  return { kind: '', requests: add('requests'), matters: add('matters'), ended: add('ended'), took: [] };
}

function countsOf({ requests, matters, ended }: MonthOfKind) {
  return { requests, matters, ended };
}

async function promiseIn(
  town: Town,
  window: { readonly from: Instant; readonly to: Instant },
  places: ReadonlySet<string>,
): Promise<{ readonly n: number; readonly kept: number }> {
  const { from: fromHour, to: toHour } = hoursOf({
    from: Math.floor(window.from / HOUR_MS) * HOUR_MS,
    to: Math.ceil(window.to / HOUR_MS) * HOUR_MS,
  });
  const rows = await sumRollup(town.db.pool, town.district, {
    basis: 'due',
    fromHour,
    toHour,
    counters: ['due', 'dueDoneInTime'],
    keep: { place: true },
    butKinds: secretKinds(town),
  });
  const own = rows.filter(({ place }) => places.has(place));
  return {
    n: own.reduce((sum, { counts }) => sum + (counts.due ?? 0), 0),
    kept: own.reduce((sum, { counts }) => sum + (counts.dueDoneInTime ?? 0), 0),
  };
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

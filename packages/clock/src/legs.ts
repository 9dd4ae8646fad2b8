import { Fault, type Instant } from '@gezhi/basis';
import type { Calendar } from './calendar.ts';
import type { LocalDay } from './local-day.ts';
import { runningMs, runOn, type Stop, stopAtClose } from './pauses.ts';
import { checkTerm, type Reckoning, reckoningOf, type Term, termMs } from './term.ts';

/**
 * A deadline is run in legs. Neighbouring terms that are reckoned alike are one leg (60 days and 30 more are 90 days from the
 * start); a term that is reckoned otherwise begins where the leg before it ends.
 */
export type Leg = {
  readonly reckoning: Reckoning;
  readonly askedMs: number;
  /** The leg ends with its last day in law, worked or not: a part of a term does not move off days. */
  readonly isPart?: boolean;
};

/** @throws Fault `bad-term` */
export function legsOf(terms: readonly Term[], calendar: Calendar): readonly Leg[] {
  const legs: Leg[] = [];
  for (const term of terms) {
    const reckoning = reckoningOf(checkTerm(term).unit);
    const askedMs = termMs(term, calendar);
    const last = legs.at(-1);
    if (last?.reckoning === reckoning) legs[legs.length - 1] = { reckoning, askedMs: last.askedMs + askedMs };
    else legs.push({ reckoning, askedMs });
  }
  return legs;
}

/** Where a leg ends, and the days whose arrangement it rests on (none for time that runs on). */
export type LegRun = {
  /** Infinite where a pause without end comes first. */
  readonly end: Instant;
  readonly restsOn?: readonly [from: LocalDay, to: LocalDay];
};

/** Runs one leg from its start; costs one look at the calendar for each day passed. */
export function runLeg(leg: Leg, start: Instant, calendar: Calendar, stops: readonly Stop[]): LegRun {
  switch (leg.reckoning) {
    case 'running':
      return { end: runOn(stops, start, leg.askedMs) };
    case 'working':
      return runWorking(leg.askedMs, start, calendar, stops);
    case 'days':
    case 'workDays':
      return runDays(leg, start, calendar, stops);
  }
}

const DAY_MS = 86_400_000;

function runWorking(askedMs: number, start: Instant, calendar: Calendar, stops: readonly Stop[]): LegRun {
  const { zone } = calendar;
  const first = zone.dayOf(start);
  let remaining = askedMs;
  for (let day = first; day - first < WORKING_DAYS_MAX; day += 1) {
    if (!calendar.isWorkday(day)) continue;
    for (const [fromMs, toMs] of calendar.workHours) {
      const from = Math.max(start, zone.instantOf(day, fromMs));
      const to = zone.instantOf(day, toMs);
      if (to <= from) continue;
      const runs = runningMs(stops, from, to);
      if (runs >= remaining) return { end: runOn(stops, from, remaining), restsOn: [first, day] };
      if (endlessFrom(stops) <= to) return { end: Number.POSITIVE_INFINITY, restsOn: [first, day] };
      remaining -= runs;
    }
  }
  throw neverEnds(calendar);
}

/** Eleven centuries: 99,999 terms of one work day fit, and a calendar without work days is found out. */
const WORKING_DAYS_MAX = 400_000;

/** When the stop without end begins, if there is one. */
function endlessFrom(stops: readonly Stop[]): Instant {
  const last = stops.at(-1);
  return last && last.to === Number.POSITIVE_INFINITY ? last.from : Number.POSITIVE_INFINITY;
}

/**
 * Days in law. A day counts when the clock runs at its close of business: stopping and starting again within one day costs
 * nothing, and a pause from one day to another leaves out the days between, the day of the stop included.
 */
function runDays(leg: Leg, start: Instant, calendar: Calendar, stops: readonly Stop[]): LegRun {
  const { zone } = calendar;
  const asked = leg.askedMs / DAY_MS;
  const first = zone.dayOf(start);
  let counted = 0;
  let lastCounted = first;
  for (let day = first + 1; day - first < WORKING_DAYS_MAX; day += 1) {
    const standing = stops.length > 0 ? stopAtClose(stops, zone.instantOf(day, calendar.closeMs)) : undefined;
    if (standing?.to === Number.POSITIVE_INFINITY) {
      return { end: standing.to, restsOn: leg.reckoning === 'days' ? undefined : [first + 1, day] };
    }
    if (standing) continue;
    const worked = calendar.isWorkday(day);
    if (counted < asked && (worked || leg.reckoning === 'days')) {
      counted += 1;
      lastCounted = day;
    }
    if (counted < asked || !(worked || leg.isPart)) continue;
    const end = zone.instantOf(day, calendar.closeMs);
    return { end, restsOn: [leg.reckoning === 'days' ? lastCounted : first + 1, day] };
  }
  throw neverEnds(calendar);
}

function neverEnds(calendar: Calendar): Fault {
  return new Fault('endless-term', `A term never ends in the calendar ${calendar.version}.`, {
    hint: 'The calendar has no work days after the start; check its changes.',
  });
}

/**
 * What [start, at) is worth to a leg that began at `start`, in counted ms and never more than it asks. Days in law are worth a
 * whole day each once they have closed.
 */
export function creditMs(
  leg: Leg,
  start: Instant,
  at: Instant,
  calendar: Calendar,
  stops: readonly Stop[],
): number {
  if (at <= start) return 0;
  switch (leg.reckoning) {
    case 'running':
      return Math.min(leg.askedMs, runningMs(stops, start, at));
    case 'working':
      return Math.min(leg.askedMs, workedMs(start, at, calendar, stops));
    case 'days':
    case 'workDays':
      return Math.min(leg.askedMs, DAY_MS * closedDays(leg.reckoning, start, at, calendar, stops));
  }
}

function workedMs(start: Instant, at: Instant, calendar: Calendar, stops: readonly Stop[]): number {
  const { zone } = calendar;
  const last = zone.dayOf(at);
  let ms = 0;
  for (let day = zone.dayOf(start); day <= last; day += 1) {
    if (!calendar.isWorkday(day)) continue;
    for (const [fromMs, toMs] of calendar.workHours) {
      const from = Math.max(start, zone.instantOf(day, fromMs));
      ms += runningMs(stops, from, Math.min(at, zone.instantOf(day, toMs)));
    }
  }
  return ms;
}

function closedDays(
  reckoning: Reckoning,
  start: Instant,
  at: Instant,
  calendar: Calendar,
  stops: readonly Stop[],
): number {
  const { zone } = calendar;
  const last = zone.dayOf(at);
  let days = 0;
  for (let day = zone.dayOf(start) + 1; day <= last; day += 1) {
    const close = zone.instantOf(day, calendar.closeMs);
    if (close > at || stopAtClose(stops, close)) continue;
    if (reckoning === 'days' || calendar.isWorkday(day)) days += 1;
  }
  return days;
}

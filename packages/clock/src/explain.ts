import { DAY, type Instant } from '@gezhi/basis';
import type { Calendar, Words } from './calendar.ts';
import { type DeadlineInput, deadline, type Extension, runDeadline } from './deadline.ts';
import type { Leg } from './legs.ts';
import type { LocalDay } from './local-day.ts';
import { type Stop, stopAtClose } from './pauses.ts';
import type { Term } from './term.ts';

/**
 * Why a stretch counts or not. Counting: `running` time that runs on, `workHours`, `makeUpWorkday` hours of a 调休工作日, `day`
 * and `workDay` whole days in law. Not counting: `night`, `lunch`, `weekend`, `holiday`, `pause` with the pause's own reason,
 * `firstDay` the day a period in law begins on, `rollover` the work day onto which a last day off moves.
 */
export type SpanReason =
  | { readonly code: 'running' | 'workHours' | 'day' | 'workDay' }
  | { readonly code: 'night' | 'lunch' | 'weekend' | 'firstDay' | 'rollover' }
  | { readonly code: 'holiday' | 'makeUpWorkday'; readonly name: Words }
  | { readonly code: 'pause'; readonly pause: string };

/** One stretch of [from, to). */
export type Span = {
  readonly from: Instant;
  /** `null`: it still lasts (a pause without end). */
  readonly to: Instant | null;
  readonly counts: boolean;
  /**
   * What it is worth where it counts: its own length, or 24 h for each day in law, however early the last one closes. Its
   * length where it does not count; `null` while it lasts.
   */
  readonly ms: number | null;
  /** `days`: it is counted in whole days (days in law). */
  readonly measure: 'time' | 'days';
  readonly reason: SpanReason;
};

export type Explanation = {
  readonly start: Instant;
  readonly dueAt: Instant | null;
  readonly provisional: boolean;
  readonly term: Term;
  readonly extensions: readonly Extension[];
  readonly calendarId: string;
  readonly calendarVersion: string;
  /** IANA name, for saying the moments. */
  readonly zone: string;
  readonly askedMs: number;
  /** What the counting spans are worth together: `askedMs`, or less while it is paused. */
  readonly countedMs: number;
  /** Lie end to end from `start` to `dueAt`, no two neighbours for the same reason. */
  readonly spans: readonly Span[];
};

/**
 * Every stretch of time that made a deadline, and why it counted or did not. It looks at the calendar anew, stretch by stretch, so
 * that agreement with `deadline` checks both. While a pause without end stands before the deadline, its last span has no end.
 *
 * Costs a few objects for each day passed. @throws Fault as `deadline` does
 */
export function explainDeadline(input: DeadlineInput): Explanation {
  const { calendar } = input;
  const { dueAt, provisional, calendarVersion, askedMs } = deadline(input);
  const { legs, starts, runs, stops } = runDeadline(input);
  const spans = mergeSpans(
    starts.flatMap((from, i) => spansOfLeg(legs[i]!, from, runs[i]!.end, calendar, stops)),
  );
  return {
    start: input.start,
    dueAt,
    provisional,
    term: input.term,
    extensions: input.extensions ?? [],
    calendarId: calendar.id,
    calendarVersion,
    zone: calendar.zone.id,
    askedMs,
    countedMs: spans.reduce((sum, span) => sum + (span.counts ? (span.ms ?? 0) : 0), 0),
    spans,
  };
}

function spansOfLeg(
  leg: Leg,
  from: Instant,
  end: Instant,
  calendar: Calendar,
  stops: readonly Stop[],
): Span[] {
  switch (leg.reckoning) {
    case 'running':
      return cutStops([{ from, to: end, counts: true, reason: { code: 'running' } }], stops);
    case 'working':
      return workSpans(from, end, calendar, stops);
    case 'days':
    case 'workDays':
      return daySpans(leg, from, end, calendar, stops);
  }
}

/** A stretch of a calendar before the pauses are cut out of it. */
type Stretch = {
  readonly from: Instant;
  readonly to: Instant;
  readonly counts: boolean;
  readonly reason: SpanReason;
};

function workStretches(from: Instant, to: Instant, calendar: Calendar): Stretch[] {
  const stretches: Stretch[] = [];
  const last = calendar.zone.dayOf(to);
  for (let day = calendar.zone.dayOf(from); day <= last; day += 1) {
    for (const stretch of stretchesOfDay(day, calendar)) {
      const clipped = { ...stretch, from: Math.max(from, stretch.from), to: Math.min(to, stretch.to) };
      if (clipped.to > clipped.from) stretches.push(clipped);
    }
  }
  return stretches;
}

/** A whole local day, midnight to midnight, cut by its work hours. */
function stretchesOfDay(day: LocalDay, calendar: Calendar): Stretch[] {
  const { zone, workHours } = calendar;
  const midnight = zone.instantOf(day, 0);
  const nextMidnight = zone.instantOf(day + 1, 0);
  const kind = calendar.dayKind(day);
  if (kind.kind === 'weekend') {
    return [{ from: midnight, to: nextMidnight, counts: false, reason: { code: 'weekend' } }];
  }
  if (kind.kind === 'holiday') {
    return [
      { from: midnight, to: nextMidnight, counts: false, reason: { code: 'holiday', name: kind.name } },
    ];
  }
  const worked: SpanReason =
    kind.kind === 'makeUpWorkday' ? { code: 'makeUpWorkday', name: kind.name } : { code: 'workHours' };
  const stretches: Stretch[] = [];
  let at = midnight;
  for (const [fromMs, toMs] of workHours) {
    const from = zone.instantOf(day, fromMs);
    const to = zone.instantOf(day, toMs);
    const off = at === midnight ? 'night' : 'lunch';
    stretches.push({ from: at, to: from, counts: false, reason: { code: off } });
    stretches.push({ from, to, counts: true, reason: worked });
    at = to;
  }
  stretches.push({ from: at, to: nextMidnight, counts: false, reason: { code: 'night' } });
  return stretches;
}

/** A leg of work hours; behind a pause without end it stops, and that pause is its last span. */
function workSpans(from: Instant, end: Instant, calendar: Calendar, stops: readonly Stop[]): Span[] {
  const last = stops.at(-1);
  if (end < Number.POSITIVE_INFINITY || !last) return cutStops(workStretches(from, end, calendar), stops);
  const standsFrom = Math.max(from, last.from);
  const before = cutStops(workStretches(from, standsFrom, calendar), stops);
  return [...before, openPause(last, standsFrom)];
}

function cutStops(stretches: readonly Stretch[], stops: readonly Stop[]): Span[] {
  return stretches.flatMap((stretch) => cutStretch(stretch, stops));
}

function cutStretch({ from, to, counts, reason }: Stretch, stops: readonly Stop[]): Span[] {
  const spans: Span[] = [];
  let at = from;
  const push = (until: Instant, isCounted: boolean, why: SpanReason): void => {
    if (until > at) {
      spans.push({ from: at, to: until, counts: isCounted, ms: until - at, measure: 'time', reason: why });
    }
    at = Math.max(at, until);
  };
  for (const stop of stops) {
    if (stop.to <= at) continue;
    if (stop.from >= to) break;
    push(stop.from, counts, reason);
    if (stop.to === Number.POSITIVE_INFINITY && to === stop.to) return [...spans, openPause(stop, at)];
    push(Math.min(to, stop.to), false, { code: 'pause', pause: stop.reason });
  }
  push(to, counts, reason);
  return spans;
}

function openPause(stop: Stop, from: Instant): Span {
  const reason = { code: 'pause', pause: stop.reason } as const;
  return { from, to: null, counts: false, ms: null, measure: 'time', reason };
}

/** Days in law: the rest of the first day, then whole days until the last one closes. */
function daySpans(
  leg: Leg,
  start: Instant,
  end: Instant,
  calendar: Calendar,
  stops: readonly Stop[],
): Span[] {
  const { zone } = calendar;
  const asked = leg.askedMs / DAY;
  const first = zone.dayOf(start);
  const spans: Span[] = [];
  let at = start;
  const push = (to: Instant, counts: boolean, reason: SpanReason): void => {
    if (to > at) spans.push({ from: at, to, counts, ms: counts ? DAY : to - at, measure: 'days', reason });
    at = to;
  };
  push(Math.min(end, zone.instantOf(first + 1, 0)), false, { code: 'firstDay' });
  let counted = 0;
  for (let day = first + 1; at < end; day += 1) {
    const close = zone.instantOf(day, calendar.closeMs);
    const stop = stopAtClose(stops, close);
    if (stop?.to === Number.POSITIVE_INFINITY) return [...spans, openPause(stop, at)];
    const to = Math.min(end, zone.instantOf(day + 1, 0));
    const [counts, reason] = judgeDay(day, leg, counted < asked, calendar, stop);
    if (counts) counted += 1;
    push(to, counts, reason);
  }
  return spans;
}

function judgeDay(
  day: LocalDay,
  leg: Leg,
  isWanted: boolean,
  calendar: Calendar,
  stop: Stop | undefined,
): readonly [counts: boolean, reason: SpanReason] {
  if (stop) return [false, { code: 'pause', pause: stop.reason }];
  if (isWanted && leg.reckoning === 'days') return [true, { code: 'day' }];
  const kind = calendar.dayKind(day);
  switch (kind.kind) {
    case 'weekend':
      return [false, { code: 'weekend' }];
    case 'holiday':
      return [false, { code: 'holiday', name: kind.name }];
    case 'makeUpWorkday':
      return isWanted ? [true, { code: 'makeUpWorkday', name: kind.name }] : [false, { code: 'rollover' }];
    case 'workday':
      return [isWanted, { code: isWanted ? 'workDay' : 'rollover' }];
  }
}

function mergeSpans(spans: readonly Span[]): readonly Span[] {
  const merged: Span[] = [];
  for (const span of spans) {
    const last = merged.at(-1);
    if (last && isContinued(last, span)) merged[merged.length - 1] = join(last, span);
    else merged.push(span);
  }
  return merged;
}

function isContinued(a: Span, b: Span): boolean {
  return (
    a.to === b.from && a.counts === b.counts && a.measure === b.measure && isSameReason(a.reason, b.reason)
  );
}

function isSameReason(a: SpanReason, b: SpanReason): boolean {
  if (a.code === 'pause' && b.code === 'pause') return a.pause === b.pause;
  if ('name' in a && 'name' in b) return a.code === b.code && a.name.zh === b.name.zh;
  return a.code === b.code;
}

function join(a: Span, b: Span): Span {
  return { ...a, to: b.to, ms: a.ms === null || b.ms === null ? null : a.ms + b.ms };
}

import { Fault, type Instant } from '@gezhi/basis';
import type { Calendar } from './calendar.ts';
import { type Leg, type LegRun, legsOf, runLeg } from './legs.ts';
import { type Pause, type Stop, stopsOf } from './pauses.ts';
import type { Term } from './term.ts';

/** More time, given with its reason (a code or an id, not prose). */
export type Extension = { readonly term: Term; readonly reason: string };

/** What a deadline is computed from: nothing else moves it. */
export type DeadlineInput = {
  readonly start: Instant;
  readonly term: Term;
  readonly calendar: Calendar;
  readonly pauses?: readonly Pause[];
  readonly extensions?: readonly Extension[];
};

export type Deadline = {
  /** When it is due; `null` while a pause without end stands before it. */
  readonly dueAt: Instant | null;
  /** True where it rests on days whose arrangement is not published yet: it may still move. */
  readonly provisional: boolean;
  readonly calendarVersion: string;
  /** Counted ms that it grants, extensions included; a day in law is credited as 24 h. */
  readonly askedMs: number;
};

/**
 * When a term ends. The first moment at which the counted time since `start` reaches the term; for days in law, see `Term`.
 * A pause that begins at that moment or later does not move it. Extensions of the term's own kind lengthen it (60 and 30 days
 * are 90 days from the start); others begin where it ends.
 *
 * Costs a division where time runs on, one look at the calendar for each day passed otherwise.
 *
 * @throws Fault `bad-start`, `bad-term`, `bad-pause`; `endless-term` where the calendar has no work days
 */
export function deadline(input: DeadlineInput): Deadline {
  const { calendar } = input;
  const { legs, runs } = runDeadline(input);
  const dueAt = runs.at(-1)!.end;
  return {
    dueAt: dueAt === Number.POSITIVE_INFINITY ? null : dueAt,
    provisional: runs.some(({ restsOn }) => restsOn !== undefined && !isPublishedThrough(calendar, restsOn)),
    calendarVersion: calendar.version,
    askedMs: legs.reduce((sum, leg) => sum + leg.askedMs, 0),
  };
}

function isPublishedThrough(calendar: Calendar, [from, to]: readonly [number, number]): boolean {
  return calendar.isPublished(from) && calendar.isPublished(to);
}

/** The legs of a deadline and how they ran; legs behind a pause without end have not begun and are left out of `runs`. */
export type DeadlineRun = {
  readonly legs: readonly Leg[];
  readonly starts: readonly Instant[];
  readonly runs: readonly LegRun[];
  readonly stops: readonly Stop[];
};

export function runDeadline(input: DeadlineInput): DeadlineRun {
  const { calendar, extensions } = input;
  const terms = extensions ? [input.term, ...extensions.map(({ term }) => term)] : [input.term];
  const legs = legsOf(terms, calendar);
  const stops = stopsOf(input.pauses);
  const starts: Instant[] = [];
  const runs: LegRun[] = [];
  let at = checkStart(input.start);
  for (const leg of legs) {
    if (at === Number.POSITIVE_INFINITY) break;
    const run = runLeg(leg, at, calendar, stops);
    starts.push(at);
    runs.push(run);
    at = run.end;
  }
  return { legs, starts, runs, stops };
}

/** 1900 to 2200: outside it a number of seconds was taken for milliseconds, or the other way round. */
const START_MIN = Date.UTC(1900, 0, 1);
const START_MAX = Date.UTC(2200, 0, 1);

function checkStart(start: Instant): Instant {
  if (Number.isInteger(start) && start >= START_MIN && start <= START_MAX) return start;
  throw new Fault('bad-start', `A term cannot start at ${start}.`, {
    hint: 'Give whole milliseconds since 1970, between the years 1900 and 2200.',
  });
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MINUTE } from '@gezhi/basis';
import fc from 'fast-check';
import { changeCalendar, parseWorkHours } from './calendar.ts';
import { calendarOf } from './calendar-of.ts';
import { type DeadlineInput, deadline } from './deadline.ts';
import { elapsed } from './elapsed.ts';
import { explainDeadline } from './explain.ts';
import { isoDay } from './local-day.ts';
import type { Pause } from './pauses.ts';
import { parseTerm, type Term, type TermUnit, termMs } from './term.ts';

const UNITS: readonly TermUnit[] = [
  'minute',
  'hour',
  'naturalDay',
  'workHour',
  'workDay',
  'legalDay',
  'legalWorkDay',
];
const calendars = fc.constantFrom(
  calendarOf('cn', 'Asia/Shanghai'),
  calendarOf('us', 'America/New_York'),
  calendarOf('none', 'Europe/London'),
  // A night shift over the hour at which clocks change.
  calendarOf('us', 'America/New_York', parseWorkHours('00:30-04:30;20:00-24:00')),
);
const starts = fc.integer({ min: Date.UTC(2019, 0, 1) / MINUTE, max: Date.UTC(2028, 0, 1) / MINUTE });
const terms: fc.Arbitrary<Term> = fc.record({
  amount: fc.integer({ min: 1, max: 40 }),
  unit: fc.constantFrom(...UNITS),
});
const start = starts.map((minutes) => minutes * MINUTE);

/** Up to three pauses around the start, the last perhaps without end. */
function pausesFrom(from: number): fc.Arbitrary<readonly Pause[]> {
  const pause = fc.record({ after: fc.integer({ min: -500, max: 20_000 }), lasts: fc.nat(6_000) });
  return fc.tuple(fc.array(pause, { maxLength: 3 }), fc.boolean()).map(([pauses, isOpen]) =>
    pauses.map(({ after, lasts }, i) => ({
      from: from + after * MINUTE,
      to: isOpen && i === 2 ? undefined : from + (after + lasts) * MINUTE,
      reason: `pause-${i}`,
    })),
  );
}

const inputs: fc.Arbitrary<DeadlineInput> = fc
  .record({
    start,
    term: terms,
    calendar: calendars,
    extensions: fc.array(fc.record({ term: terms, reason: fc.constant('complex') }), { maxLength: 2 }),
  })
  .chain((input) => pausesFrom(input.start).map((pauses) => ({ ...input, pauses })));

function dueOf(input: DeadlineInput): number {
  return deadline(input).dueAt ?? Number.POSITIVE_INFINITY;
}

test('the spans lie end to end from start to due, and what counts is the term, exactly', () => {
  fc.assert(
    fc.property(inputs, (input) => {
      const explanation = explainDeadline(input);
      const { spans, dueAt, countedMs, askedMs } = explanation;
      let at = input.start;
      for (const [i, span] of spans.entries()) {
        assert.equal(span.from, at);
        if (span.to === null) assert.equal(i, spans.length - 1);
        else assert.ok(span.to > span.from);
        if (span.measure === 'time' && span.to !== null) assert.equal(span.ms, span.to - span.from);
        at = span.to ?? Number.NaN;
      }
      const granted = [input.term, ...input.extensions!.map(({ term }) => term)];
      const grantedMs = granted.reduce((sum, term) => sum + termMs(term, input.calendar), 0);
      assert.equal(askedMs, grantedMs);
      if (dueAt === null) assert.ok(Number.isNaN(at) && countedMs < askedMs);
      else assert.deepEqual([at, countedMs], [dueAt, askedMs]);
    }),
    { numRuns: 600 },
  );
});

test('starting later is never due earlier', () => {
  fc.assert(
    fc.property(inputs, fc.nat(10 * 1440), (input, minutes) => {
      assert.ok(dueOf(input) <= dueOf({ ...input, start: input.start + minutes * MINUTE }));
    }),
    { numRuns: 400 },
  );
});

test('a longer term is due later; a term of time always is', () => {
  fc.assert(
    fc.property(inputs, fc.integer({ min: 1, max: 10 }), (input, by) => {
      const longer = { ...input, term: { ...input.term, amount: input.term.amount + by } };
      assert.ok(dueOf(input) <= dueOf(longer));
    }),
    { numRuns: 400 },
  );
});

test('pausing for X of counted time moves the deadline by exactly X of counted time', () => {
  fc.assert(
    fc.property(
      start,
      terms,
      calendars,
      fc.nat(20_000),
      fc.nat(6_000),
      (from, term, calendar, after, lasts) => {
        const pause = {
          from: from + after * MINUTE,
          to: from + (after + lasts) * MINUTE,
          reason: 'parts',
        };
        const paused = dueOf({ start: from, term, calendar, pauses: [pause] });
        const unpaused = { start: from, term: { ...term, amount: 99_999 }, calendar };
        const worth = (now: number) => elapsed({ ...unpaused, now }).usedMs;
        const taken = Math.max(0, worth(Math.min(pause.to, paused)) - worth(Math.min(pause.from, paused)));
        const rolled = worth(paused) - taken - termMs(term, calendar);
        // A last day in law that is off moves on over days that would count for a longer term.
        if (term.unit === 'legalDay') assert.ok(rolled >= 0);
        else if (term.unit !== 'legalWorkDay' || !isEdge(pause, calendar)) assert.equal(rolled, 0);
      },
    ),
    { numRuns: 300 },
  );
});

/** A pause that begins or ends exactly at a closing time, where "closed before" and "stands at" part. */
function isEdge(pause: { from: number; to: number }, calendar: DeadlineInput['calendar']): boolean {
  return [pause.from, pause.to].some(
    (at) => calendar.zone.instantOf(calendar.zone.dayOf(at), calendar.closeMs) === at,
  );
}

test('one more holiday never makes a deadline earlier', () => {
  fc.assert(
    fc.property(inputs, fc.nat(60), (input, after) => {
      const { calendar } = input;
      const holiday = isoDay(calendar.zone.dayOf(input.start) + after);
      const changed = changeCalendar(calendar, {
        version: 'one-more',
        holidays: { [holiday]: { zh: '假日', en: 'a day off' } },
      });
      assert.ok(dueOf(input) <= dueOf({ ...input, calendar: changed }));
    }),
    { numRuns: 300 },
  );
});

test('the timer never runs backwards, and is full exactly when the term is due or its last day moves', () => {
  fc.assert(
    fc.property(inputs, fc.nat(60 * 1440), fc.nat(1440), (input, after, by) => {
      const now = input.start + after * MINUTE;
      const first = elapsed({ ...input, now });
      const second = elapsed({ ...input, now: now + by * MINUTE });
      assert.ok(first.usedMs <= second.usedMs);
      assert.equal(first.usedMs + first.remainingMs, deadline(input).askedMs);
      assert.ok(first.share >= 0 && first.share <= 1);
      assert.equal(first.state === 'due', now >= dueOf(input));
      if (first.state === 'due') assert.equal(first.remainingMs, 0);
    }),
    { numRuns: 300 },
  );
});

test('an hour is an hour on the days on which New York changes its clocks', () => {
  const calendar = calendarOf('us', 'America/New_York');
  const due = (from: string, term: string) =>
    dueOf({ start: Date.parse(from), term: parseTerm(term), calendar });
  assert.equal(due('2025-03-08T12:00:00-05:00', '1d'), Date.parse('2025-03-09T13:00:00-04:00'));
  assert.equal(due('2025-11-01T12:00:00-04:00', '24h'), Date.parse('2025-11-02T11:00:00-05:00'));
  assert.equal(due('2025-03-07T17:00:00-05:00', '2wh'), Date.parse('2025-03-10T09:00:00-04:00'));
  assert.equal(due('2025-03-07T17:00:00-05:00', '2ld'), Date.parse('2025-03-10T18:00:00-04:00'));
  assert.equal(due('2025-10-31T17:00:00-04:00', '2lwd'), Date.parse('2025-11-04T18:00:00-05:00'));
  const nights = calendarOf('us', 'America/New_York', parseWorkHours('01:00-04:00'));
  const jump = dueOf({
    start: Date.parse('2025-03-07T12:00:00-05:00'),
    term: parseTerm('3wh'),
    calendar: nights,
  });
  assert.equal(jump, Date.parse('2025-03-10T04:00:00-04:00'));
});

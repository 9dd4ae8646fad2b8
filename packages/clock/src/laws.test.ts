import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MINUTE } from '@gezhi/basis';
import fc from 'fast-check';
import { changeCalendar, parseWorkHours } from './calendar.ts';
import { calendarOf } from './calendar-of.ts';
import { type DeadlineInput, deadline } from './deadline.ts';
import { elapsed, usedUpAt } from './elapsed.ts';
import { explainDeadline } from './explain.ts';
import { isoDay, localDay } from './local-day.ts';
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
/** A night shift that works on the Sundays on which clocks change. */
const NIGHTS = changeCalendar(
  calendarOf('us', 'America/New_York', parseWorkHours('00:30-04:30;20:00-24:00')),
  {
    version: 'nights',
    makeUpWorkdays: Object.fromEntries(
      ['2024-03-10', '2024-11-03', '2025-03-09', '2025-11-02', '2026-03-08', '2026-11-01'].map((date) => [
        date,
        { zh: '夜班', en: 'night shift' },
      ]),
    ),
  },
);
const calendars = fc.constantFrom(
  calendarOf('cn', 'Asia/Shanghai'),
  calendarOf('us', 'America/New_York'),
  calendarOf('none', 'Europe/London'),
  NIGHTS,
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
      // All days of a period in law may have closed before a pause keeps its last day from moving.
      if (dueAt === null) assert.ok(Number.isNaN(at) && countedMs <= askedMs);
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
        const unpaused = {
          start: from,
          term: { ...term, amount: term.unit === 'minute' ? 99_999 : 999 },
          calendar,
        };
        const worth = (now: number) => elapsed({ ...unpaused, now }).usedMs;
        const taken = Math.max(0, worth(Math.min(pause.to, paused)) - worth(Math.min(pause.from, paused)));
        const rolled = worth(paused) - taken - termMs(term, calendar);
        // A last day in law that is off moves on over days that would count for a longer term.
        if (term.unit === 'legalDay') assert.ok(rolled >= 0);
        else assert.equal(rolled, 0);
      },
    ),
    { numRuns: 300 },
  );
});

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
  const night = (from: string, term: string) =>
    dueOf({ start: Date.parse(from), term: parseTerm(term), calendar: NIGHTS });
  assert.equal(night('2025-03-09T00:30:00-05:00', '3wh'), Date.parse('2025-03-09T04:30:00-04:00'));
  assert.equal(night('2025-11-02T00:30:00-04:00', '5wh'), Date.parse('2025-11-02T04:30:00-05:00'));
});

test('work hours agree with counting minutes on the wall clock one by one', () => {
  const calendar = calendarOf('cn', 'Asia/Shanghai');
  const clock = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Asia/Shanghai',
    dateStyle: 'short',
    timeStyle: 'short',
  });
  const isWorked = (at: number): boolean => {
    const [date, time] = clock.format(at).split(' ');
    const hour = Number(time!.slice(0, 2));
    return calendar.isWorkday(localDay(date!)) && hour >= 8 && hour < 18 && hour !== 12 && hour !== 13;
  };
  const nearHolidays = fc
    .constantFrom('2024-09-27', '2025-01-25', '2026-02-12')
    .chain((date) =>
      fc.nat(4 * 1440).map((minutes) => Date.parse(`${date}T00:00:00+08:00`) + minutes * MINUTE),
    );
  fc.assert(
    fc.property(nearHolidays, fc.integer({ min: 1, max: 12 }), (from, amount) => {
      let at = from;
      for (let left = amount * 60; left > 0; at += MINUTE) if (isWorked(at)) left -= 1;
      assert.equal(dueOf({ start: from, term: { amount, unit: 'workHour' }, calendar }), at);
    }),
    { numRuns: 25 },
  );
});

test('a share is used up at the moment at which the timer first shows it', () => {
  const shares = fc.integer({ min: 1, max: 20 }).map((twentieths) => twentieths / 20);
  fc.assert(
    fc.property(inputs, shares, (input, share) => {
      const at = usedUpAt(input, share);
      if (at === null) return assert.equal(dueOf(input), Number.POSITIVE_INFINITY);
      assert.ok(at <= dueOf(input));
      const wantedMs = Math.round(share * deadline(input).askedMs);
      assert.ok(elapsed({ ...input, now: at }).usedMs >= wantedMs);
      assert.ok(elapsed({ ...input, now: at - 1 }).usedMs < wantedMs);
    }),
    { numRuns: 300 },
  );
});

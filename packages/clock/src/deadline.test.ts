import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY, HOUR } from '@gezhi/basis';
import { calendarOf } from './calendar-of.ts';
import { deadline } from './deadline.ts';
import { elapsed } from './elapsed.ts';
import type { Pause } from './pauses.ts';
import { sayMoment } from './say-explanation.ts';
import { startOf } from './start-of.ts';
import { parseTerm, printTerm } from './term.ts';

const calendar = calendarOf('cn', 'Asia/Shanghai');

/** `2024-09-30 10:00` in Shanghai. */
function at(text: string): number {
  return Date.parse(`${text.replace(' ', 'T')}:00+08:00`);
}

/** When a term that begins at `start` is due; `never` while paused without end, `?` behind it where provisional. */
function due(start: string, term: string, pauses: readonly Pause[] = [], extensions: readonly string[] = []) {
  const { dueAt, provisional } = deadline({
    start: at(start),
    term: parseTerm(term),
    calendar,
    pauses,
    extensions: extensions.map((each) => ({ term: parseTerm(each), reason: 'complex' })),
  });
  const said = dueAt === null ? 'never' : sayMoment(dueAt, 'Asia/Shanghai', 'en').slice(4);
  return provisional ? `${said}?` : said;
}

const GOLDEN: readonly (readonly [start: string, term: string, dueAt: string])[] = [
  // Time that runs on knows no holiday.
  ['2024-09-30 23:50', '30min', '2024-10-01 00:20'],
  ['2024-09-30 17:00', '2h', '2024-09-30 19:00'],
  ['2025-01-28 10:00', '7d', '2025-02-04 10:00'],
  // Work hours: lunch, night, make-up Sunday and Saturday.
  ['2024-09-27 11:00', '4wh', '2024-09-27 17:00'],
  ['2024-09-27 17:00', '4wh', '2024-09-29 11:00'],
  ['2024-09-28 09:00', '1wd', '2024-09-29 18:00'],
  ['2024-09-30 10:00', '1wd', '2024-10-08 10:00'],
  ['2024-10-11 18:00', '1wd', '2024-10-12 18:00'],
  ['2024-10-11 17:59', '1wd', '2024-10-12 17:59'],
  ['2024-10-11 13:00', '4wh', '2024-10-11 18:00'],
  ['2025-01-24 15:00', '3wd', '2025-02-05 15:00'],
  // Days in law: the first is not counted; a last day off moves. The second is a court's period of appeal.
  ['2024-09-02 09:00', '15ld', '2024-09-18 18:00'],
  ['2024-09-20 09:00', '15ld', '2024-10-08 18:00'],
  ['2025-01-24 15:00', '15ld', '2025-02-08 18:00'],
  ['2025-01-24 15:00', '2ld', '2025-01-26 18:00'],
  ['2025-01-27 00:00', '1ld', '2025-02-05 18:00'],
  ['2025-01-27 23:59', '1ld', '2025-02-05 18:00'],
  // Work days in law.
  ['2025-01-24 15:00', '5lwd', '2025-02-07 18:00'],
  ['2024-09-28 15:00', '2lwd', '2024-09-30 18:00'],
  // What rests on days that nobody has arranged yet is provisional; time that runs on rests on none.
  ['2026-12-20 09:00', '30d', '2027-01-19 09:00'],
  ['2026-12-20 09:00', '5lwd', '2026-12-25 18:00?'],
  ['2026-12-20 09:00', '3lwd', '2026-12-23 18:00'],
  ['2026-12-20 09:00', '60ld', '2027-02-18 18:00?'],
  ['2026-12-24 17:00', '2wh', '2026-12-25 09:00?'],
];

for (const [start, term, expected] of GOLDEN) {
  test(`${term} from ${start} is due at ${expected}`, () => assert.equal(due(start, term), expected));
}

test('a pause moves a deadline only by the counted time it takes', () => {
  const night = { from: at('2024-10-10 18:30'), to: at('2024-10-11 07:00'), reason: 'parts' };
  const morning = { from: at('2024-10-11 09:00'), to: at('2024-10-11 13:00'), reason: 'parts' };
  assert.equal(due('2024-10-10 16:00', '1wd'), '2024-10-11 16:00');
  assert.equal(due('2024-10-10 16:00', '1wd', [night]), '2024-10-11 16:00');
  assert.equal(due('2024-10-10 16:00', '1wd', [morning]), '2024-10-12 09:00');
  assert.equal(due('2024-10-10 16:00', '24h', [morning]), '2024-10-11 20:00');
  const overlapping = [morning, { ...morning, to: at('2024-10-11 12:30') }];
  assert.equal(due('2024-10-10 16:00', '24h', overlapping), '2024-10-11 20:00');
});

test('a pause in law leaves out the days on which the clock stands at closing time', () => {
  const within = { from: at('2024-09-10 09:00'), to: at('2024-09-10 17:00'), reason: 'hearing' };
  const twoDays = { from: at('2024-09-10 09:00'), to: at('2024-09-12 10:00'), reason: 'hearing' };
  assert.equal(due('2024-09-02 09:00', '10ld'), '2024-09-12 18:00');
  assert.equal(due('2024-09-02 09:00', '10ld', [within]), '2024-09-12 18:00');
  assert.equal(due('2024-09-02 09:00', '10ld', [twoDays]), '2024-09-14 18:00');
  const afterClose = { from: at('2024-09-12 18:00'), to: at('2024-09-13 08:00'), reason: 'hearing' };
  assert.equal(due('2024-09-02 09:00', '10ld', [afterClose]), '2024-09-12 18:00');
});

test('while a pause has no end there is no deadline, unless it came first', () => {
  const open = { from: at('2024-10-10 15:00'), reason: 'parts' };
  for (const term of ['24h', '1wd', '3ld', '3lwd']) {
    assert.equal(due('2024-10-10 09:00', term, [open]), 'never', term);
  }
  assert.equal(due('2024-10-10 09:00', '6h', [open]), '2024-10-10 15:00');
  assert.equal(due('2024-10-10 09:00', '4wh', [open]), '2024-10-10 15:00');
});

test('extensions of one kind add up from the start; another kind begins where the term ends', () => {
  assert.equal(due('2024-09-02 09:00', '60ld', [], ['30ld']), due('2024-09-02 09:00', '90ld'));
  assert.equal(due('2024-10-10 09:00', '2h', [], ['3h', '30min']), '2024-10-10 14:30');
  assert.equal(due('2024-10-11 10:00', '24h', [], ['1wd']), '2024-10-14 10:00');
  assert.equal(due('2024-10-11 10:00', '24h', [], ['1ld']), '2024-10-14 18:00');
});

test('the timer stands still when the deadline does', () => {
  const pauses = [{ from: at('2024-10-11 09:00'), to: at('2024-10-11 10:00'), reason: 'parts' }];
  const input = { start: at('2024-10-10 16:00'), term: parseTerm('1wd'), calendar, pauses };
  const read = (now: string) => {
    const { state, usedMs, remainingMs, share, overdueMs } = elapsed({ ...input, now: at(now) });
    return [state, usedMs / HOUR, remainingMs / HOUR, share, overdueMs / HOUR];
  };
  assert.deepEqual(read('2024-10-10 15:00'), ['running', 0, 8, 0, 0]);
  assert.deepEqual(read('2024-10-10 18:00'), ['running', 2, 6, 0.25, 0]);
  assert.deepEqual(read('2024-10-11 03:00'), ['running', 2, 6, 0.25, 0]);
  assert.deepEqual(read('2024-10-11 09:30'), ['paused', 3, 5, 0.375, 0]);
  assert.deepEqual(read('2024-10-11 17:00'), ['due', 8, 0, 1, 0]);
  assert.deepEqual(read('2024-10-13 17:00'), ['due', 8, 0, 1, 48]);
});

test('days in law are used up when they close', () => {
  const input = { start: at('2024-09-20 09:00'), term: parseTerm('15ld'), calendar };
  assert.equal(elapsed({ ...input, now: at('2024-09-21 17:59') }).usedMs, 0);
  assert.equal(elapsed({ ...input, now: at('2024-09-21 18:00') }).usedMs, DAY);
  const moved = elapsed({ ...input, now: at('2024-10-06 12:00') });
  assert.deepEqual([moved.state, moved.share], ['running', 1]);
});

test('what is said to have happened counts only within its bounds', () => {
  const recordedAt = at('2024-10-10 12:00');
  const question = { recordedAt, notBefore: at('2024-10-10 08:00'), maxBackdateMs: 6 * HOUR };
  const read = (occurredAt?: string) => {
    const start = startOf({ ...question, occurredAt: occurredAt === undefined ? undefined : at(occurredAt) });
    assert.equal(start.at, start.from === 'recordedAt' ? recordedAt : at(occurredAt!));
    return start.because;
  };
  assert.equal(read('2024-10-10 09:00'), 'occurred-within-bounds');
  assert.equal(read('2024-10-10 12:00'), 'occurred-within-bounds');
  assert.equal(read(), 'no-occurrence-told');
  assert.equal(read('2024-10-10 12:01'), 'occurred-after-recording');
  assert.equal(read('2024-10-10 07:59'), 'occurred-before-previous-fact');
  assert.equal(
    startOf({ ...question, notBefore: undefined, occurredAt: at('2024-10-10 05:00') }).because,
    'backdated-too-far',
  );
});

test('terms are written as they are read, and what is no term is told', () => {
  for (const text of ['30min', '2h', '7d', '4wh', '5wd', '15ld', '20lwd']) {
    assert.equal(printTerm(parseTerm(text)), text);
  }
  for (const text of ['', '0h', '-1d', '1.5h', '3', '3 h', '3x', '100000h', 'h', '05h']) {
    assert.throws(() => parseTerm(text), /is not a length of time.*30min, 2h/, text);
  }
});

test('a start in seconds and a pause that runs backwards are faults that say so', () => {
  const term = parseTerm('2h');
  assert.throws(() => deadline({ start: Number.NaN, term, calendar }), /cannot start at NaN.*milliseconds/);
  const backwards = [{ from: at('2024-10-10 09:00'), to: at('2024-10-10 08:00'), reason: 'parts' }];
  assert.throws(
    () => deadline({ start: at('2024-10-10 07:00'), term, calendar, pauses: backwards }),
    /A pause \(parts\) runs from/,
  );
});

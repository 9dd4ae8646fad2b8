import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRefusal } from '@gezhi/basis';
import fc from 'fast-check';
import { onShift, parseShift, printShift, type Shift, WEEK_MINUTES } from './shift.ts';
import { weekMinuteIn } from './zone.ts';

function shiftOf(text: string): Shift {
  const shift = parseShift(text);
  assert.ok(!isRefusal(shift), JSON.stringify(shift));
  return shift;
}

const at = (day: number, hour: number, minute = 0): number => (day * 24 + hour) * 60 + minute;

test('weekly hours: who is on, minute by minute', () => {
  const rows: [text: string, minute: number, on: boolean][] = [
    ['mon-fri 08:00-18:00', at(0, 8), true],
    ['mon-fri 08:00-18:00', at(0, 7, 59), false],
    ['mon-fri 08:00-18:00', at(4, 17, 59), true],
    ['mon-fri 08:00-18:00', at(4, 18), false],
    ['mon-fri 08:00-18:00', at(5, 12), false],
    ['sat 22:00-06:00', at(5, 23), true],
    ['sat 22:00-06:00', at(6, 5, 59), true],
    ['sat 22:00-06:00', at(5, 5), false],
    ['sun 22:00-06:00', at(0, 3), true],
    ['fri-mon 00:00-24:00', at(6, 23, 59), true],
    ['fri-mon 00:00-24:00', at(1, 0), false],
    ['mon,wed 8:00-9:00 ; TUE 10:00-11:00', at(1, 10), true],
  ];
  for (const [text, minute, on] of rows)
    assert.equal(onShift(shiftOf(text), minute), on, `${text} at ${minute}`);
  assert.ok(onShift(undefined, 0));
});

test('what cannot be read is refused with the part that is wrong', () => {
  const rows: [text: string, part: string][] = [
    ['', ''],
    ['mon 08:00', 'mon 08:00'],
    ['mon 08:00-18:00;xyz 08:00-09:00', 'xyz 08:00-09:00'],
    ['mon 08:00-08:00', 'mon 08:00-08:00'],
    ['mon 08:00-25:00', 'mon 08:00-25:00'],
    ['mon 08:60-09:00', 'mon 08:60-09:00'],
    ['mon 24:00-06:00', 'mon 24:00-06:00'],
    ['mon-tue-wed 08:00-09:00', 'mon-tue-wed 08:00-09:00'],
  ];
  for (const [text, part] of rows) {
    const refused = parseShift(text);
    assert.ok(isRefusal(refused), text);
    assert.equal(refused.details?.part, part);
  }
});

test('the plainest text of a shift', () => {
  assert.equal(printShift(shiftOf('fri,mon-thu 8:00-18:00')), 'mon-fri 08:00-18:00');
  assert.equal(printShift(shiftOf('mon 08:00-12:00;mon 10:00-13:00')), 'mon 08:00-13:00');
  assert.equal(printShift(shiftOf('sat 22:00-06:00')), 'sat 22:00-06:00');
  assert.equal(printShift(shiftOf('mon-sun 00:00-24:00')), 'mon-sun 00:00-24:00');
});

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const time = fc.integer({ min: 0, max: 1439 });
const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
const parts = fc
  .tuple(fc.constantFrom(...days), fc.constantFrom(...days), time, time)
  .filter(([, , from, to]) => from !== to)
  .map(([first, last, from, to]) => `${first}-${last} ${clock(from)}-${clock(to)}`);
const texts = fc.array(parts, { minLength: 1, maxLength: 5 }).map((some) => some.join(';'));

test('printing and reading again gives the same hours', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const shift = shiftOf(text);
      assert.deepEqual(shiftOf(printShift(shift)), shift);
    }),
  );
});

test('hours are sorted, apart, and inside the week', () => {
  fc.assert(
    fc.property(texts, (text) => {
      let end = -1;
      for (const [from, to] of shiftOf(text).hours) {
        assert.ok(end < from && from < to && to <= WEEK_MINUTES);
        end = to;
      }
    }),
  );
});

test('the wall clock of the town, with and without summer time', () => {
  assert.equal(weekMinuteIn('Asia/Shanghai')(Date.UTC(2026, 4, 3, 16, 0)), at(0, 0));
  assert.equal(weekMinuteIn('UTC')(Date.UTC(2026, 4, 3, 23, 59)), WEEK_MINUTES - 1);
  const newYork = weekMinuteIn('America/New_York');
  assert.equal(newYork(Date.UTC(2026, 2, 8, 6, 59)), at(6, 1, 59));
  assert.equal(newYork(Date.UTC(2026, 2, 8, 7, 0)), at(6, 3, 0));
  assert.throws(() => weekMinuteIn('Mars/Base'), /IANA/);
});

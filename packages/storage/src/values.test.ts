import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseInt8, parseTimestamptz } from './values.ts';

const moments = fc.integer({ min: Date.UTC(1, 0, 1), max: Date.UTC(9999, 11, 31) });

test('a moment in UTC is read as the clock of JavaScript has it, with microseconds cut off', () => {
  fc.assert(
    fc.property(moments, fc.constantFrom('', '9', '99', '999'), (at, micros) => {
      const text = new Date(at).toISOString().replace('T', ' ').replace('Z', `${micros}+00`);
      assert.equal(parseTimestamptz(text), at);
    }),
  );
});

test('PostgreSQL leaves out the zeros at the end of a fraction', () => {
  const noon = Date.UTC(2026, 4, 1, 12);
  for (const [text, at] of [
    ['2026-05-01 12:00:00+00', noon],
    ['2026-05-01 12:00:00.5+00', noon + 500],
    ['2026-05-01 12:00:00.05+00', noon + 50],
    ['2026-05-01 12:00:00.000001+00', noon],
    ['1969-12-31 23:59:59.9999+00', -1],
    ['2026-05-01 20:00:00+08', noon],
    ['2026-05-01 17:30:00.25+05:30', noon + 250],
    ['2026-05-01 08:30:00-03:30', noon],
    ['0001-01-01 00:00:00+00 BC', Date.parse('0000-01-01T00:00:00Z')],
    ['10000-01-01 00:00:00+00', Date.parse('+010000-01-01T00:00:00Z')],
    ['-infinity', Number.NEGATIVE_INFINITY],
  ] as const) {
    assert.equal(parseTimestamptz(text), at, text);
  }
  assert.throws(() => parseTimestamptz('yesterday'), { code: 'bad-timestamptz' });
});

test('a whole number is exact or refused', () => {
  fc.assert(fc.property(fc.maxSafeInteger(), (n) => assert.equal(parseInt8(String(n)), n)));
  for (const text of ['9007199254740992', '-9223372036854775808']) {
    assert.throws(() => parseInt8(text), { code: 'int8-too-large' });
  }
});

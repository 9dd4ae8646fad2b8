import { Fault } from '@gezhi/basis';
import pg from 'pg';

/*
 * How values of PostgreSQL become values of TypeScript, on our connections only (the global parsers of `pg` stay as they are):
 *
 *   int8         number, where it is exact; else a fault
 *   timestamptz  Instant: epoch milliseconds; microseconds are cut off; ±Infinity
 *   date         the text YYYY-MM-DD: a day has no zone, a Date would invent one
 *   json, jsonb  the value
 *   numeric      text, as `pg` has it: sum() over int8 answers numeric, so cast it: sum(n)::int8
 *
 * and the arrays of the first three. The session speaks ISO dates in UTC (`SESSION_SETTINGS`).
 */

export const SESSION_SETTINGS = '-c TimeZone=UTC -c DateStyle=ISO -c IntervalStyle=iso_8601';

const OID = {
  int8: 20,
  int8Array: 1016,
  date: 1082,
  dateArray: 1182,
  timestamptz: 1184,
  timestamptzArray: 1185,
};

const parsers = new Map<number, (text: string) => unknown>([
  [OID.int8, parseInt8],
  [OID.int8Array, arrayOf(parseInt8)],
  [OID.date, (text) => text],
  [OID.dateArray, arrayOf((text) => text)],
  [OID.timestamptz, parseTimestamptz],
  [OID.timestamptzArray, arrayOf(parseTimestamptz)],
]);

/** The `types` of a `pg` configuration that reads values as above. */
export const valueTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && parsers.get(oid)) ||
    pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
};

/** @throws Fault `int8-too-large` beyond ±(2^53 − 1) */
export function parseInt8(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value)) return value;
  throw new Fault(
    'int8-too-large',
    `The database answered ${text}, which no JavaScript number holds exactly.`,
    {
      hint: 'Cast it to text in the query.',
    },
  );
}

/**
 * `2026-05-01 00:00:00.123456+00` → epoch milliseconds, rounded down. The way of nearly all values (UTC, years 1000 … 9999) takes no
 * regular expression and makes no Date.
 */
export function parseTimestamptz(text: string): number {
  const plus = text.length - 3;
  const usual = text[4] === '-' && text[plus] === '+' && text.endsWith('00') && text[0] !== '0';
  if (!usual || plus < 19) return parseUnusual(text);
  const seconds = Date.UTC(
    digits(text, 0, 4),
    digits(text, 5, 7) - 1,
    digits(text, 8, 10),
    digits(text, 11, 13),
    digits(text, 14, 16),
    digits(text, 17, 19),
  );
  return plus === 19 ? seconds : seconds + digits(text.slice(20, plus).padEnd(3, '0'), 0, 3);
}

function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i += 1) value = value * 10 + (text.charCodeAt(i) - 48);
  return value;
}

const UNUSUAL =
  /^(\d{4,6})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(?:\.(\d+))?([+-])(\d\d)(?::(\d\d))?(?::(\d\d))?( BC)?$/;

function parseUnusual(text: string): number {
  if (text === 'infinity') return Number.POSITIVE_INFINITY;
  if (text === '-infinity') return Number.NEGATIVE_INFINITY;
  const match = UNUSUAL.exec(text);
  if (!match) throw new Fault('bad-timestamptz', `"${text}" is no moment in ISO style.`);
  const part = (i: number): number => Number(match[i] ?? 0);
  const date = new Date(0);
  date.setUTCFullYear(match[12] ? 1 - part(1) : part(1), part(2) - 1, part(3));
  date.setUTCHours(part(4), part(5), part(6), Number((match[7] ?? '').padEnd(3, '0').slice(0, 3)));
  const offset = (part(9) * 3600 + part(10) * 60 + part(11)) * 1000;
  return date.getTime() - (match[8] === '-' ? -offset : offset);
}

/** `{1,NULL,"2026-05-01 00:00:00+00"}`: these types hold no comma and no quote, and we make no arrays of arrays of them. */
function arrayOf<T>(parse: (text: string) => T): (text: string) => (T | null)[] {
  return (text) => {
    const inside = text.slice(1, -1);
    if (inside.includes('{') || !text.startsWith('{')) {
      throw new Fault('bad-array', `The database answered the array ${text}.`, {
        hint: 'Select arrays of one dimension that count from 1.',
      });
    }
    if (inside === '') return [];
    return inside.split(',').map((entry) => (entry === 'NULL' ? null : parse(entry.replaceAll('"', ''))));
  };
}

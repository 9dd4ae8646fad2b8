import type { Seeded } from '../kit/seeded.ts';

/** No page may ever hold this as an element or an attribute: it comes from payloads only. */
export const MARK = 'zz9hostile';

const MARKUP = [
  `<script>window.${MARK}=1</script>`,
  `"><img src=x onerror=${MARK}()>`,
  `'><${MARK} onload=1>`,
  `</textarea></select></title><${MARK}>`,
  `javascript:${MARK}()`,
  `<!--<${MARK}>-->`,
  `<svg/onload=${MARK}()><math><mtext></${MARK}>`,
  `{{constructor.constructor('${MARK}')()}}`,
];

const QUERIES = [
  "' OR '1'='1",
  "'; DROP TABLE fact; --",
  '1) UNION SELECT said FROM words --',
  "x' AND pg_sleep(5) IS NULL --",
  '$1',
  '%',
  '_%',
  '\\',
  "E'\\x00'",
  '(((((((',
  '!& | <-> :*',
];

const PROGRAMS = [
  'size([1,2,3].map(x, [1,2,3].map(y, x*y)))',
  '"a".matches("(a+)+$")',
  '$' + '{7*7}',
  '#{7*7}',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
];

const CELLS = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '=HYPERLINK("http://example.invalid")'];

const PATHS = [
  '../../../../etc/passwd',
  '..%2f..%2f..%2fetc%2fpasswd',
  '%2e%2e/%2e%2e/',
  '/etc/passwd%00.jpg',
  'file:///etc/passwd',
  'C:\\windows\\win.ini',
  'checkpoint/../key.priv',
  '.',
  '..',
  '%',
  '%zz',
  '%c0%ae',
];

const ODD_TEXT = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\uFEFF',
  '\u202Egnp.exe',
  '\uD800',
  'é'.normalize('NFD').repeat(50),
  '🧨'.repeat(200),
  '\n\r\n',
  'null',
  'undefined',
  'NaN',
  'Infinity',
  '-0',
  '1e309',
  '0x10',
  '9'.repeat(400),
  '2026-02-30',
  '2026-05-01T08:00:00',
  '+275760-09-13T00:00:00Z',
  '0000-01-01T00:00:00Z',
  '-271821-04-20T00:00:00.000Z',
  '9999-12-31T23:59:59Z',
  '294277-01-01T00:00:00Z',
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  '100000000000',
  '999999999999',
  '-1',
  '2147483648',
  '9007199254740993',
  '9223372036854775808',
  '[object Object]',
];

const NUMBERS = [
  0,
  -0,
  -1,
  1.5,
  1e-320,
  2 ** 31,
  2 ** 32,
  2 ** 53,
  2 ** 63,
  1e308,
  Number.MAX_SAFE_INTEGER + 2,
  8.64e15 + 1,
];

export type Payloads = ReturnType<typeof payloadsOf>;

/** Hostile values from one source of chance. `ids` are other people's. */
export function payloadsOf(random: Seeded, ids: readonly string[]) {
  const lists = [MARKUP, QUERIES, PROGRAMS, CELLS, PATHS, ODD_TEXT];
  const text = (): string => {
    if (random.chance(0.2)) return random.pick(ids);
    if (random.chance(0.03)) return random.pick(MARKUP).repeat(random.whole(20, 2000));
    return random.pick(random.pick(lists));
  };
  const value = (): unknown => {
    const kind = random.whole(0, 9);
    if (kind <= 4) return text();
    if (kind === 5) return random.pick(NUMBERS);
    if (kind === 6) return random.pick([null, true, false, [], {}, [[]], [null]]);
    if (kind === 7) return nested(random.whole(2, 60), random.chance(0.5));
    if (kind === 8) return Array.from({ length: random.whole(1, 1500) }, () => 'x');
    return { [random.pick(['__proto__', 'constructor', 'toString', '$where', ''])]: text() };
  };
  return { text, value };
}

/** Arrays or objects in each other. */
export function nested(depth: number, isArray: boolean): unknown {
  let value: unknown = 'x';
  for (let i = 0; i < depth; i += 1) value = isArray ? [value] : { a: value };
  return value;
}

/** Deeper than a parser that calls itself can go. */
export const DEEP_JSON = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;

/** A picture of 65,535 × 65,535 points in a hundred bytes, a picture that is cut off, and files that are none. */
export const FILES: readonly Buffer[] = [
  Buffer.from('89504e470d0a1a0a0000000d494844520000ffff0000ffff0806000000', 'hex'),
  Buffer.from('ffd8ffe000104a46494600010100000100010000ffc0001108fffffff f03'.replace(/ /g, ''), 'hex'),
  Buffer.from('GIF89a\xff\xff\xff\xff\x80\0\0\0\0\0\xff\xff\xff', 'latin1'),
  Buffer.from('RIFF\xff\xff\xff\xffWEBPVP8 ', 'latin1'),
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg"><script>${MARK}()</script></svg>`),
  Buffer.from('%PDF-1.7'),
  Buffer.from(`<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>`),
  Buffer.from('push graphic-context\nviewbox 0 0 640 480\nfill "url(https://example.invalid/|ls)"'),
  Buffer.alloc(0),
];

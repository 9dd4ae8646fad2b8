import { DAY, Fault, type Instant, parseInstant } from '@gezhi/basis';
import type { Zone } from './zone.ts';

/**
 * Makes a reader of moments out of formats such as `MM/dd/yyyy hh:mm:ss a`, tried in order. Letters: `yyyy`, `M` and `MM`, `d` and
 * `dd`, `H`/`HH` (0–23), `h`/`hh` (1–12, needs `a`), `m`/`mm`, `s`/`ss`, `SSS` (a fraction of any length), `a` (AM, PM, 上午, 下午);
 * everything else stands for itself. A single letter takes one or two digits, a double one exactly two. The word `excel` reads a bare
 * serial number of days since 1899-12-30. RFC 3339 with offset, and `yyyy-MM-dd HH:mm:ss`, are always read.
 * The reader answers `undefined` for what is none of these, and for days and hours that do not exist (02/30, 25:00).
 *
 * @throws Fault `bad-date-format` for a format without a year, month and day, or `h` without `a`
 */
export function compileDates(formats: readonly string[], zone: Zone): (text: string) => Instant | undefined {
  const readers = [...formats, ISO_LOCAL].map(compileLocal);
  return (text) => {
    for (const read of readers) {
      const local = read(text);
      if (local !== undefined) return zone.fromLocal(local);
    }
    return parseInstant(text);
  };
}

/** Writes moments in one of the formats above, or in RFC 3339 where that would lose milliseconds or be ambiguous. */
export function compileDateWriter(format: string, zone: Zone): (at: Instant) => string {
  const read = compileLocal(format);
  const steps = tokensOf(format);
  return (at) => {
    const local = new Date(zone.toLocal(at));
    const text = steps.map((step) => writeStep(step, local)).join('');
    const again = read(text);
    return again !== undefined && zone.fromLocal(again) === at ? text : new Date(at).toISOString();
  };
}

type LocalReader = (text: string) => number | undefined;

const ISO_LOCAL = 'yyyy-MM-dd HH:mm:ss';
const TOKEN = /yyyy|MM|M|dd|d|HH|H|hh|h|mm|m|ss|s|SSS|a/g;
const SLOTS = ['y', 'M', 'd', 'H', 'h', 'm', 's', 'S', 'a'] as const;
type Slot = (typeof SLOTS)[number];
type Step = { readonly slot: Slot; readonly min: number; readonly max: number } | string;

function tokensOf(format: string): Step[] {
  const steps: Step[] = [];
  let at = 0;
  for (const match of format.matchAll(TOKEN)) {
    if (match.index > at) steps.push(format.slice(at, match.index));
    at = match.index + match[0].length;
    steps.push(stepOf(match[0]));
  }
  if (at < format.length) steps.push(format.slice(at));
  return steps;
}

function stepOf(token: string): Step {
  const slot = token[0] as Slot;
  if (slot === 'S') return { slot, min: 1, max: 9 };
  return { slot, min: token.length, max: slot === 'y' ? 4 : 2 };
}

function compileLocal(format: string): LocalReader {
  if (format === 'excel') return readSerial;
  const steps = tokensOf(format);
  const has = (slot: Slot): boolean => steps.some((step) => typeof step !== 'string' && step.slot === slot);
  if (!has('y') || !has('M') || !has('d') || has('h') !== has('a')) {
    const hint =
      'It needs yyyy, M or MM, d or dd; h or hh needs a (AM/PM), as in "MM/dd/yyyy hh:mm:ss a" or "yyyy-MM-dd".';
    throw new Fault('bad-date-format', `"${format}" is not a date format.`, { hint });
  }
  return (text) => readSteps(steps, text);
}

/** Days since 1899-12-30, as spreadsheets count; from 1954 to 2173, so that other numbers are not taken for dates. */
function readSerial(text: string): number | undefined {
  if (!/^\d{5}(\.\d+)?$/.test(text)) return undefined;
  const days = Number(text) - 25_569;
  return days < -5_500 || days > 75_000 ? undefined : Math.round(days * 86_400) * 1000;
}

function readSteps(steps: readonly Step[], text: string): number | undefined {
  let at = 0;
  let year = 0;
  let month = 0;
  let day = 0;
  let hour = 0;
  let ms = 0;
  let half = -1;
  for (const step of steps) {
    if (typeof step === 'string') {
      if (!text.startsWith(step, at)) return undefined;
      at += step.length;
      continue;
    }
    if (step.slot === 'a') {
      half = halfOfDay(text, at);
      if (half < 0) return undefined;
      at += 2;
      continue;
    }
    const from = at;
    let value = 0;
    while (at - from < step.max) {
      const digit = text.charCodeAt(at) - 48;
      if (!(digit >= 0 && digit <= 9)) break;
      value = value * 10 + digit;
      at += 1;
    }
    if (at - from < step.min) return undefined;
    switch (step.slot) {
      case 'y':
        year = value;
        break;
      case 'M':
        month = value;
        break;
      case 'd':
        day = value;
        break;
      case 'H':
        if (value > 23) return undefined;
        hour = value;
        break;
      case 'h':
        if (value < 1 || value > 12) return undefined;
        hour = value % 12;
        break;
      case 'm':
        if (value > 59) return undefined;
        ms += value * 60_000;
        break;
      case 's':
        if (value > 59) return undefined;
        ms += value * 1000;
        break;
      case 'S':
        ms += Math.floor((value * 1000) / 10 ** (at - from));
        break;
    }
  }
  if (at !== text.length || !dayExists(year, month, day)) return undefined;
  return daysSinceEpoch(year, month, day) * DAY + (hour + (half > 0 ? 12 : 0)) * 3_600_000 + ms;
}

function halfOfDay(text: string, at: number): number {
  const word = text.slice(at, at + 2).toUpperCase();
  return word === 'AM' || word === '上午' ? 0 : word === 'PM' || word === '下午' ? 1 : -1;
}

const MONTH_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function dayExists(year: number, month: number, day: number): boolean {
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > MONTH_DAYS[month - 1]!) return false;
  return month !== 2 || day < 29 || (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0));
}

/** Days from 1970-01-01 in the Gregorian calendar (the arithmetic of H. Hinnant, "chrono-compatible low-level date algorithms"). */
function daysSinceEpoch(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return (
    era * 146_097 + yearOfEra * 365 + (yearOfEra >> 2) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
}

function writeStep(step: Step, local: Date): string {
  if (typeof step === 'string') return step;
  if (step.slot === 'a') return local.getUTCHours() < 12 ? 'AM' : 'PM';
  const hour = local.getUTCHours();
  const values: Record<Exclude<Slot, 'a'>, number> = {
    y: local.getUTCFullYear(),
    M: local.getUTCMonth() + 1,
    d: local.getUTCDate(),
    H: hour,
    h: hour % 12 || 12,
    m: local.getUTCMinutes(),
    s: local.getUTCSeconds(),
    S: local.getUTCMilliseconds(),
  };
  return String(values[step.slot]).padStart(step.slot === 'S' ? 3 : step.min, '0');
}

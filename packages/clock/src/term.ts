import { DAY, Fault, HOUR, MINUTE } from '@gezhi/basis';
import type { Calendar, Words } from './calendar.ts';

/**
 * How long something may take. Amounts are whole and at least 1.
 *
 *   minute, hour   `30min` `2h`  run on through nights and holidays (紧急工作时)
 *   naturalDay     `7d`          自然日, 24 hours each, to the minute at which it began
 *   workHour       `4wh`         工作时: only the calendar's work hours on its work days count
 *   workDay        `5wd`         工作日 as the hours of one work day (8 by default), counted like work hours: what begins
 *                                Monday 10:00 ends Tuesday 10:00, what begins outside hours begins when work begins
 *   legalDay       `15ld`        期间 of days in law: the day it begins on is not counted, it ends when work closes (18:00) on
 *                                the last day, and a last day that is not worked moves to the next one that is
 *                                (民法典 201, 203; 民事诉讼法 85)
 *   legalWorkDay   `20lwd`       the same, of work days only: 20 个工作日 in the law's sense, the first day not counted
 *
 * The first five units count time, the law's two count days.
 */
export type Term = { readonly amount: number; readonly unit: TermUnit };

export type TermUnit =
  | 'minute'
  | 'hour'
  | 'naturalDay'
  | 'workHour'
  | 'workDay'
  | 'legalDay'
  | 'legalWorkDay';

/**
 * Reads `2h`, `30min`, `7d`, `4wh`, `5wd`, `15ld`, `20lwd`.
 * @throws Fault `bad-term` where the amount is not a whole number from 1 to 99,999 or the unit is unknown
 */
export function parseTerm(text: string): Term {
  const [, amount, suffix = ''] = TERM.exec(text) ?? [];
  const unit = UNITS.get(suffix);
  if (amount === undefined || unit === undefined) {
    throw new Fault('bad-term', `"${text}" is not a length of time.`, { hint: HINT });
  }
  return checkTerm({ amount: Number(amount), unit });
}

/** The text that `parseTerm` reads. */
export function printTerm(term: Term): string {
  return term.amount + SUFFIX[term.unit];
}

/** `15 days in law`, `15 个法定日`: for sentences. */
export function sayTerm(term: Term, lang: 'zh' | 'en'): string {
  const words = UNIT_WORDS[term.unit];
  if (lang === 'zh') return `${term.amount} ${words.zh}`;
  return `${term.amount} ${term.amount === 1 ? words.en : words.enMany}`;
}

/** The term as it came. @throws Fault `bad-term` */
export function checkTerm(term: Term): Term {
  if (!Number.isInteger(term.amount) || term.amount < 1 || term.amount > AMOUNT_MAX) {
    throw new Fault('bad-term', `A length of time cannot be ${term.amount} ${term.unit}.`, { hint: HINT });
  }
  return term;
}

/** Long enough for a century of days, short enough that every deadline is a date. */
const AMOUNT_MAX = 99_999;
const TERM = /^([1-9]\d{0,4})([a-z]+)$/;
const HINT = 'Write a whole number and a unit: 30min, 2h, 7d, 4wh, 5wd, 15ld or 20lwd.';

const SUFFIX: Readonly<Record<TermUnit, string>> = {
  minute: 'min',
  hour: 'h',
  naturalDay: 'd',
  workHour: 'wh',
  workDay: 'wd',
  legalDay: 'ld',
  legalWorkDay: 'lwd',
};

const UNITS: ReadonlyMap<string, TermUnit> = new Map([
  ['min', 'minute'],
  ['h', 'hour'],
  ['d', 'naturalDay'],
  ['wh', 'workHour'],
  ['wd', 'workDay'],
  ['ld', 'legalDay'],
  ['lwd', 'legalWorkDay'],
]);

const UNIT_WORDS: Readonly<Record<TermUnit, Words & { readonly enMany: string }>> = {
  minute: { zh: '分钟', en: 'minute', enMany: 'minutes' },
  hour: { zh: '小时', en: 'hour', enMany: 'hours' },
  naturalDay: { zh: '个自然日', en: 'day of 24 hours', enMany: 'days of 24 hours' },
  workHour: { zh: '个工作时', en: 'work hour', enMany: 'work hours' },
  workDay: { zh: '个工作日', en: 'work day', enMany: 'work days' },
  legalDay: { zh: '日（法定期间）', en: 'day (legal period)', enMany: 'days (legal period)' },
  legalWorkDay: {
    zh: '个工作日（法定期间）',
    en: 'work day (legal period)',
    enMany: 'work days (legal period)',
  },
};

/** How a unit is reckoned: time that runs on, time within work hours, days that close, work days that close. */
export type Reckoning = 'running' | 'working' | 'days' | 'workDays';

export function reckoningOf(unit: TermUnit): Reckoning {
  return RECKONING[unit];
}

const RECKONING: Readonly<Record<TermUnit, Reckoning>> = {
  minute: 'running',
  hour: 'running',
  naturalDay: 'running',
  workHour: 'working',
  workDay: 'working',
  legalDay: 'days',
  legalWorkDay: 'workDays',
};

/** What a term asks for, in counted ms. A day in law is credited as 24 h however early its last afternoon closes. */
export function termMs(term: Term, calendar: Calendar): number {
  return term.amount * unitMs(term.unit, calendar);
}

function unitMs(unit: TermUnit, calendar: Calendar): number {
  switch (unit) {
    case 'minute':
      return MINUTE;
    case 'hour':
    case 'workHour':
      return HOUR;
    case 'workDay':
      return calendar.workDayMs;
    case 'naturalDay':
    case 'legalDay':
    case 'legalWorkDay':
      return DAY;
  }
}

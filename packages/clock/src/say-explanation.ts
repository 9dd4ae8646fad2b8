import { DAY, HOUR, type Instant, MINUTE } from '@gezhi/basis';
import type { Explanation, Span, SpanReason } from './explain.ts';
import { isoDay, weekdayNumber } from './local-day.ts';
import { sayTerm } from './term.ts';
import { zoneOf } from './zone.ts';

export type Lang = 'zh' | 'en';

/**
 * An explanation as plain sentences: the start and the term, one sentence for each span, and the end. Residents and staff read
 * the same ones. `sayReason` turns the codes of pauses and extensions into words; without it the codes stand.
 */
export function sayExplanation(
  explanation: Explanation,
  lang: Lang,
  sayReason: (reason: string) => string = (reason) => reason,
): readonly string[] {
  return [
    sayStart(explanation, lang),
    ...explanation.extensions.map(({ term, reason }) =>
      lang === 'zh'
        ? `延长 ${sayTerm(term, lang)}（${sayReason(reason)}）。`
        : `Extended by ${sayTerm(term, lang)} (${sayReason(reason)}).`,
    ),
    ...explanation.spans.map((span) => saySpan(span, explanation.zone, lang, sayReason)),
    ...sayEnd(explanation, lang),
  ];
}

function sayStart({ start, zone, term }: Explanation, lang: Lang): string {
  const moment = sayMoment(start, zone, lang);
  return lang === 'zh'
    ? `自 ${moment} 起算，时限 ${sayTerm(term, lang)}。`
    : `The clock starts at ${moment}; the limit is ${sayTerm(term, lang)}.`;
}

function saySpan(span: Span, zone: string, lang: Lang, sayReason: (reason: string) => string): string {
  const why = REASON[lang](span.reason, sayReason);
  const from = sayMoment(span.from, zone, lang);
  if (span.to === null) {
    return lang === 'zh' ? `${from} 起：${why}，至今未恢复。` : `From ${from}: ${why}, still standing.`;
  }
  const to = sayMoment(span.to, zone, lang);
  const worth = span.counts ? sayWorth(span, lang) : lang === 'zh' ? '不计' : 'does not count';
  return lang === 'zh' ? `${from} 至 ${to}：${why}，${worth}。` : `${from} to ${to}: ${why}, ${worth}.`;
}

const REASON: Readonly<Record<Lang, (reason: SpanReason, say: (code: string) => string) => string>> = {
  zh: (reason, say) => {
    if (reason.code === 'holiday') return `${reason.name.zh}放假`;
    if (reason.code === 'makeUpWorkday') return `调休上班（${reason.name.zh}）`;
    if (reason.code === 'pause') return `暂停（${say(reason.pause)}）`;
    return PLAIN[reason.code].zh;
  },
  en: (reason, say) => {
    if (reason.code === 'holiday') return `holiday (${reason.name.en})`;
    if (reason.code === 'makeUpWorkday') return `make-up work day (${reason.name.en})`;
    if (reason.code === 'pause') return `paused (${say(reason.pause)})`;
    return PLAIN[reason.code].en;
  },
};

type PlainCode = Exclude<SpanReason['code'], 'holiday' | 'makeUpWorkday' | 'pause'>;

const PLAIN: Readonly<Record<PlainCode, { readonly zh: string; readonly en: string }>> = {
  running: { zh: '连续计时', en: 'the clock runs on' },
  workHours: { zh: '工作时间', en: 'work hours' },
  day: { zh: '法定期间内', en: 'days of the legal period' },
  workDay: { zh: '工作日', en: 'work days' },
  night: { zh: '非工作时间', en: 'outside work hours' },
  lunch: { zh: '午间休息', en: 'midday break' },
  weekend: { zh: '周末', en: 'weekend' },
  firstDay: { zh: '开始的当日', en: 'the day it begins on' },
  rollover: {
    zh: '最后一日不上班，顺延至此工作日',
    en: 'the last day is not worked and moves to this work day',
  },
};

function sayWorth({ ms, measure }: Span, lang: Lang): string {
  const worth = measure === 'days' ? sayDays((ms ?? 0) / DAY, lang) : sayDuration(ms ?? 0, lang);
  return lang === 'zh' ? `计 ${worth}` : `counts ${worth}`;
}

function sayDays(days: number, lang: Lang): string {
  if (lang === 'zh') return `${days} 日`;
  return days === 1 ? '1 day' : `${days} days`;
}

/** `26 小时 30 分`, `26 h 30 min`; seconds only where there are any. */
export function sayDuration(ms: number, lang: Lang): string {
  const parts = [
    [Math.floor(ms / HOUR), lang === 'zh' ? '小时' : 'h'],
    [Math.floor((ms % HOUR) / MINUTE), lang === 'zh' ? '分' : 'min'],
    [(ms % MINUTE) / 1000, lang === 'zh' ? '秒' : 's'],
  ] as const;
  const said = parts.filter(([amount]) => amount > 0).map(([amount, unit]) => `${amount} ${unit}`);
  return said.length > 0 ? said.join(' ') : `0 ${parts[1][1]}`;
}

function sayEnd({ dueAt, zone, provisional, countedMs, askedMs }: Explanation, lang: Lang): string[] {
  const sentences: string[] = [];
  if (dueAt !== null) {
    const moment = sayMoment(dueAt, zone, lang);
    sentences.push(lang === 'zh' ? `${moment} 到期。` : `It is due at ${moment}.`);
  } else {
    sentences.push(sayOpenEnd(askedMs - countedMs, lang));
  }
  if (provisional) {
    sentences.push(
      lang === 'zh'
        ? '其中有日期的放假安排尚未公布，到期时间可能变动。'
        : 'The holidays of some of these days are not published yet, so the deadline may still move.',
    );
  }
  return sentences;
}

/** A period in law may be used up while its last day, which is off, still waits to move. */
function sayOpenEnd(leftMs: number, lang: Lang): string {
  if (leftMs === 0) {
    return lang === 'zh'
      ? '暂停期间没有到期时间；期间已满，恢复后顺延至首个工作日。'
      : 'While it is paused there is no deadline; the period is used up and ends on the first work day once it goes on.';
  }
  const left = sayDuration(leftMs, lang);
  return lang === 'zh'
    ? `暂停期间没有到期时间；恢复后还剩 ${left}。`
    : `While it is paused there is no deadline; ${left} remain once it goes on.`;
}

const WEEKDAYS: Readonly<Record<Lang, readonly string[]>> = {
  zh: ['周日', '周一', '周二', '周三', '周四', '周五', '周六'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
};

/** `2024-09-30 周一 18:00`, `Mon 2024-09-30 18:00`, as the wall clock of the zone shows it. */
export function sayMoment(at: Instant, zoneId: string, lang: Lang): string {
  const zone = zoneOf(zoneId);
  const day = zone.dayOf(at);
  const weekday = WEEKDAYS[lang][weekdayNumber(day)];
  const local = new Date(at + zone.offsetAt(at)).toISOString();
  const time = at % MINUTE === 0 ? local.slice(11, 16) : local.slice(11, 19);
  return lang === 'zh' ? `${isoDay(day)} ${weekday} ${time}` : `${weekday} ${isoDay(day)} ${time}`;
}

import type { Language } from './language.tsx';
import { townZone } from './zone.tsx';

const LOCALE = { zh: 'zh-CN', en: 'en-GB' } as const;

/** A moment as people say it, in the town's zone: “11月22日 14:05”. */
export function sayMoment(moment: string | number, language: Language, zone = townZone()): string {
  return new Intl.DateTimeFormat(LOCALE[language], {
    month: language === 'zh' ? 'long' : 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
    ...(zone ? { timeZone: zone } : {}),
  }).format(new Date(moment));
}

/** An hour of the day, in the town's zone: “14:05”. */
export function sayTime(moment: string | number, language: Language, zone = townZone()): string {
  return new Intl.DateTimeFormat(LOCALE[language], {
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
    ...(zone ? { timeZone: zone } : {}),
  }).format(new Date(moment));
}

/** A day with its year, in the town's zone. */
export function sayDay(moment: string | number, language: Language, zone = townZone()): string {
  return new Intl.DateTimeFormat(LOCALE[language], {
    year: 'numeric',
    month: language === 'zh' ? 'long' : 'short',
    day: 'numeric',
    ...(zone ? { timeZone: zone } : {}),
  }).format(new Date(moment));
}

const STEPS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** How far off a moment is: “2小时后”, “3 days ago”. */
export function sayDistance(moment: string | number, now: number, language: Language): string {
  const away = new Date(moment).getTime() - now;
  const [unit, size] = STEPS.find(([, ms]) => Math.abs(away) >= ms) ?? STEPS[2];
  return new Intl.RelativeTimeFormat(LOCALE[language], { numeric: 'always' }).format(
    Math.trunc(away / size),
    unit,
  );
}

/** A whole number with its separators. */
export function sayCount(count: number, language: Language): string {
  return new Intl.NumberFormat(LOCALE[language]).format(count);
}

/** A share as a percentage with one digit; a dash where there is none. */
export function sayShare(share: { readonly value: number } | null | undefined, language: Language): string {
  if (!share) return '—';
  return new Intl.NumberFormat(LOCALE[language], {
    style: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  }).format(share.value);
}

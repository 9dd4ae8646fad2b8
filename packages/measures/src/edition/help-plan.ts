import { DAY, type Instant, MINUTE } from '@gezhi/basis';
import { compareTexts } from '../contributions.ts';
import type { Window, ZoneOffset } from '../windows.ts';
import type { EditionRow } from './edition.ts';
import type { EditionCase } from './edition-case.ts';
import type { EditionPolicy } from './edition-policy.ts';

export const SEASONS = ['spring', 'summer', 'autumn', 'winter'] as const;
export type Season = (typeof SEASONS)[number];

/** Requests of this period and of the one before, of one kind or at one point; `cases` are this period's. */
export type HelpItem = {
  readonly code: string;
  readonly requests: number;
  readonly before: number;
  /** Whether it rose (or fell) by more than chance would do. */
  readonly trend: 'rose' | 'fell' | 'steady';
  readonly cases: readonly string[];
};

/** A point with more than one case of one kind in the whole time looked at: what was done there did not last. */
export type RepeatedPoint = {
  readonly point: string;
  readonly kind: string;
  readonly cases: readonly string[];
};

/**
 * A draft of help for a place of high volume (治理类街乡镇: 先诊断再治理): what comes when, of which kind, at which point, what rose, what is old.
 * Numbers only; what to do is written by people. It carries no mark and no place in a list.
 */
export type HelpPlan = {
  readonly subject: string;
  readonly requests: number;
  readonly before: number;
  /** Over the whole time looked at: by local month (2026-05), season, hour 0 … 23. */
  readonly months: readonly { readonly month: string; readonly requests: number }[];
  readonly seasons: Readonly<Record<Season, number>>;
  readonly hours: readonly number[];
  /** Most first. */
  readonly kinds: readonly HelpItem[];
  readonly points: readonly HelpItem[];
  readonly repeated: readonly RepeatedPoint[];
  /** Open at the end of the period for longer than the policy's days, oldest first. */
  readonly old: readonly { readonly caseId: string; readonly kind: string; readonly days: number }[];
};

/** Which rows get one: those in the highest group of volume, with enough requests to learn from. */
export function needsHelp(
  { peers, rates }: Pick<EditionRow, 'peers' | 'rates'>,
  policy: EditionPolicy,
): boolean {
  return peers.volume === 1 && rates.volume >= policy.help.volumeMin;
}

/**
 * The plan for one subject. `cases` reach back as far as they are looked at: months and seasons need a year, the trend one period before
 * this one. A kind or point rose where 2(√now − √before) ≥ 1.96 √2 (counts as Poisson, variance made stable by the root; Anscombe 1948),
 * and only with five or more.
 */
export function helpPlan(
  subject: string,
  cases: readonly EditionCase[],
  period: Window,
  policy: EditionPolicy,
  offset: ZoneOffset,
): HelpPlan {
  const own = cases
    .filter((of) => of.requests.some((request) => request.subject === subject))
    .sort((a, b) => compareTexts(a.caseId, b.caseId));
  const all = own.flatMap((of) =>
    of.requests
      .filter((request) => request.subject === subject)
      .map((request) => ({ of, at: request.createdAt })),
  );
  const earlier = { from: 2 * period.from - period.to, to: period.from };
  const [now, before] = [all.filter(inside(period)), all.filter(inside(earlier))];
  const local = all.map(({ at }) => new Date(at + offset(at) * MINUTE));
  const top = policy.help.topPoints;
  return {
    subject,
    requests: now.length,
    before: before.length,
    months: monthsOf(local),
    seasons: seasonsOf(local),
    hours: hoursOfDay(local),
    kinds: itemsBy((of) => of.kind, now, before),
    points: itemsBy((of) => of.point ?? of.place, now, before).slice(0, top),
    repeated: repeatedOf(own).slice(0, top),
    old: oldOf(own, period.to, policy.help.oldDays),
  };
}

type Dated = { readonly of: EditionCase; readonly at: Instant };

function inside({ from, to }: Window): (one: Dated) => boolean {
  return ({ at }) => at >= from && at < to;
}

function monthsOf(local: readonly Date[]): HelpPlan['months'] {
  const counts = tally(local.map((date) => date.toISOString().slice(0, 7)));
  return [...counts].sort(([a], [b]) => compareTexts(a, b)).map(([month, requests]) => ({ month, requests }));
}

/** March begins spring. */
function seasonsOf(local: readonly Date[]): HelpPlan['seasons'] {
  const seasons = { spring: 0, summer: 0, autumn: 0, winter: 0 };
  for (const date of local) seasons[SEASONS[Math.floor(((date.getUTCMonth() + 10) % 12) / 3)]!] += 1;
  return seasons;
}

function hoursOfDay(local: readonly Date[]): number[] {
  const hours = Array.from({ length: 24 }, () => 0);
  for (const date of local) hours[date.getUTCHours()]! += 1;
  return hours;
}

function itemsBy(
  codeOf: (of: EditionCase) => string,
  now: readonly Dated[],
  before: readonly Dated[],
): HelpItem[] {
  const [counts, earlier] = [now, before].map((dated) => tally(dated.map(({ of }) => codeOf(of))));
  const cases = new Map<string, Set<string>>();
  for (const { of } of now) cases.set(codeOf(of), (cases.get(codeOf(of)) ?? new Set()).add(of.caseId));
  return [...new Set([...counts!.keys(), ...earlier!.keys()])]
    .map((code) => {
      const [requests, then] = [counts!.get(code) ?? 0, earlier!.get(code) ?? 0];
      const trend = trendOf(requests, then);
      return { code, requests, before: then, trend, cases: [...(cases.get(code) ?? [])].sort(compareTexts) };
    })
    .sort((a, b) => b.requests - a.requests || b.before - a.before || compareTexts(a.code, b.code));
}

const SURE = 1.96;
const FEWEST = 5;

function trendOf(now: number, before: number): HelpItem['trend'] {
  const distance = 2 * (Math.sqrt(now) - Math.sqrt(before));
  if (Math.max(now, before) < FEWEST || Math.abs(distance) < SURE * Math.SQRT2) return 'steady';
  return distance > 0 ? 'rose' : 'fell';
}

function repeatedOf(own: readonly EditionCase[]): RepeatedPoint[] {
  const groups = new Map<string, RepeatedPoint & { cases: string[] }>();
  for (const { caseId, point, place, kind, merged } of own) {
    if (merged) continue;
    const where = point ?? place;
    const key = JSON.stringify([where, kind]);
    const group = groups.get(key) ?? { point: where, kind, cases: [] };
    group.cases.push(caseId);
    groups.set(key, group);
  }
  return [...groups.values()]
    .filter(({ cases }) => cases.length > 1)
    .sort(
      (a, b) =>
        b.cases.length - a.cases.length || compareTexts(a.point, b.point) || compareTexts(a.kind, b.kind),
    );
}

function oldOf(own: readonly EditionCase[], end: Instant, oldDays: number): HelpPlan['old'] {
  return own
    .filter(({ openedAt, closedAt, merged }) => {
      const isOpen = !merged && (closedAt === undefined || closedAt > end);
      return isOpen && end - openedAt >= oldDays * DAY;
    })
    .map(({ caseId, kind, openedAt }) => ({ caseId, kind, days: Math.floor((end - openedAt) / DAY) }))
    .sort((a, b) => b.days - a.days || compareTexts(a.caseId, b.caseId));
}

function tally(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

import type { CaseId, Instant } from '@gezhi/basis';
import { loadFacts, type SubscriptionRow } from '@gezhi/storage';
import type { Language } from '../notices/notice-text.ts';
import { placeNamed } from '../place-of.ts';
import { placesWithin, publicCases, roadOf } from '../portal/public-cases.ts';
import { publicStoryOf } from '../portal/public-story.ts';
import type { Town } from '../town.ts';
import { endToken } from './subscribe.ts';

/** So many are told one by one; of the rest how many there are. */
const TOLD_MAX = 5;
const LOOKED_MAX = 50;

/**
 * What a subscriber is told now: what became public at a place, or befell a case, since they were told last, with links to read on and to unsubscribe. Nothing where
 * there is nothing to tell, or the case is not theirs to see any more. No words of anybody, no names. Two or three round trips.
 */
export async function digestOf(
  town: Town,
  subscription: SubscriptionRow,
  pages: string,
  now: Instant,
): Promise<string | undefined> {
  const { of, isCase, number, id, toldAt } = subscription;
  const language: Language = subscription.language === 'en' ? 'en' : 'zh';
  const asked = isCase ? { ids: [of as CaseId] } : { places: placesWithin(town, of), updatedAfter: toldAt };
  const rows = await publicCases(town, asked, LOOKED_MAX, now);
  const isOwn = isCase && number !== null && rows.length === 0;
  const ids = isOwn ? [of as CaseId] : rows.map((row) => row.case_id);
  const histories = await loadFacts(town.db.pool, town.district, ids);
  const news = ids.flatMap((caseId) => {
    const steps = publicStoryOf(town, histories.get(caseId) ?? []).filter(({ at }) => at > toldAt);
    const row = rows.find((one) => one.case_id === caseId);
    if (steps.length === 0) return [];
    const named = row
      ? `${town.kinds.get(row.kind)?.name[language] ?? row.kind} · ${whereOf(town, row)}`
      : W[language].own(number ?? '');
    return [
      `${named}${W[language].colon}${steps.map(({ say }) => say[language]).join(language === 'zh' ? '' : ' ')}`,
    ];
  });
  if (news.length === 0) return undefined;
  const w = W[language];
  const base = pages.replace(/\/$/, '');
  const more = isOwn
    ? '/portal/mine'
    : isCase
      ? `/portal/near/${of}`
      : `/portal/near?place=${encodeURIComponent(of)}`;
  return [
    w.head(town.profile.name[language], isCase ? undefined : placeNamed(town, of).name, news.length),
    ...news.slice(0, TOLD_MAX),
    ...(news.length > TOLD_MAX ? [w.others(news.length - TOLD_MAX)] : []),
    `${w.more} ${base}${more}`,
    `${w.end} ${base}/unsubscribe/${endToken(town, id)}`,
  ].join('\n');
}

function whereOf(
  town: Town,
  { place, lon, lat }: { readonly place: string; readonly lon: number | null; readonly lat: number | null },
): string {
  return roadOf(town, place, lon === null || lat === null ? undefined : { lon, lat });
}

const W = {
  zh: {
    head: (town: string, place: string | undefined, n: number) =>
      place === undefined
        ? `【${town}】您订阅的事项有新进展。`
        : `【${town}】您订阅的${place}有 ${n} 件公开事项有新进展。`,
    own: (number: string) => `您的诉求 ${number}`,
    colon: '：',
    others: (n: number) => `另有 ${n} 件。`,
    more: '查看',
    end: '退订',
  },
  en: {
    head: (town: string, place: string | undefined, n: number) =>
      place === undefined
        ? `${town}: news of the case you follow.`
        : `${town}: news of public cases in ${place}: ${n}.`,
    own: (number: string) => `Your request ${number}`,
    colon: ': ',
    others: (n: number) => `And ${n} more.`,
    more: 'More:',
    end: 'Unsubscribe:',
  },
} as const;

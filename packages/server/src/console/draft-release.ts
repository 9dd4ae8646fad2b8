import { isRefusal, type Refusal } from '@gezhi/basis';
import { mediaOfCase } from '@gezhi/storage';
import { maskText } from '@gezhi/text';
import { mayIn, noPower, publicCases } from '@gezhi/town';
import type { RouteAnswer, Turn } from '../mount-route.ts';
import { mayRead } from '../pages/case/case-view.ts';
import { showPublic } from '../portal/show-public.ts';
import { firstWords } from './precedents.ts';
import { seenCase } from './visit-of-turn.ts';

/**
 * What neighbours read of a case, and what they could: its first words with names and numbers hidden, for a person to read over before they
 * are released. Two round trips beside the case.
 */
export async function draftRelease(turn: Turn<'draftRelease'>): Promise<RouteAnswer | Refusal> {
  const seen = await seenCase(turn);
  if (isRefusal(seen)) return seen;
  const { visit, view } = seen;
  const { town, staff, now } = visit;
  const { caseId } = view.c;
  const { allowed, because } = mayIn(town, 'release', view.c, staff.actor);
  if (!allowed) return noPower('release', because);
  const [[row], media] = await Promise.all([
    publicCases(town, { ids: [caseId], alsoOff: true }, 1, now),
    mediaOfCase(town.db.pool, town.district, caseId),
  ]);
  const words = mayRead(town, view, staff) ? firstWords(view) : undefined;
  const { masked, found } = maskText(words ?? '');
  const sorts = Map.groupBy(found, ({ what }) => what);
  const photos = [...media].filter(([, type]) => type.startsWith('image/'));
  const body = {
    ...(row ? { public: showPublic(town, row) } : {}),
    shown: row?.shown ?? false,
    text: row?.said ?? masked,
    hidden: [...sorts].map(([what, { length }]) => ({ what, times: length })),
    photos: photos.map(([id]) => ({ id, released: row?.photos?.includes(id) ?? false })),
  };
  return { status: 200, body, headers: { 'cache-control': 'no-store' } };
}

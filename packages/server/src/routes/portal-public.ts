import { type CaseId, isoInstant, isRefusal, type Refusal, refuse } from '@gezhi/basis';
import { mediaOfCase, putPublicRelease } from '@gezhi/storage';
import {
  FEW,
  mayIn,
  metresBetween,
  noPower,
  placesWithin,
  publicCases,
  publicStoryOf,
  refuseSightOf,
  type Town,
} from '@gezhi/town';
import type { RouteAnswer, Turn } from '../mount-route.ts';
import { showPublic } from '../portal/show-public.ts';
import { loadCase } from '../views/load-case.ts';
import { placeAtLevel, placeNamed } from '../views/names.ts';

/** How far “near me” reaches, and “this very thing”. */
const NEAR_METRES = 1_000;
const THING_METRES = 30;
const ROWS_MAX = 500;

/** Public cases near a point, of a place, of an object; with counts by community where there are five or more. */
export async function listPublic({ town, query, now }: Turn<'listPublic'>): Promise<RouteAnswer | Refusal> {
  const { lon, lat, place, kind, asset: code, limit } = query;
  if ((lon === undefined) !== (lat === undefined)) return refuse('bad-point', 'A point needs lon and lat.');
  const asset = code === undefined ? undefined : town.assets.get(code);
  if (code !== undefined && !asset?.point) return { status: 200, body: { cases: [], groups: [] } };
  const point = asset?.point ?? (lon === undefined || lat === undefined ? undefined : { lon, lat });
  const rows = await publicCases(
    town,
    {
      kinds: kind === undefined ? undefined : [kind],
      places: place === undefined ? undefined : placesWithin(town, place),
      near: point && { point, metres: asset ? THING_METRES : NEAR_METRES },
    },
    ROWS_MAX,
    now,
  );
  const far = (row: (typeof rows)[number]): number =>
    point && row.lon !== null && row.lat !== null ? metresBetween(point, { lon: row.lon, lat: row.lat }) : 0;
  const sorted = point ? [...rows].sort((a, b) => far(a) - far(b)) : rows;
  const cases = sorted.slice(0, limit).map((row) => showPublic(town, row, asset ? undefined : point));
  return { status: 200, body: { cases, groups: groupsOf(town, rows) } };
}

/** How many there are in each community or village; fewer than five are not counted. */
function groupsOf(town: Town, rows: readonly { place: string }[]): readonly object[] {
  const counts = new Map<string, number>();
  for (const { place } of rows) {
    const code = placeAtLevel(town, place, 'community') ?? placeAtLevel(town, place, 'village');
    if (code) counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count >= FEW)
    .map(([code, count]) => ({ ...placeNamed(town, code), count }));
}

/** A public case with what happened to it, in sentences that name nobody. */
export async function getPublic(turn: Turn<'getPublic'>): Promise<RouteAnswer | Refusal> {
  const { town, params, now } = turn;
  const [row] = await publicCases(town, { ids: [params.id as CaseId] }, 1, now);
  if (!row) return noSuchPublic(params.id);
  const loaded = await loadCase(town, row.case_id);
  if (isRefusal(loaded)) return loaded;
  const body = {
    case: showPublic(town, row),
    story: publicStoryOf(town, loaded.facts).map(({ at, say }) => ({ at: isoInstant(at), say })),
    feed: `/api/public/feed?case=${row.case_id}`,
  };
  return { status: 200, body };
}

/** Whoever holds the power `release` over the case releases what they have masked, or takes the case off. */
export async function releasePublic(turn: Turn<'releasePublic'>): Promise<RouteAnswer | Refusal> {
  const { town, params, body, actor, now } = turn;
  const caseId = params.id as CaseId;
  const unseen = await refuseSightOf(town, caseId, actor);
  if (unseen) return unseen;
  const loaded = await loadCase(town, caseId);
  if (isRefusal(loaded)) return loaded;
  const { allowed, because } = mayIn(town, 'release', loaded.now, actor!);
  if (!allowed) return noPower('release', because);
  const photos = body.photos ?? [];
  const own = await mediaOfCase(town.db.pool, town.district, caseId);
  const strange = photos.find((photo) => !own.has(photo));
  if (strange) return refuse('no-such-media', `The case has no photo ${strange}.`);
  const release = {
    shown: body.shown,
    said: body.text ?? null,
    photos,
    post: actor!.post,
    person: actor!.person ?? null,
  };
  await putPublicRelease(town.db.pool, town.district, caseId, release, now);
  turn.app.writes.count += 1;
  return { status: 200, body: { shown: body.shown, ...(body.text ? { text: body.text } : {}), photos } };
}

export function noSuchPublic(id: string): Refusal {
  return refuse('no-such-case', `There is no public case ${id}.`);
}

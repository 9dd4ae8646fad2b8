import { type CaseId, DAY, type Instant } from '@gezhi/basis';
import { ancestors, descendants, findPlace, metresPerDegree, type Point, segmentsNear } from '@gezhi/place';
import { findPublicCases, type PublicCaseRow, type PublicFilter } from '@gezhi/storage';
import { placeNamed, placeOf } from '../place-of.ts';
import { isSecret } from '../secret.ts';
import type { Town } from '../town.ts';

/** Ended cases stay to be seen for so long. */
const ENDED_DAYS = 30;
/** The newest of the whole town are looked for so far back; of a place, or around a point, all that are open are. */
const TOWN_DAYS = 90;
/** Fewer voices than these are not counted in public. */
export const FEW = 5;

/** Kinds about a thing in public space; complaints, tip-offs and what is secret never. */
export function publicKinds(town: Town): readonly string[] {
  return [...town.kinds.values()]
    .filter(
      ({ code, public: open, requestKind }) =>
        open === true &&
        requestKind !== 'complaint' &&
        requestKind !== 'tipOff' &&
        !isSecret(town, { kind: code }),
    )
    .map(({ code }) => code);
}

/** Public cases by place, by ids, or around a point, newest first. `kinds` narrows the public ones. */
export async function publicCases(
  town: Town,
  asked: {
    readonly kinds?: readonly string[] | undefined;
    readonly ids?: readonly CaseId[] | undefined;
    readonly places?: readonly string[] | undefined;
    readonly updatedAfter?: Instant;
    readonly near?: { readonly point: Point; readonly metres: number } | undefined;
    readonly alsoOff?: boolean;
  },
  limit: number,
  now: Instant,
): Promise<readonly PublicCaseRow[]> {
  const open = publicKinds(town);
  const isWhole = !asked.ids && !asked.places && !asked.near;
  const filter: PublicFilter = {
    kinds: asked.kinds ? open.filter((kind) => asked.kinds?.includes(kind)) : open,
    endedSince: now - ENDED_DAYS * DAY,
    ...(isWhole ? { openedSince: now - TOWN_DAYS * DAY } : {}),
    ...(asked.alsoOff ? { alsoOff: true } : {}),
    ...(asked.updatedAfter === undefined ? {} : { updatedAfter: asked.updatedAfter }),
    ...(asked.ids ? { ids: asked.ids } : {}),
    ...(asked.places ? { places: asked.places } : {}),
    ...(asked.near ? { box: boxAround(asked.near.point, asked.near.metres) } : {}),
  };
  return await findPublicCases(town.db.pool, town.district, filter, limit);
}

function boxAround({ lon, lat }: Point, metres: number): NonNullable<PublicFilter['box']> {
  const degree = metresPerDegree(Math.min(89, Math.max(-89, lat)));
  const [x, y] = [metres / degree.lon, metres / degree.lat];
  return { west: lon - x, south: lat - y, east: lon + x, north: lat + y };
}

/** Metres between two points a short way apart. */
export function metresBetween(a: Point, b: Point): number {
  const degree = metresPerDegree(Math.min(89, Math.max(-89, a.lat)));
  return Math.hypot((a.lon - b.lon) * degree.lon, (a.lat - b.lat) * degree.lat);
}

/** All codes by which cases of a place are counted: its own, and those of all places in it. */
export function placesWithin(town: Town, code: string): readonly string[] {
  const place = placeOf(town, code);
  if (!place) return [code];
  return [code, ...descendants(town.places, place.layer, code).map((below) => below.code)];
}

/** The road where there is one, else the community or village. */
export function roadOf(town: Town, code: string, point: Point | undefined): string {
  const near = point ? segmentsNear(town.lines, point) : [];
  const segment = town.lines.segments.find(
    (one) => one.kind === 'road' && near.some(({ segment: code }) => code === one.segment),
  );
  const place = placeOf(town, code);
  const above = place ? ancestors(town.places, place.layer, code) : [];
  const area = above.flatMap((ref) => findPlace(town.places, ref.layer, ref.code)?.name ?? [])[0];
  const name = place && above.length > 0 && place.layer !== town.profile.layers[0]?.code ? area : undefined;
  return [segment?.segmentName, name ?? placeNamed(town, code).name].filter(Boolean).join(' · ');
}

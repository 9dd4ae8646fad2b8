import type { CaseId, Instant } from '@gezhi/basis';
import type { Point } from '@gezhi/place';
import { sameMatter, signText } from '@gezhi/text';
import { metresBetween, publicCases, readSignal, sameIndexOf, type Town, urgentIn } from '@gezhi/town';
import type { RouteAnswer, Turn } from '../mount-route.ts';
import { showPublic } from '../portal/show-public.ts';
import { kindLabel, placeNamed } from '../views/names.ts';

const SHOWN_MAX = 3;
const LOOK_MAX = 60;
/** A thing that was scanned, and something around here. */
const THING_METRES = 30;
const AROUND_METRES = 300;
/** The least chance at which words alone are taken for the same matter. */
const CHANCE_MIN = 0.5;

/**
 * What somebody is about to report: whether it tells of danger, its kind and place as intake would read them, and up to three public cases that it
 * may be. Nothing is written; what others said is not shown.
 */
export async function readAboutToSay({ town, body, now }: Turn<'readAboutToSay'>): Promise<RouteAnswer> {
  const { words, kind: stated, placeText, asset: code, grid } = body;
  const asset = code === undefined ? undefined : town.assets.get(code);
  const read = readSignal(town, {
    source: '',
    id: '',
    type: '',
    channel: 'web',
    occurredAt: now,
    ...(words ? { words } : {}),
    ...(placeText ? { placeText } : {}),
    ...(body.point ? { point: body.point } : {}),
    ...(asset ? { asset: asset.code } : {}),
    ...(grid && !body.point && !asset ? { statedPlaces: { grid } } : {}),
    ...(stated && town.kinds.has(stated) ? { kind: stated } : {}),
  });
  const [lon, lat] = read.place.point ?? [];
  const point = lon === undefined || lat === undefined ? undefined : { lon, lat };
  const kind = read.kind === 'unknown' ? undefined : read.kind;
  const danger = words ? dangerIn(town, words) : undefined;
  const same = await candidates(
    town,
    { words, kind, point, place: read.place.code, exact: asset !== undefined },
    now,
  );
  return {
    status: 200,
    body: {
      ...(danger ? { danger } : {}),
      ...(kind ? { kind: { code: kind, name: kindLabel(town, kind) } } : {}),
      ...(read.place.code === 'unknown' ? {} : { place: placeNamed(town, read.place.code) }),
      ...(asset ? { asset: { code: asset.code, name: asset.name, kind: asset.kind } } : {}),
      same,
    },
  };
}

/** Whom to call, by number; services without a short number are named to a person who reads, not here. */
function dangerIn(town: Town, words: string): { names: object[]; call: string[] } | undefined {
  const reading = urgentIn(town, words);
  if (reading.level !== 'handOff') return undefined;
  const call = reading.to.filter((to) => /^\d{3,5}$/.test(to));
  const rules = new Set(reading.because.map(({ rule }) => rule));
  const names = (town.pack.urgent.file?.rules ?? []).filter(({ id }) => rules.has(id));
  return call.length === 0 ? undefined : { names: names.map(({ name }) => name), call };
}

type About = {
  readonly words: string | undefined;
  readonly kind: string | undefined;
  readonly point: Point | undefined;
  readonly place: string;
  /** A thing was scanned: whatever is open about it is meant. */
  readonly exact: boolean;
};

/** Public open cases: of the thing itself, of the same kind close by, or that say the same; the nearest first. */
async function candidates(town: Town, about: About, now: Instant): Promise<readonly object[]> {
  const { words, kind, point, place, exact } = about;
  const near = point
    ? await publicCases(
        town,
        { near: { point, metres: exact ? THING_METRES : AROUND_METRES } },
        LOOK_MAX,
        now,
      )
    : place === 'unknown'
      ? []
      : await publicCases(town, { places: [place] }, LOOK_MAX, now);
  const alike = words ? await alikeIn(town, words, kind, point, now) : [];
  const said = alike.length > 0 ? await publicCases(town, { ids: alike }, LOOK_MAX, now) : [];
  const far = (row: (typeof near)[number]): number =>
    point && row.lon !== null && row.lat !== null ? metresBetween(point, { lon: row.lon, lat: row.lat }) : 0;
  const fits = near.filter((row) => exact || (kind !== undefined && row.kind === kind));
  const found = new Map(
    [...said, ...[...fits].sort((a, b) => far(a) - far(b))].map((row) => [row.case_id, row]),
  );
  return [...found.values()]
    .filter((row) => row.is_open)
    .slice(0, SHOWN_MAX)
    .map((row) => showPublic(town, row, point));
}

async function alikeIn(
  town: Town,
  words: string,
  kind: string | undefined,
  point: Point | undefined,
  now: Instant,
): Promise<readonly CaseId[]> {
  const index = await sameIndexOf(town, now);
  return sameMatter(index, { signature: signText(words), at: now, kind, point })
    .filter(({ chance }) => chance >= CHANCE_MIN)
    .map(({ id }) => id as CaseId);
}

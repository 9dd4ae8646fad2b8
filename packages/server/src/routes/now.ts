import { DAY, HOUR, type Instant, isoInstant, parseInstant, type Refusal, refuse } from '@gezhi/basis';
import { zoneOf } from '@gezhi/clock';
import type { Beside, NowView } from '@gezhi/contract';
import { type Contribution, HUAIROU, sumOf, threeRates } from '@gezhi/measures';
import { ancestors, descendants, findPlace } from '@gezhi/place';
import { followerLag, lastOrders, type OpenCaseRow, openCasesIn, openStops, sumRollup } from '@gezhi/storage';
import { dayIn, heldBy, secretKinds, type Town } from '@gezhi/town';
import type { RouteAnswer, Turn } from '../mount-route.ts';
import { kindLabel, placeNamed, placeOf, unitNamed } from '../views/names.ts';

const WEEKS = 8;
const SILENT_DAYS = 30;
const NEXT_MAX = 30;
const POINTS_MAX = 2_000;
const KINDS_MAX = 12;

type PlaceView = NonNullable<NowView['place']>;

/** How a place stands now: open cases that the asker may see, deadlines, reports beside earlier weeks, rates, and what is not known. */
export async function getNow({ town, query, now, actor }: Turn<'getNow'>): Promise<RouteAnswer | Refusal> {
  const place = query.place === undefined ? undefined : placeView(town, query.place);
  if (query.place !== undefined && !place)
    return refuse('unknown-place', `There is no place "${query.place}".`);
  const since = query.since ? parseInstant(query.since)! : startOfDay(town, now);
  const within = place && new Set(codesIn(town, place));
  const { pool } = town.db;
  const rows = await openCasesIn(pool, town.district, within && [...within], heldBy(town, actor!, 'see'));
  const reports = await reportsSince(town, since, now);
  const month = await countedOver(town, HUAIROU.dateBasis, now - 30 * DAY, now, 'place');
  const quiet = await countedOver(town, 'created', now - SILENT_DAYS * DAY, now, 'place');
  const drawn = place ?? onlyRoot(town);
  const below = belowOf(town, drawn);
  const noon = noonAfter(town, now);
  const stops = await stopsToday(town, now);
  const inPlace = (row: Contribution): boolean => !within || within.has(row.place);
  const body: NowView = {
    at: isoInstant(now),
    since: isoInstant(since),
    ...(place ? { place } : {}),
    ...(drawn ? { drawn: { layer: drawn.layer, within: drawn.code } } : {}),
    path: pathOf(town, place),
    open: { ...openOf(rows, now), link: `/api/cases?open=true${place ? `&place=${place.code}` : ''}` },
    flags: tally(rows.flatMap(({ flags }) => flags)),
    due: dueOf(rows, now),
    beforeNoon: rows.filter(({ next_due }) => next_due !== null && next_due <= noon).length,
    noon: isoInstant(noon),
    next: rows
      .filter(({ next_due }) => next_due !== null)
      .slice(0, NEXT_MAX)
      .map((row) => nextOf(town, row, now)),
    below: placesBelow(town, below, { rows, reports: reports.now, stops }, now),
    units: unitsOf(town, rows, now),
    points: pointsOf(rows),
    opened: besideOf(reports, inPlace),
    kinds: risingKinds(town, reports, inPlace),
    rates: ratesOf(month.filter(inPlace)),
    unknown: {
      behind: await behindOf(town),
      pointless: rows.filter(({ lon }) => lon === null).length,
      silent: silentOf(town, below, quiet),
      vacant: vacantIn(town, within, now),
      heard: (await lastOrders(pool, town.district)).map(({ system, at }) => ({
        system,
        at: isoInstant(at),
      })),
    },
  };
  return { status: 200, body };
}

function placeView(town: Town, code: string): PlaceView | undefined {
  const found = placeOf(town, code);
  return found && { layer: found.layer, level: found.level, code, name: found.name };
}

function codesIn(town: Town, { layer, code }: PlaceView): readonly string[] {
  return [code, ...descendants(town.places, layer, code).map((ref) => ref.code)];
}

function pathOf(town: Town, place: PlaceView | undefined): readonly PlaceView[] & NowView['path'] {
  if (!place) return [];
  const above = ancestors(town.places, place.layer, place.code).flatMap(
    ({ code }) => placeView(town, code) ?? [],
  );
  return [...above.toReversed(), place];
}

/** The places right below; for the town, those that lie in no other. */
function belowOf(town: Town, place: PlaceView | undefined): readonly PlaceView[] {
  if (!place) return rootsOf(town);
  const all = descendants(town.places, place.layer, place.code);
  return all
    .filter(({ layer, code }) => findPlace(town.places, layer, code)?.parent === place.code)
    .flatMap(({ code }) => placeView(town, code) ?? []);
}

/** Where all places lie in one, the whole town is drawn by what lies in that. */
function onlyRoot(town: Town): PlaceView | undefined {
  const roots = rootsOf(town);
  return roots.length === 1 ? roots[0] : undefined;
}

function rootsOf(town: Town): readonly PlaceView[] {
  const first = town.profile.layers[0]?.code;
  const roots = town.places.places.filter(({ layer, parent }) => layer === first && parent === undefined);
  return [...new Set(roots.map(({ code }) => code))].flatMap((code) => placeView(town, code) ?? []);
}

function openOf(
  rows: readonly OpenCaseRow[],
  now: Instant,
): { total: number; late: number; byPhase: Record<string, number> } {
  return {
    total: rows.length,
    late: rows.filter((row) => isLate(row, now)).length,
    byPhase: tally(rows.map(({ phase }) => phase)),
  };
}

function isLate({ flags, next_due }: OpenCaseRow, now: Instant): boolean {
  return flags.includes('late') || (next_due !== null && next_due <= now);
}

function tally(words: readonly string[]): Record<string, number> {
  const counted: Record<string, number> = {};
  for (const word of words) counted[word] = (counted[word] ?? 0) + 1;
  return counted;
}

function dueOf(rows: readonly OpenCaseRow[], now: Instant): NowView['due'] {
  const due = { past: 0, hour: 0, hours4: 0, hours24: 0, later: 0, none: 0 };
  for (const { next_due } of rows) {
    if (next_due === null) due.none += 1;
    else if (next_due <= now) due.past += 1;
    else if (next_due <= now + HOUR) due.hour += 1;
    else if (next_due <= now + 4 * HOUR) due.hours4 += 1;
    else if (next_due <= now + DAY) due.hours24 += 1;
    else due.later += 1;
  }
  return due;
}

function nextOf(town: Town, row: OpenCaseRow, now: Instant): NowView['next'][number] {
  return {
    caseId: row.case_id,
    kind: { code: row.kind, name: kindLabel(town, row.kind) },
    place: placeNamed(town, row.place).name,
    ...(row.unit ? { unit: unitNamed(town, row.unit).name } : {}),
    clock: row.next_clock ?? '',
    dueAt: isoInstant(row.next_due!),
    isPast: row.next_due! <= now,
    flags: [...row.flags],
  };
}

function placesBelow(
  town: Town,
  below: readonly PlaceView[],
  {
    rows,
    reports,
    stops,
  }: {
    readonly rows: readonly OpenCaseRow[];
    readonly reports: readonly Contribution[];
    readonly stops: readonly { readonly place: string; readonly stops: number }[];
  },
  now: Instant,
): NowView['below'] {
  const owner = new Map<string, number>();
  below.forEach((place, i) => {
    for (const code of codesIn(town, place)) owner.set(code, i);
  });
  const counted = below.map((place) => ({ ...place, open: 0, late: 0, opened: 0, stops: 0 }));
  for (const row of rows) {
    const own = counted[owner.get(row.place) ?? -1];
    if (!own) continue;
    own.open += 1;
    if (isLate(row, now)) own.late += 1;
  }
  for (const { place, counts } of reports) {
    const own = counted[owner.get(place) ?? -1];
    if (own) own.opened += counts.requests ?? 0;
  }
  for (const row of stops) {
    const own = counted[owner.get(row.place) ?? -1];
    if (own) own.stops += row.stops;
  }
  return counted.sort((a, b) => b.open - a.open || (a.code < b.code ? -1 : 1));
}

function unitsOf(town: Town, rows: readonly OpenCaseRow[], now: Instant): NowView['units'] {
  const counted = new Map<string, { open: number; late: number }>();
  for (const row of rows) {
    if (!row.unit) continue;
    const own = counted.get(row.unit) ?? { open: 0, late: 0 };
    counted.set(row.unit, { open: own.open + 1, late: own.late + (isLate(row, now) ? 1 : 0) });
  }
  return [...counted]
    .map(([code, own]) => ({ ...unitNamed(town, code), ...own }))
    .sort((a, b) => b.open - a.open || (a.code < b.code ? -1 : 1));
}

function pointsOf(rows: readonly OpenCaseRow[]): NowView['points'] {
  return rows
    .filter(({ lon, lat }) => lon !== null && lat !== null)
    .slice(0, POINTS_MAX)
    .map(({ case_id, lon, lat, kind, flags }) => ({
      caseId: case_id,
      lon: lon!,
      lat: lat!,
      kind,
      flags: [...flags],
    }));
}

type Reports = {
  readonly now: readonly Contribution[];
  readonly before: readonly (readonly Contribution[] | undefined)[];
};

/** Reports since a moment, and in the same hours of the weeks before, as far as the roll-ups reach. */
async function reportsSince(town: Town, since: Instant, now: Instant): Promise<Reports> {
  const weeks = Array.from({ length: WEEKS }, (_, k) => (k + 1) * 7 * DAY);
  const counted = (ago: number): Promise<readonly Contribution[]> =>
    countedOver(town, 'created', since - ago, now - ago, 'both');
  const [today = [], ...before] = await Promise.all([0, ...weeks].map(counted));
  const oldest = before.findLastIndex((rows) => rows.length > 0);
  return { now: today, before: before.map((rows, k) => (k <= oldest ? rows : undefined)) };
}

async function countedOver(
  town: Town,
  basis: Parameters<typeof sumRollup>[2]['basis'],
  from: Instant,
  to: Instant,
  keep: 'place' | 'both',
): Promise<readonly Contribution[]> {
  return await sumRollup(town.db.pool, town.district, {
    basis,
    fromHour: Math.floor(from / HOUR),
    toHour: Math.ceil(to / HOUR),
    keep: { place: true, ...(keep === 'both' ? { kind: true } : {}) },
    butKinds: secretKinds(town),
  });
}

function besideOf(reports: Reports, counts: (row: Contribution) => boolean): Beside {
  const sum = (rows: readonly Contribution[]): number =>
    rows.reduce((total, row) => total + (counts(row) ? (row.counts.requests ?? 0) : 0), 0);
  const before = reports.before.filter((rows) => rows !== undefined).map(sum);
  const weeks = before.length;
  return {
    count: sum(reports.now),
    weeks,
    expected: weeks === 0 ? null : before.reduce((a, b) => a + b, 0) / weeks,
    least: weeks === 0 ? null : Math.min(...before),
    most: weeks === 0 ? null : Math.max(...before),
  };
}

/** Kinds that have more than in any of the weeks before first, then by how many. */
function risingKinds(town: Town, reports: Reports, counts: (row: Contribution) => boolean): NowView['kinds'] {
  const codes = [...new Set(reports.now.filter(counts).map(({ kind }) => kind))];
  const secret = (code: string): boolean => town.kinds.get(code)?.traits?.includes('secret') === true;
  return codes
    .filter((code) => !secret(code))
    .map((code) => ({
      code,
      name: kindLabel(town, code),
      beside: besideOf(reports, (row) => row.kind === code && counts(row)),
    }))
    .sort((a, b) => Number(rose(b.beside)) - Number(rose(a.beside)) || b.beside.count - a.beside.count)
    .slice(0, KINDS_MAX);
}

function rose({ count, most, weeks }: Beside): boolean {
  return weeks >= 4 && count > (most ?? 0);
}

function ratesOf(rows: readonly Contribution[]): NowView['rates'] {
  const { response, solve, satisfaction, n } = threeRates(sumOf(rows, [HUAIROU.dateBasis]), HUAIROU);
  return { response, solve, satisfaction, n };
}

/** What today's rounds still have to look at, by place; a thing counts where it stands. */
async function stopsToday(
  town: Town,
  now: Instant,
): Promise<readonly { readonly place: string; readonly stops: number }[]> {
  const open = await openStops(town.db.pool, town.district, dayIn(town, now));
  return open.map(({ target, stops }) => ({ place: town.assets.get(target)?.place ?? target, stops }));
}

/** Grids that have posts of their own, and nobody on any of them now. */
function vacantIn(
  town: Town,
  within: ReadonlySet<string> | undefined,
  now: Instant,
): NowView['unknown']['vacant'] {
  const seated = new Set(
    town.staff
      .filter(({ validFrom = -Infinity, validTo = Infinity }) => validFrom <= now && now < validTo)
      .map(({ post }) => post),
  );
  const posts = [...town.posts.values()].filter(
    ({ place, deputyOf }) => place !== undefined && !deputyOf && within?.has(place) !== false,
  );
  const held = new Set(posts.filter(({ code }) => seated.has(code)).map(({ place }) => place));
  const empty = new Set(posts.flatMap(({ place }) => (place && !held.has(place) ? [place] : [])));
  return [...empty].map((code) => placeNamed(town, code));
}

function silentOf(
  town: Town,
  below: readonly PlaceView[],
  quiet: readonly Contribution[],
): NowView['unknown']['silent'] {
  const heard = new Set(quiet.filter(({ counts }) => (counts.requests ?? 0) > 0).map(({ place }) => place));
  return below
    .filter((place) => !codesIn(town, place).some((code) => heard.has(code)))
    .map(({ code, name }) => ({ code, name }));
}

async function behindOf(town: Town): Promise<number> {
  const lags = await followerLag(town.db.pool, ['rollup']);
  const own = lags.find(({ district }) => district === town.district);
  return own ? own.head - own.position : 0;
}

function startOfDay(town: Town, now: Instant): Instant {
  const zone = zoneOf(town.profile.zone);
  return zone.instantOf(zone.dayOf(now), 0);
}

/** Noon of today, or of tomorrow once it is past. */
function noonAfter(town: Town, now: Instant): Instant {
  const noon = startOfDay(town, now) + 12 * HOUR;
  return now < noon ? noon : noon + DAY;
}

import { DAY, HOUR, isoInstant, isRefusal, type Refusal, refuse } from '@gezhi/basis';
import { onShift, parseShift, type Unit } from '@gezhi/duty';
import { hoursOf } from '@gezhi/measures';
import { ancestors, findPlace, placesAt } from '@gezhi/place';
import { sumRollup } from '@gezhi/storage';
import { FEW, locate, placesWithin, secretKinds, type Town } from '@gezhi/town';
import type { RouteAnswer, Turn } from '../mount-route.ts';
import { kindLabel, placeNamed, placeOf, unitNamed } from '../views/names.ts';

const YEAR_DAYS = 365;
const WHERE_MAX = 3;

/** How often the promise was kept: of what fell due in the last year, by kind; nothing is told of fewer than five. */
export async function getPromiseKept({
  town,
  query,
  now,
}: Turn<'getPromiseKept'>): Promise<RouteAnswer | Refusal> {
  const { kind, place } = query;
  if (kind !== undefined && !town.kinds.has(kind))
    return refuse('bad-input', `There is no kind "${kind}".`, { field: 'kind' });
  const to = Math.floor(now / HOUR) * HOUR;
  const window = { from: to - YEAR_DAYS * DAY, to };
  const { from: fromHour, to: toHour } = hoursOf(window);
  const within = place === undefined ? undefined : new Set(placesWithin(town, place));
  const rows = await sumRollup(town.db.pool, town.district, {
    basis: 'due',
    fromHour,
    toHour,
    counters: ['due', 'dueDoneInTime'],
    keep: { kind: true, place: within !== undefined },
    butKinds: secretKinds(town),
  });
  const sums = new Map<string, { n: number; kept: number }>();
  for (const row of rows) {
    if ((kind !== undefined && row.kind !== kind) || within?.has(row.place) === false) continue;
    const sum = sums.get(row.kind) ?? { n: 0, kept: 0 };
    sums.set(row.kind, {
      n: sum.n + (row.counts.due ?? 0),
      kept: sum.kept + (row.counts.dueDoneInTime ?? 0),
    });
  }
  const all = [...sums].filter(([, { n }]) => n > 0);
  return {
    status: 200,
    body: {
      ...(kind === undefined ? {} : { kind: { code: kind, name: kindLabel(town, kind) } }),
      ...(place === undefined ? {} : { place: placeNamed(town, place) }),
      from: isoInstant(window.from),
      to: isoInstant(window.to),
      rows: all
        .filter(([, { n }]) => n >= FEW)
        .sort(([, a], [, b]) => b.n - a.n)
        .map(([code, { n, kept }]) => ({ kind: { code, name: kindLabel(town, code) }, n, kept })),
      few: all.filter(([, { n }]) => n < FEW).length,
    },
    headers: { 'cache-control': 'public, max-age=600' },
  };
}

/** Who answers for a grid: its posts by staff number and hours, and the telephones of the units above; nobody's own number. */
export function whoAnswers({ town, query, now }: Turn<'whoAnswers'>): RouteAnswer {
  const code = gridOf(town, query, now);
  const place = code === undefined ? undefined : placeOf(town, code);
  if (code === undefined || !place)
    return { status: 200, body: { above: [], posts: [], units: [], ...complaintsOf(town) } };
  const above = ancestors(town.places, place.layer, code).map((ref) => ({
    code: ref.code,
    name: findPlace(town.places, ref.layer, ref.code)?.name ?? ref.code,
    level: placeOf(town, ref.code)?.level ?? ref.layer,
  }));
  const codes = new Set([code, ...above.map((one) => one.code)]);
  const posts = [...town.posts.values()].filter(
    (post) =>
      (post.kind === 'gridWorker' || post.kind === 'gridLead') && post.place === code && !post.deputyOf,
  );
  const units = [...town.units.values()].filter(
    (unit) =>
      unit.place !== undefined &&
      codes.has(unit.place) &&
      LOCAL.has(unit.kind) &&
      unit.level !== 'city' &&
      unit.level !== 'district',
  );
  return {
    status: 200,
    body: {
      grid: { code, name: place.name },
      above,
      posts: posts.map((post) => ({
        name: post.name,
        unit: unitNamed(town, post.unit).name,
        staff: staffOf(town, post.code, now),
      })),
      units: units.flatMap((unit) => {
        const phone = phoneOf(unit);
        return phone ? [{ name: unit.name, phone }] : [];
      }),
      ...complaintsOf(town),
    },
  };
}

const LOCAL: ReadonlySet<string> = new Set([
  'residentsCommittee',
  'villagersCommittee',
  'street',
  'town',
  'township',
  'police',
]);

function gridOf(town: Town, query: Turn<'whoAnswers'>['query'], now: number): string | undefined {
  const { grid, lon, lat, text } = query;
  if (grid !== undefined) return placeOf(town, grid) ? grid : undefined;
  if (lon !== undefined && lat !== undefined) {
    const found = placesAt(town.places, { lon, lat });
    return found.grid?.at(-1) ?? found.division?.at(-1);
  }
  if (text === undefined) return undefined;
  const { code } = locate(town, {
    source: '',
    id: '',
    type: '',
    occurredAt: now,
    channel: '',
    placeText: text,
  });
  return code === 'unknown' ? undefined : code;
}

/** Staff numbers with their hours, and whether it is their hour now. */
function staffOf(town: Town, post: string, now: number): readonly object[] {
  const minute = town.duties.weekMinute(now);
  return town.staff
    .filter(
      ({ post: of, validFrom = Number.NEGATIVE_INFINITY, validTo = Number.POSITIVE_INFINITY }) =>
        of === post && validFrom <= now && now < validTo,
    )
    .map(({ person, shift }) => {
      const hours = shift ? parseShift(shift) : undefined;
      const isNow = hours === undefined || isRefusal(hours) || onShift(hours, minute);
      return { number: person, ...(shift ? { hours: shift } : {}), now: isNow };
    });
}

/** The unit's own telephone: the one for residents, else that of its desk, as the town's folder gives them (docs/town-format.md). */
export function phoneOf(unit: Unit): string | undefined {
  const { servicePhone, phone } = unit as Unit & { readonly servicePhone?: string; readonly phone?: string };
  return servicePhone || phone || undefined;
}

function complaintsOf(town: Town): {
  readonly complaints?: { readonly name: string; readonly phone: string };
} {
  const hotline = [...town.units.values()].find((unit) => unit.kind === 'hotline');
  const phone = hotline && phoneOf(hotline);
  return hotline && phone ? { complaints: { name: hotline.name, phone } } : {};
}

/** What somebody can apply for, where near them, with which papers, how long. One text, wherever it is read. */
export function getGuide({ town, query }: Turn<'getGuide'>): RouteAnswer {
  const { lon, lat } = query;
  const here = lon === undefined || lat === undefined ? undefined : placesAt(town.places, { lon, lat });
  const around = Object.values(here ?? {}).flat();
  const guides = [...new Set([town.pack, ...town.packs.values()])].map(({ guide }) => guide);
  const human = guides.find((guide) => guide.human)?.human;
  const body = {
    ...(human ? { human } : {}),
    items: guides.flatMap(({ items }) =>
      items.map(({ at, ...item }) => ({ ...item, where: unitsOf(town, at, around) })),
    ),
    kinds: town.pack.kinds.map(({ code, name }) => ({ code, name })),
    asks: guides.flatMap(({ asks }) =>
      Object.entries(asks).map(([kind, questions]) => ({ kind, questions })),
    ),
  };
  return { status: 200, body };
}

/** Units of some kinds: those whose place holds the point first, the smallest place before the larger ones. */
function unitsOf(town: Town, kinds: readonly string[], around: readonly string[]): readonly object[] {
  const far = (unit: Unit): number => {
    const i = unit.place === undefined ? -1 : around.indexOf(unit.place);
    return i === -1 ? Number.POSITIVE_INFINITY : around.length - i;
  };
  const units = [...town.units.values()].filter((unit) => kinds.includes(unit.kind));
  const near = around.length > 0 ? units.filter((unit) => far(unit) < Number.POSITIVE_INFINITY) : units;
  return (near.length > 0 ? near : units)
    .sort((a, b) => far(a) - far(b))
    .slice(0, WHERE_MAX)
    .map((unit) => {
      const phone = phoneOf(unit);
      return { name: unit.name, ...(phone ? { phone } : {}) };
    });
}

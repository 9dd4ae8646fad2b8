import { Fault, type Instant, isoInstant } from '@gezhi/basis';
import { mustBePoint } from './coordinates.ts';
import { type Layer, type Place, type Point, tierOf, validAt } from './places.ts';
import { buildPolygonIndex, holdsInside, locate, locateAll, type PolygonIndex } from './polygon-index.ts';

/** A place named by its layer and code. */
export type PlaceRef = { readonly layer: string; readonly code: string };

/** All places of a town at all times, ready to be asked. Opaque; polygons of a moment are indexed when that moment is first asked. */
export type PlaceIndex = {
  readonly at: Instant;
  readonly layers: ReadonlyMap<string, Layer>;
  /** Every version of every place, in the order given. */
  readonly places: readonly Place[];
  readonly versions: ReadonlyMap<string, readonly Place[]>;
  readonly children: ReadonlyMap<string, readonly Place[]>;
  readonly groups: readonly Group[];
  /** What places that hold a point were answered before, at the index's own moment: of a town's points most lie where others did. */
  readonly answers: Map<string, Readonly<Record<string, readonly string[]>>>;
};

/** The outlined places of one level of one layer, which tile or overlap among themselves. */
type Group = {
  readonly layer: Layer;
  readonly level: string | undefined;
  readonly places: readonly Place[];
  /** Moments at which the set of valid places changes, ascending. */
  readonly changes: readonly Instant[];
  /** By number of changes passed: built on first use. */
  readonly built: Map<number, { readonly places: readonly Place[]; readonly polygons: PolygonIndex }>;
};

/**
 * Builds the index of all layers.
 *
 * @param options.at the moment that questions mean when they name none
 * @throws Fault `unknown-layer`, `duplicate-place` (same layer and code valid at the same time), `unknown-parent`, `circular-parents`,
 *   with the place and what to do. Overlaps and gaps of outlines are `checkLayer`'s matter.
 * Cost: linear in places; the polygons of each level are indexed when first asked (see `buildPolygonIndex`).
 */
export function buildPlaceIndex(
  layers: readonly Layer[],
  places: readonly Place[],
  options: { readonly at: Instant },
): PlaceIndex {
  const byCode = new Map(layers.map((layer) => [layer.code, layer]));
  const versions = new Map<string, Place[]>();
  for (const place of places) {
    mustKnowLayer(byCode, place);
    const key = keyOf(place.layer, place.code);
    const others = versions.get(key) ?? [];
    mustNotMeet(place, others);
    versions.set(key, [...others, place]);
  }
  const children = new Map<string, Place[]>();
  for (const place of places) {
    const parent = parentKey(byCode, versions, place);
    if (parent === undefined) continue;
    const siblings = children.get(parent);
    if (siblings) siblings.push(place);
    else children.set(parent, [place]);
  }
  const index = {
    at: options.at,
    layers: byCode,
    places,
    versions,
    children,
    groups: groupsOf(layers, places),
    answers: new Map(),
  };
  mustBeTree(index);
  return index;
}

/**
 * The places that hold a point, by layer, outermost first: in the division layer one code a level, in other tiling layers one
 * code or none, in drawn layers all that hold it. A layer that has none is absent. Ancestors without an outline of their own are
 * answered through the tree (`parent`), also across layers: a grid without outlined community answers its community.
 *
 * @param at another moment than the index's own
 * @throws Fault where the point is not in WGS-84 degrees
 * Cost: a look-up a level, microseconds; the first question about a moment builds its polygons.
 */
export function placesAt(
  index: PlaceIndex,
  point: Point,
  at: Instant = index.at,
): Readonly<Record<string, readonly string[]>> {
  mustBePoint(point);
  const hits = index.groups.flatMap((group) => hitsIn(group, point, at));
  if (at !== index.at) return answerOf(index, hits, point, at).answer;
  const key = hits.map(({ place }) => keyOf(place.layer, place.code)).join('\n');
  const before = index.answers.get(key);
  if (before) return before;
  const { answer, hangsOnPoint } = answerOf(index, hits, point, at);
  if (!hangsOnPoint) {
    if (index.answers.size >= ANSWERS_MAX) index.answers.clear();
    index.answers.set(key, answer);
  }
  return answer;
}

/** How many answers are remembered; then all are forgotten. */
const ANSWERS_MAX = 20_000;

/** The places of these hits with all above them; whether where on its rim the point lies was asked. */
function answerOf(
  index: PlaceIndex,
  hits: readonly Hit[],
  point: Point,
  at: Instant,
): { readonly answer: Readonly<Record<string, readonly string[]>>; readonly hangsOnPoint: boolean } {
  let hangsOnPoint = false;
  const found = new Map(hits.map(({ place }) => [keyOf(place.layer, place.code), place]));
  const levelsHit = new Set(hits.map(({ place }) => levelKey(place)));
  for (const hit of hits) {
    if (!mayBeStranger(index, hit, found, levelsHit, at)) continue;
    hangsOnPoint = true;
    if (isOnRim(hit, point, at)) found.delete(keyOf(hit.place.layer, hit.place.code));
  }
  for (const place of [...found.values()]) {
    for (const above of chainOf(index, place, at)) {
      const tiled = index.layers.get(above.layer)!.tiling && levelsHit.has(levelKey(above));
      if (above.outline || tiled) continue;
      found.set(keyOf(above.layer, above.code), above);
    }
  }
  const answer: Record<string, string[]> = {};
  for (const place of outermostFirst(index, [...found.values()], at)) {
    answer[place.layer] ??= [];
    answer[place.layer]!.push(place.code);
  }
  return { answer, hangsOnPoint };
}

/** The place with this code at the moment, if there is one. */
export function findPlace(
  index: PlaceIndex,
  layer: string,
  code: string,
  at: Instant = index.at,
): Place | undefined {
  return index.versions.get(keyOf(layer, code))?.find((place) => validAt(place, at));
}

/** The places above, nearest first; across layers where a layer lies `within` another. Empty for an unknown place. */
export function ancestors(
  index: PlaceIndex,
  layer: string,
  code: string,
  at: Instant = index.at,
): readonly PlaceRef[] {
  const place = findPlace(index, layer, code, at);
  return place ? chainOf(index, place, at).map(({ layer, code }) => ({ layer, code })) : [];
}

/** All places below, nearest levels first; across layers where a layer lies `within` this one. */
export function descendants(
  index: PlaceIndex,
  layer: string,
  code: string,
  at: Instant = index.at,
): readonly PlaceRef[] {
  const below: PlaceRef[] = [];
  let level: readonly PlaceRef[] = findPlace(index, layer, code, at) ? [{ layer, code }] : [];
  while (level.length > 0) {
    level = level.flatMap((place) =>
      (index.children.get(keyOf(place.layer, place.code)) ?? [])
        .filter((child) => validAt(child, at))
        .map(({ layer, code }) => ({ layer, code })),
    );
    below.push(...level);
  }
  return below;
}

/** The chain of places above, nearest first. */
export function chainOf(index: PlaceIndex, place: Place, at: Instant): readonly Place[] {
  const chain: Place[] = [];
  let current: Place | undefined = place;
  for (;;) {
    const key: string | undefined = parentKey(index.layers, index.versions, current);
    current = key === undefined ? undefined : index.versions.get(key)?.find((above) => validAt(above, at));
    if (!current) return chain;
    chain.push(current);
  }
}

type Hit = { readonly place: Place; readonly group: Group; readonly owner: number };

function hitsIn(group: Group, point: Point, at: Instant): readonly Hit[] {
  const { places, polygons } = builtFor(group, at);
  if (!group.layer.tiling) {
    return locateAll(polygons, point.lon, point.lat).map((owner) => ({
      place: places[owner]!,
      group,
      owner,
    }));
  }
  const owner = locate(polygons, point.lon, point.lat);
  return owner < 0 ? [] : [{ place: places[owner]!, group, owner }];
}

/**
 * On the outer rim of a level that does not fill its parents, the tie rule of this level and that of the one above can point to different
 * branches of the tree. The level above prevails: a place that has the point merely on its rim goes.
 */
function mayBeStranger(
  index: PlaceIndex,
  { place, group }: Hit,
  found: ReadonlyMap<string, Place>,
  levelsHit: ReadonlySet<string>,
  at: Instant,
): boolean {
  if (!group.layer.tiling || place.parent === undefined) return false;
  const above = chainOf(index, place, at)[0];
  return (
    above?.outline !== undefined &&
    !found.has(keyOf(above.layer, above.code)) &&
    levelsHit.has(levelKey(above))
  );
}

function isOnRim({ group, owner }: Hit, point: Point, at: Instant): boolean {
  return !holdsInside(builtFor(group, at).polygons, owner, point.lon, point.lat);
}

function builtFor(
  group: Group,
  at: Instant,
): { readonly places: readonly Place[]; readonly polygons: PolygonIndex } {
  let passed = 0;
  while (passed < group.changes.length && group.changes[passed]! <= at) passed += 1;
  const before = group.built.get(passed);
  if (before) return before;
  const places = group.places.filter((place) => validAt(place, at));
  const built = { places, polygons: buildPolygonIndex(places.map((place) => place.outline)) };
  group.built.set(passed, built);
  return built;
}

/** A parent is looked for in the place's own layer first, then in the layer that its layer lies within. */
function parentKey(
  layers: ReadonlyMap<string, Layer>,
  versions: ReadonlyMap<string, readonly Place[]>,
  place: Place,
): string | undefined {
  if (place.parent === undefined) return undefined;
  const own = keyOf(place.layer, place.parent);
  if (versions.has(own) && place.parent !== place.code) return own;
  const within = layers.get(place.layer)?.within;
  const outer = within === undefined ? undefined : keyOf(within, place.parent);
  return outer !== undefined && versions.has(outer) ? outer : undefined;
}

function groupsOf(layers: readonly Layer[], places: readonly Place[]): Group[] {
  const groups = new Map<string, Place[]>();
  for (const place of places) {
    if (!place.outline) continue;
    const key = levelKey(place);
    const group = groups.get(key);
    if (group) group.push(place);
    else groups.set(key, [place]);
  }
  return [...groups.values()].map((members) => {
    // In order of code, so that the answer where outlines overlap against the rule does not hang on the order of rows.
    const places = members.sort((a, b) => compare(a.code, b.code));
    const { layer } = places[0]!;
    const level = tierOf(places[0]!.level);
    const moments = places.flatMap(({ validFrom, validTo }) => [validFrom, validTo]);
    const changes = [...new Set(moments.filter((at) => at !== undefined))].sort((a, b) => a - b);
    return { layer: layers.find(({ code }) => code === layer)!, level, places, changes, built: new Map() };
  });
}

function outermostFirst(index: PlaceIndex, places: readonly Place[], at: Instant): readonly Place[] {
  return places
    .map((place) => ({ place, depth: chainOf(index, place, at).length }))
    .sort((a, b) => a.depth - b.depth || compare(a.place.code, b.place.code))
    .map(({ place }) => place);
}

function mustKnowLayer(layers: ReadonlyMap<string, Layer>, place: Place): void {
  if (layers.has(place.layer)) return;
  throw new Fault(
    'unknown-layer',
    `Place ${place.code} ${place.name} is in layer "${place.layer}", which is not declared.`,
    {
      hint: `Declare it among the layers, or use one of: ${[...layers.keys()].join(', ')}.`,
    },
  );
}

function mustNotMeet(place: Place, others: readonly Place[]): void {
  for (const other of others) {
    const from = Math.max(place.validFrom ?? -Infinity, other.validFrom ?? -Infinity);
    const to = Math.min(place.validTo ?? Infinity, other.validTo ?? Infinity);
    if (from >= to) continue;
    const since = Number.isFinite(from) ? ` from ${isoInstant(from)}` : '';
    throw new Fault(
      'duplicate-place',
      `Layer ${place.layer} has code ${place.code} twice${since}: ${other.name}, ${place.name}.`,
      {
        hint: 'Give one another code, or end the first before the second begins.',
      },
    );
  }
}

/** Every parent is known and no place is above itself. */
function mustBeTree(index: PlaceIndex): void {
  for (const place of index.places) {
    if (place.parent === undefined) continue;
    if (parentKey(index.layers, index.versions, place) === undefined) {
      throw new Fault(
        'unknown-parent',
        `Place ${place.layer}/${place.code} ${place.name} has the parent ${place.parent}, which is not known.`,
        {
          hint: 'Add the parent, or correct the code.',
        },
      );
    }
  }
  const state = new Map<string, 'open' | 'done'>();
  const climb = (key: string): void => {
    if (state.get(key) === 'done') return;
    if (state.get(key) === 'open') {
      const place = key.replace('\n', '/');
      throw new Fault('circular-parents', `Place ${place} lies above itself.`, {
        hint: 'Correct its parent.',
      });
    }
    state.set(key, 'open');
    for (const version of index.versions.get(key)!) {
      const above = parentKey(index.layers, index.versions, version);
      if (above !== undefined) climb(above);
    }
    state.set(key, 'done');
  };
  for (const key of index.versions.keys()) climb(key);
}

function levelKey(place: Place): string {
  return `${place.layer}\n${tierOf(place.level) ?? ''}`;
}

function keyOf(layer: string, code: string): string {
  return `${layer}\n${code}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

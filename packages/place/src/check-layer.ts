import { type Instant, type Refusal, refuse } from '@gezhi/basis';
import { whyNoPoint } from './coordinates.ts';
import { type EdgeMeets, edgeList, findEdgeMeets, notePair } from './edge-meets.ts';
import type { FlatPolygons } from './flat-polygons.ts';
import { findGaps, type Gap } from './gaps.ts';
import { type Layer, type Outline, type Place, type Point, polygonsOf, tierOf, validAt } from './places.ts';
import { buildPolygonIndex, locateAll, type PolygonIndex } from './polygon-index.ts';
import { type Edges, stripArea } from './strip-area.ts';

export type LayerFinding = {
  readonly kind: 'overlap' | 'hole' | 'invalid' | 'outside-parent';
  readonly layer: string;
  readonly level?: string;
  /** Codes of the places concerned; of a hole, those around it, the parent included. */
  readonly places: readonly string[];
  readonly squareMetres: number;
  readonly at: Point;
  readonly message: { readonly zh: string; readonly en: string };
};

/** Slivers up to this area pass: they are traces of drawing, smaller than a manhole's surroundings. */
const TOLERANCE_SQUARE_METRES = 1;

/**
 * Checks the outlines of a layer as they are at a moment: each level of the division tree by itself.
 *
 * Found in every layer: `invalid` (no closed ring, no degrees, an edge crossing another of the same outline). Found in a tiling layer also:
 * `overlap` of two places; `hole`, ground that the places surround or that an outlined parent has and none of its children
 * covers; `outside-parent`, ground of a place beyond its outlined parent. Ground up to the tolerance passes.
 *
 * Shared edges cancel exactly, so a clean tiling is known clean without computing an area. Everything else is compared: edges that cross,
 * touch or run along one another (`findEdgeMeets`, exact predicates), places inside one another, T-junctions of unequal vertices. Areas by
 * `stripArea`, which slivers cannot upset. A place with an `invalid` outline is left out of the rest.
 *
 * @param places all places of the town: those of other layers only as parents
 * Cost: about 5 s for 10,000 outlines of 70 vertices.
 */
export function checkLayer(
  layer: Layer,
  places: readonly Place[],
  options: { readonly at: Instant; readonly toleranceSquareMetres?: number },
): readonly LayerFinding[] {
  const tolerance = options.toleranceSquareMetres ?? TOLERANCE_SQUARE_METRES;
  const valid = places.filter((place) => validAt(place, options.at));
  const levels = Map.groupBy(
    valid.filter((place) => place.layer === layer.code && place.outline),
    (place) => tierOf(place.level),
  );
  return [...levels.values()].flatMap((members) => checkLevel(layer, members, valid, tolerance));
}

/** The refusal of a tiling layer that overlaps: `layer-overlaps`, naming the places; `undefined` where nothing overlaps. */
export function refuseOverlap(layer: Layer, findings: readonly LayerFinding[]): Refusal | undefined {
  const overlaps = findings.filter(({ kind }) => kind === 'overlap');
  if (!layer.tiling || overlaps.length === 0) return undefined;
  const because = `Layer ${layer.code} is marked tiling, but ${overlaps.length} pairs overlap; the first: ${overlaps[0]!.message.en}`;
  const details = overlaps.map(({ places, squareMetres, at }) => ({ places, squareMetres, at }));
  return refuse('layer-overlaps', because, { layer: layer.code, overlaps: details });
}

type Level = {
  readonly layer: Layer;
  readonly members: readonly Place[];
  /** Outlined parents of the members; their owner number is members.length + position. */
  readonly parents: readonly Place[];
  readonly index: PolygonIndex;
  readonly parentIndex: PolygonIndex;
  readonly flat: FlatPolygons;
  readonly ownerOf: Int32Array;
  readonly directions: Int8Array;
  readonly edges: Int32Array;
  readonly meets: EdgeMeets;
  readonly tolerance: number;
};

function checkLevel(
  layer: Layer,
  all: readonly Place[],
  valid: readonly Place[],
  tolerance: number,
): LayerFinding[] {
  const shapeless = all.flatMap((place) => {
    const why = whyNoOutline(place.outline!);
    return why ? [invalid(place, why.at, why.because)] : [];
  });
  const bad = new Set(shapeless.map(({ places }) => places[0]!));
  const members = all.filter((place) => !bad.has(place.code));
  const parents = layer.tiling ? parentsOf(layer, members, valid) : [];
  const first = measure(layer, members, parents, tolerance);
  const crossing = [...first.meets.selfCrossing].filter(([owner]) => owner < members.length);
  const crossed = crossing.map(([owner, { x, y }]) =>
    invalid(
      members[owner]!,
      { lon: x, lat: y },
      'an edge crosses or lies on another edge of the same outline',
    ),
  );
  if (!layer.tiling) return [...shapeless, ...crossed];
  let level = first;
  if (first.meets.selfCrossing.size > 0) {
    const sound = members.filter((_, owner) => !first.meets.selfCrossing.has(owner));
    const soundParents = parents.filter((_, k) => !first.meets.selfCrossing.has(members.length + k));
    level = measure(layer, sound, soundParents, tolerance);
  }
  return [...shapeless, ...crossed, ...overlaps(level), ...outsideParents(level), ...holes(level)];
}

function measure(
  layer: Layer,
  members: readonly Place[],
  parents: readonly Place[],
  tolerance: number,
): Level {
  const both = buildPolygonIndex([...members, ...parents].map(({ outline }) => outline));
  const flat = both.flat;
  const { ownerOf, directions } = orientEdges(flat);
  const meets = findEdgeMeets(flat, ownerOf, directions, (owner) => (owner < members.length ? 0 : 1));
  const parentIndex = buildPolygonIndex(parents.map(({ outline }) => outline));
  const edges = edgeList(flat);
  return {
    layer,
    members,
    parents,
    index: both,
    parentIndex,
    flat,
    ownerOf,
    directions,
    edges,
    meets,
    tolerance,
  };
}

function overlaps(level: Level): LayerFinding[] {
  const { members, meets, tolerance } = level;
  const pairs = new Map(
    [...meets.pairs].filter(([, { high }]) => high < members.length).map(([key, pair]) => [key, { ...pair }]),
  );
  for (const e of level.edges) {
    const owner = level.ownerOf[e]!;
    if (meets.twin[e] === 1 || owner >= members.length) continue;
    const { x, y } = middleOf(level.flat, e);
    for (const other of locateAll(level.index, x, y)) {
      if (other !== owner && other < members.length) notePair(pairs, owner, other, []);
    }
  }
  return [...pairs.values()].flatMap(({ low, high, ys }) => {
    const area = stripArea(edgesOf(level.flat, low), edgesOf(level.flat, high), 'and', ys);
    if (area.squareMetres <= tolerance) return [];
    const [a, b] = [members[low]!, members[high]!];
    const message = {
      zh: `${said(a)}与${said(b)}重叠 ${round(area.squareMetres)} 平方米`,
      en: `${said(a)} and ${said(b)} overlap by ${round(area.squareMetres)} m²`,
    };
    return [finding('overlap', a, [a.code, b.code], area, message)];
  });
}

function outsideParents(level: Level): LayerFinding[] {
  const { members, parents, meets, tolerance } = level;
  const position = new Map(
    parents.map((parent, k) => [parentKey(parent.layer, parent.code), members.length + k]),
  );
  return members.flatMap((place, owner) => {
    const above = parentCandidates(level.layer, place).find((key) => position.has(key));
    if (above === undefined) return [];
    const frame = position.get(above)!;
    const parent = parents[frame - members.length]!;
    const ys = meets.pairs.get(`${owner} ${frame}`)?.ys ?? [];
    const area = stripArea(edgesOf(level.flat, owner), edgesOf(level.flat, frame), 'minus', ys);
    if (area.squareMetres <= tolerance) return [];
    const message = {
      zh: `${said(place)}有 ${round(area.squareMetres)} 平方米在其上级${said(parent)}之外`,
      en: `${said(place)} lies with ${round(area.squareMetres)} m² outside its parent ${said(parent)}`,
    };
    return [finding('outside-parent', place, [place.code, parent.code], area, message)];
  });
}

function holes(level: Level): LayerFinding[] {
  const { members, parents, tolerance } = level;
  const isFrame = (owner: number): boolean => owner >= members.length;
  const covered = (x: number, y: number, owners: ReadonlySet<number>): boolean => {
    const byPlace = locateAll(level.index, x, y).some((other) => !isFrame(other) && !owners.has(other));
    if (byPlace || parents.length === 0) return byPlace;
    const framing = locateAll(level.parentIndex, x, y).map((k) => k + members.length);
    const ofFrame = [...owners].some(isFrame);
    return ofFrame ? framing.some((other) => !owners.has(other)) : framing.length === 0;
  };
  const gaps = findGaps(
    level.flat,
    level.edges,
    level.ownerOf,
    level.directions,
    level.meets,
    isFrame,
    covered,
  );
  return gaps.flatMap((gap) => {
    const area = stripArea(edgesOfGap(gap), [], 'minus', []);
    if (area.squareMetres <= tolerance) return [];
    const around = [...gap.owners]
      .sort((a, b) => a - b)
      .map((k) => members[k] ?? parents[k - members.length]!);
    const names = around.map(said);
    const message = {
      zh: `${names.join('、')}之间有 ${round(area.squareMetres)} 平方米无人管辖`,
      en: `${round(area.squareMetres)} m² between ${names.join(', ')} belong to no place`,
    };
    return [
      finding(
        'hole',
        members[0]!,
        around.map(({ code }) => code),
        area,
        message,
      ),
    ];
  });
}

/** Why this is no outline at all; crossings are found later, among all edges. */
function whyNoOutline(outline: Outline): { readonly at: Point; readonly because: string } | undefined {
  for (const rings of polygonsOf(outline)) {
    if (rings.length === 0) return { at: { lon: 0, lat: 0 }, because: 'a polygon has no ring' };
    for (const [r, ring] of rings.entries()) {
      const first = ring[0];
      const last = ring[ring.length - 1];
      const at = { lon: first?.[0] ?? 0, lat: first?.[1] ?? 0 };
      for (const position of ring) {
        const why = whyNoPoint(position[0] ?? Number.NaN, position[1] ?? Number.NaN);
        if (why) return { at, because: why.because };
      }
      if (!first || !last || first[0] !== last[0] || first[1] !== last[1]) {
        return { at, because: `ring ${r + 1} is not closed: repeat its first position at its end` };
      }
      if (new Set(ring.map(([x, y]) => `${x} ${y}`)).size < 3) {
        return { at, because: `ring ${r + 1} encloses nothing: it has fewer than three distinct positions` };
      }
    }
  }
  return undefined;
}

/** The owner of each edge, and whether it runs with the inside on its left (+1) or its right (−1). */
function orientEdges(flat: FlatPolygons): { ownerOf: Int32Array; directions: Int8Array } {
  const ownerOf = new Int32Array(flat.xy.length / 2);
  const directions = new Int8Array(flat.xy.length / 2);
  for (let part = 0; part < flat.parts; part += 1) {
    const shell = flat.partRings[part]!;
    for (let ring = shell; ring < flat.partRings[part + 1]!; ring += 1) {
      const [from, to] = [flat.ringVertices[ring]!, flat.ringVertices[ring + 1]!];
      const counterclockwise = twiceArea(flat.xy, from, to) > 0;
      ownerOf.fill(flat.partOwner[part]!, from, to);
      directions.fill(counterclockwise === (ring === shell) ? 1 : -1, from, to);
    }
  }
  return { ownerOf, directions };
}

function twiceArea(xy: Float64Array, from: number, to: number): number {
  const [x0, y0] = [xy[from * 2]!, xy[from * 2 + 1]!];
  let sum = 0;
  for (let v = from; v + 1 < to; v += 1) {
    sum += (xy[v * 2]! - x0) * (xy[v * 2 + 3]! - y0) - (xy[v * 2 + 2]! - x0) * (xy[v * 2 + 1]! - y0);
  }
  return sum;
}

function parentsOf(layer: Layer, members: readonly Place[], valid: readonly Place[]): readonly Place[] {
  const wanted = new Set(members.flatMap((place) => parentCandidates(layer, place)));
  return valid.filter(
    (place) =>
      place.outline && wanted.has(parentKey(place.layer, place.code)) && !whyNoOutline(place.outline),
  );
}

/** Where a parent may be: the own layer first, then the layer this one lies within. */
function parentCandidates(layer: Layer, place: Place): readonly string[] {
  if (place.parent === undefined) return [];
  const own = place.parent === place.code ? [] : [parentKey(place.layer, place.parent)];
  return layer.within === undefined ? own : [...own, parentKey(layer.within, place.parent)];
}

function parentKey(layer: string, code: string): string {
  return `${layer}\n${code}`;
}

function edgesOf(flat: FlatPolygons, owner: number): Edges {
  const edges: number[] = [];
  // Parts stand in the order of owners.
  let [low, high] = [0, flat.parts];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (flat.partOwner[middle]! < owner) low = middle + 1;
    else high = middle;
  }
  for (let part = low; part < flat.parts && flat.partOwner[part] === owner; part += 1) {
    for (let ring = flat.partRings[part]!; ring < flat.partRings[part + 1]!; ring += 1) {
      for (let v = flat.ringVertices[ring]!; v + 1 < flat.ringVertices[ring + 1]!; v += 1) {
        edges.push(flat.xy[v * 2]!, flat.xy[v * 2 + 1]!, flat.xy[v * 2 + 2]!, flat.xy[v * 2 + 3]!);
      }
    }
  }
  return edges;
}

function edgesOfGap(gap: Gap): Edges {
  return gap.rings.flatMap((ring) =>
    ring.flatMap((corner, k) => [...corner, ...ring[(k + 1) % ring.length]!]),
  );
}

function middleOf({ xy }: FlatPolygons, e: number): { x: number; y: number } {
  const [ax, ay] = [xy[e * 2]!, xy[e * 2 + 1]!];
  return { x: ax + (xy[e * 2 + 2]! - ax) / 2, y: ay + (xy[e * 2 + 3]! - ay) / 2 };
}

function invalid(place: Place, at: Point, because: string): LayerFinding {
  const message = {
    zh: `${said(place)}的边界有误：${because}`,
    en: `The outline of ${said(place)} is wrong: ${because}`,
  };
  return finding('invalid', place, [place.code], { squareMetres: 0, at }, message);
}

function finding(
  kind: LayerFinding['kind'],
  of: Place,
  places: readonly string[],
  { squareMetres, at }: { readonly squareMetres: number; readonly at: Point },
  message: LayerFinding['message'],
): LayerFinding {
  return {
    kind,
    layer: of.layer,
    ...(of.level === undefined ? {} : { level: of.level }),
    places,
    squareMetres,
    at,
    message,
  };
}

function said(place: Place): string {
  return `${place.name} (${place.code})`;
}

function round(squareMetres: number): string {
  return squareMetres < 100 ? squareMetres.toFixed(1) : String(Math.round(squareMetres));
}

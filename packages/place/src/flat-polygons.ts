import { orient2d } from 'robust-predicates';
import { type Outline, polygonsOf, type Ring } from './places.ts';

/**
 * Polygons laid flat in typed arrays. Each Polygon of a MultiPolygon is a *part* of its owner. Edge `e` runs from vertex `e` to vertex
 * `e + 1` of `xy`; the last vertex of a ring repeats its first and begins no edge. Each part has horizontal slabs; a slab lists the
 * edges whose y-range meets it, so that a point is tested against a handful of edges.
 */
export type FlatPolygons = {
  /** How many outlines came in; owners are 0 … owners − 1. */
  readonly owners: number;
  readonly parts: number;
  readonly edges: number;
  /** x, y of all vertices. */
  readonly xy: Float64Array;
  readonly partOwner: Int32Array;
  /** Rings of part p: partRings[p] … partRings[p + 1] − 1. */
  readonly partRings: Int32Array;
  /** Vertices of ring r: ringVertices[r] … ringVertices[r + 1] − 1. */
  readonly ringVertices: Int32Array;
  /** minX, minY, maxX, maxY of each part. */
  readonly boxes: Float64Array;
  /** First slab of each part, and slabs per unit of y. */
  readonly partSlabs: Int32Array;
  readonly slabScale: Float64Array;
  /** Edges of slab s: slabEdges[slabs[s] … slabs[s + 1] − 1]. */
  readonly slabs: Int32Array;
  readonly slabEdges: Int32Array;
};

/** Lays outlines flat. Repeated vertices are dropped; rings with fewer than three distinct vertices hold nothing and are passed over. */
export function flattenPolygons(outlines: readonly (Outline | undefined)[]): FlatPolygons {
  const xy: number[] = [];
  const partOwner: number[] = [];
  const partRings: number[] = [0];
  const ringVertices: number[] = [0];
  outlines.forEach((outline, owner) => {
    if (!outline) return;
    for (const rings of polygonsOf(outline)) {
      const before = ringVertices.length;
      for (const ring of rings) layRing(ring, xy, ringVertices);
      if (ringVertices.length === before) continue;
      partOwner.push(owner);
      partRings.push(ringVertices.length - 1);
    }
  });
  const flat = {
    owners: outlines.length,
    parts: partOwner.length,
    edges: xy.length / 2 - (ringVertices.length - 1),
    xy: Float64Array.from(xy),
    partOwner: Int32Array.from(partOwner),
    partRings: Int32Array.from(partRings),
    ringVertices: Int32Array.from(ringVertices),
  };
  const boxes = boxesOf(flat.xy, flat.partRings, flat.ringVertices);
  return { ...flat, boxes, ...slabsOf(flat, boxes) };
}

/**
 * Does the part hold the point? Even-odd over all its rings, exact (`orient2d` decides where the error bound cannot). Half-open: a point
 * on an edge counts as moved right by δ and up by a far smaller ε, so that of two parts sharing an edge exactly one holds it.
 */
export function partHolds(flat: FlatPolygons, part: number, x: number, y: number): boolean {
  const { boxes, xy, slabs, slabEdges } = flat;
  const box = part * 4;
  if (!(x >= boxes[box]! && y >= boxes[box + 1]! && x <= boxes[box + 2]! && y <= boxes[box + 3]!))
    return false;
  const slab = slabAt(flat, part, y);
  let inside = false;
  for (let k = slabs[slab]!, end = slabs[slab + 1]!; k < end; k += 1) {
    const v = slabEdges[k]! * 2;
    const ay = xy[v + 1]!;
    const by = xy[v + 3]!;
    if (ay > y === by > y) continue;
    const ax = xy[v]!;
    const bx = xy[v + 2]!;
    if (ax > x && bx > x) inside = !inside;
    else if ((ax > x || bx > x) && by > ay === sideOf(ax, ay, bx, by, x, y) < 0) inside = !inside;
  }
  return inside;
}

/** Does the point lie exactly on the rim (shell or hole) of the part? See `onRim`. */
export function partTouches(flat: FlatPolygons, part: number, x: number, y: number): boolean {
  const { boxes, slabs } = flat;
  const box = part * 4;
  if (!(x >= boxes[box]! && y >= boxes[box + 1]! && x <= boxes[box + 2]! && y <= boxes[box + 3]!))
    return false;
  const slab = slabAt(flat, part, y);
  return onRim(flat.xy, flat.slabEdges, slabs[slab]!, slabs[slab + 1]!, x, y);
}

/**
 * Does the point lie exactly on one of the edges `list[from … to − 1]` of a rim? As in robust-point-in-polygon, the tip of a peak or
 * trough (a vertex with both neighbours above it, or both below) is no point of the rim: it is outside where the tip is convex and inside where it is
 * not.
 */
export function onRim(
  xy: Float64Array,
  list: Int32Array,
  from: number,
  to: number,
  x: number,
  y: number,
): boolean {
  let above = false;
  let below = false;
  for (let k = from; k < to; k += 1) {
    const v = list[k]! * 2;
    const ax = xy[v]!;
    const ay = xy[v + 1]!;
    const bx = xy[v + 2]!;
    const by = xy[v + 3]!;
    if ((ax < x && bx < x) || (ax > x && bx > x) || (ay < y && by < y) || (ay > y && by > y)) continue;
    if (orient2d(ax, ay, bx, by, x, y) !== 0) continue;
    if ((ay !== y && by !== y) || ay === by) return true;
    if (ay > y || by > y) above = true;
    else below = true;
    if (above && below) return true;
  }
  return false;
}

/** Shewchuk's bound for orient2d in doubles, (3 + 16 ε) ε, rounded up. */
const ORIENT_BOUND = 3.330669073875473e-16;

/**
 * On which side of a → b lies p: the sign of (ay − y)(bx − x) − (ax − x)(by − y), never 0. A point on the line counts as moved right by δ,
 * then up by ε: the sign grows with x where b lies above a, and with y where b lies left of a.
 */
export function sideOf(ax: number, ay: number, bx: number, by: number, x: number, y: number): number {
  const left = (ay - y) * (bx - x);
  const right = (ax - x) * (by - y);
  const det = left - right;
  const bound = ORIENT_BOUND * (Math.abs(left) + Math.abs(right));
  if (det > bound || -det > bound) return det;
  const exact = orient2d(ax, ay, bx, by, x, y);
  if (exact !== 0) return exact;
  return by !== ay ? by - ay : ax - bx;
}

function slabAt(flat: FlatPolygons, part: number, y: number): number {
  const first = flat.partSlabs[part]!;
  const slab = first + Math.floor((y - flat.boxes[part * 4 + 1]!) * flat.slabScale[part]!);
  const last = flat.partSlabs[part + 1]! - 1;
  return slab < last ? slab : last;
}

function layRing(ring: Ring, xy: number[], ringVertices: number[]): void {
  const start = xy.length;
  for (const position of ring) {
    const x = position[0]!;
    const y = position[1]!;
    if (xy.length > start && xy[xy.length - 2] === x && xy[xy.length - 1] === y) continue;
    xy.push(x, y);
  }
  if (xy[xy.length - 2] !== xy[start] || xy[xy.length - 1] !== xy[start + 1])
    xy.push(xy[start]!, xy[start + 1]!);
  if (xy.length - start < 8) xy.length = start;
  else ringVertices.push(xy.length / 2);
}

function boxesOf(xy: Float64Array, partRings: Int32Array, ringVertices: Int32Array): Float64Array {
  const boxes = new Float64Array((partRings.length - 1) * 4);
  for (let part = 0; part + 1 < partRings.length; part += 1) {
    let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
    const end = ringVertices[partRings[part + 1]!]!;
    for (let v = ringVertices[partRings[part]!]!; v < end; v += 1) {
      minX = Math.min(minX, xy[v * 2]!);
      maxX = Math.max(maxX, xy[v * 2]!);
      minY = Math.min(minY, xy[v * 2 + 1]!);
      maxY = Math.max(maxY, xy[v * 2 + 1]!);
    }
    boxes.set([minX, minY, maxX, maxY], part * 4);
  }
  return boxes;
}

/** Edges a slab should hold, about: more slabs cost memory, fewer cost time. */
const EDGES_PER_SLAB = 3;

/**
 * Slab numbers come from one monotone function of y, so an edge is listed in every slab that a y of its range can fall into,
 * rounding included.
 */
function slabsOf(
  flat: Pick<FlatPolygons, 'parts' | 'xy' | 'partRings' | 'ringVertices'>,
  boxes: Float64Array,
): Pick<FlatPolygons, 'partSlabs' | 'slabScale' | 'slabs' | 'slabEdges'> {
  const { parts, xy, partRings, ringVertices } = flat;
  const partSlabs = new Int32Array(parts + 1);
  const slabScale = new Float64Array(parts);
  for (let part = 0; part < parts; part += 1) {
    const edges = ringVertices[partRings[part + 1]!]! - ringVertices[partRings[part]!]!;
    const height = boxes[part * 4 + 3]! - boxes[part * 4 + 1]!;
    const count = height > 0 ? Math.ceil(edges / EDGES_PER_SLAB) : 1;
    partSlabs[part + 1] = partSlabs[part]! + count;
    slabScale[part] = height > 0 ? count / height : 0;
  }
  const eachEntry = (visit: (slab: number, edge: number) => void): void => {
    for (let part = 0; part < parts; part += 1) {
      const first = partSlabs[part]!;
      const last = partSlabs[part + 1]! - 1;
      const minY = boxes[part * 4 + 1]!;
      const scale = slabScale[part]!;
      for (let ring = partRings[part]!; ring < partRings[part + 1]!; ring += 1) {
        for (let e = ringVertices[ring]!; e + 1 < ringVertices[ring + 1]!; e += 1) {
          const a = first + Math.floor((xy[e * 2 + 1]! - minY) * scale);
          const b = first + Math.floor((xy[e * 2 + 3]! - minY) * scale);
          const to = Math.min(Math.max(a, b), last);
          for (let slab = Math.min(a, b, last); slab <= to; slab += 1) visit(slab, e);
        }
      }
    }
  };
  const slabs = new Int32Array(partSlabs[parts]! + 1);
  eachEntry((slab) => {
    slabs[slab + 1]! += 1;
  });
  for (let s = 1; s < slabs.length; s += 1) slabs[s]! += slabs[s - 1]!;
  const slabEdges = new Int32Array(slabs[slabs.length - 1]!);
  const next = slabs.slice(0, -1);
  eachEntry((slab, edge) => {
    slabEdges[next[slab]!] = edge;
    next[slab]! += 1;
  });
  return { partSlabs, slabScale, slabs, slabEdges };
}

import { metresPerDegree } from './metres.ts';
import type { Point } from './places.ts';

/** Edges of an area (even-odd), four numbers each: ax, ay, bx, by in degrees. */
export type Edges = readonly number[];

/**
 * The area of `a and b`, or of `a minus b`, in square metres, with a point in its widest strip.
 *
 * Cuts the plane into horizontal strips at every vertex and every given crossing; inside a strip no two edges cross, so widths are
 * linear in y and width at mid-height × height is the strip's exact area. Edges that nearly coincide give strips of nearly no
 * width, so slivers cannot upset it, as they do polygon clippers.
 *
 * @param crossings the y of each point where an edge of `a` crosses one of `b`
 * Cost: strips × edges that a strip meets.
 */
export function stripArea(
  a: Edges,
  b: Edges,
  op: 'and' | 'minus',
  crossings: readonly number[],
): { readonly squareMetres: number; readonly at: Point } {
  const [fromA, toA] = rangeOf(a);
  const [fromB, toB] = op === 'and' ? rangeOf(b) : [fromA, toA];
  const from = Math.max(fromA, fromB);
  const to = Math.min(toA, toB);
  const spans = [...spansOf(a, 0, from, to), ...spansOf(b, 1, from, to)].sort((p, q) => p.lo - q.lo);
  const cuts = cutsOf(spans, crossings, from, to);
  let squareMetres = 0;
  let best = -1;
  let at: Point = { lon: a[0] ?? 0, lat: a[1] ?? 0 };
  let next = 0;
  let active: Span[] = [];
  for (let k = 0; k + 1 < cuts.length; k += 1) {
    const [low, high] = [cuts[k]!, cuts[k + 1]!];
    const middle = low + (high - low) / 2;
    active = active.filter((span) => span.hi > low);
    for (; next < spans.length && spans[next]!.lo <= low; next += 1)
      if (spans[next]!.hi > low) active.push(spans[next]!);
    const strip = widthAt(active, middle, op);
    if (strip.width === 0) continue;
    const scale = metresPerDegree(middle);
    squareMetres += strip.width * scale.lon * (high - low) * scale.lat;
    const size = Math.min(strip.widest * scale.lon, (high - low) * scale.lat);
    if (size > best) {
      best = size;
      at = { lon: strip.lon, lat: middle };
    }
  }
  return { squareMetres, at };
}

type Span = {
  readonly lo: number;
  readonly hi: number;
  readonly side: 0 | 1;
  readonly x: number;
  readonly y: number;
  readonly slope: number;
};

function spansOf(edges: Edges, side: 0 | 1, from: number, to: number): Span[] {
  const spans: Span[] = [];
  for (let k = 0; k < edges.length; k += 4) {
    const [ax, ay, bx, by] = [edges[k]!, edges[k + 1]!, edges[k + 2]!, edges[k + 3]!];
    if (ay === by) continue;
    const [lo, hi] = ay < by ? [ay, by] : [by, ay];
    if (hi > from && lo < to) spans.push({ lo, hi, side, x: ax, y: ay, slope: (bx - ax) / (by - ay) });
  }
  return spans;
}

function cutsOf(
  spans: readonly Span[],
  crossings: readonly number[],
  from: number,
  to: number,
): readonly number[] {
  const all = [from, to, ...crossings, ...spans.map(({ lo }) => lo), ...spans.map(({ hi }) => hi)];
  const inside = Float64Array.from(all.filter((y) => y >= from && y <= to)).sort();
  return [...inside].filter((y, k) => k === 0 || y !== inside[k - 1]);
}

function widthAt(
  active: readonly Span[],
  y: number,
  op: 'and' | 'minus',
): { width: number; widest: number; lon: number } {
  const hits = active
    .map(({ side, x, y: y0, slope }) => ({ side, x: x + (y - y0) * slope }))
    .sort((p, q) => p.x - q.x);
  const result = { width: 0, widest: 0, lon: 0 };
  const inside = [false, false];
  for (let k = 0; k + 1 < hits.length; k += 1) {
    inside[hits[k]!.side] = !inside[hits[k]!.side];
    if (!inside[0] || inside[1] !== (op === 'and')) continue;
    const width = hits[k + 1]!.x - hits[k]!.x;
    result.width += width;
    if (width > result.widest) {
      result.widest = width;
      result.lon = hits[k]!.x + width / 2;
    }
  }
  return result;
}

function rangeOf(edges: Edges): readonly [number, number] {
  let [lo, hi] = [Infinity, -Infinity];
  for (let k = 1; k < edges.length; k += 2) {
    lo = Math.min(lo, edges[k]!);
    hi = Math.max(hi, edges[k]!);
  }
  return [lo, hi];
}

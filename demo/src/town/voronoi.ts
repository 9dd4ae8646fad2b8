import { distance, type Point } from './plane.ts';

/** One side of a cell, run counter-clockwise. `from` and `to` name corners, which are the same text in every cell they touch. */
export type Side = { readonly neighbour: number; readonly from: string; readonly to: string };
export type Diagram = {
  readonly sites: readonly Point[];
  /** Sides of each cell, empty where the cell reaches the edge of the world. */
  readonly sides: readonly (readonly Side[])[];
  readonly corners: ReadonlyMap<string, Point>;
};

/**
 * The Voronoi diagram of sites in general position: each cell is the box of the world cut by the bisectors with its neighbours,
 * nearest first, until none can reach it. A corner is computed from its three sites in one order, so that the three cells which
 * meet there hold the same bits. Cost: about n · 30 cuts.
 *
 * @param count only the first so many cells are wanted; the rest stay without sides
 */
export function voronoi(sites: readonly Point[], count = sites.length): Diagram {
  const near = bucketed(sites);
  const corners = new Map<string, Point>();
  const sides = sites.map((_, i) => (i < count ? cellOf(i, sites, near, corners) : []));
  return { sites, sides, corners };
}

/** Corner points of one cell, counter-clockwise. */
export function cornersOf(diagram: Diagram, i: number): Point[] {
  return diagram.sides[i]!.map((side) => diagram.corners.get(side.from)!);
}

type Cut = { readonly p: Point; readonly label: number };
const FAR = 60_000;
const BOX: readonly Cut[] = [
  { p: { x: -FAR, y: -FAR }, label: -1 },
  { p: { x: FAR, y: -FAR }, label: -1 },
  { p: { x: FAR, y: FAR }, label: -1 },
  { p: { x: -FAR, y: FAR }, label: -1 },
];

function cellOf(i: number, sites: readonly Point[], near: Near, corners: Map<string, Point>): Side[] {
  const site = sites[i]!;
  let cell: readonly Cut[] = BOX;
  let reach = FAR;
  for (const j of near(i)) {
    if (distance(site, sites[j]!) > 2 * reach) break;
    cell = cutAway(cell, sites, i, j);
    reach = Math.max(...cell.map((c) => distance(c.p, site)));
  }
  if (cell.some((c) => c.label < 0)) return [];
  return cell.map((cut, k) => {
    const before = cell[(k + cell.length - 1) % cell.length]!.label;
    const after = cell[(k + 1) % cell.length]!.label;
    return {
      neighbour: cut.label,
      from: corner(sites, corners, i, before, cut.label),
      to: corner(sites, corners, i, cut.label, after),
    };
  });
}

/** Keeps the part nearer to `site` than to `other`. Each entry is a corner with the label of the side that leaves it. */
function cutAway(cell: readonly Cut[], sites: readonly Point[], i: number, label: number): readonly Cut[] {
  const site = sites[i]!;
  const other = sites[label]!;
  const nx = other.x - site.x;
  const ny = other.y - site.y;
  const middle = (nx * (site.x + other.x) + ny * (site.y + other.y)) / 2;
  const over = cell.map((c) => c.p.x * nx + c.p.y * ny - middle);
  if (over.every((d) => d <= 0)) return cell;
  const kept: Cut[] = [];
  for (let k = 0; k < cell.length; k++) {
    const next = (k + 1) % cell.length;
    const [a, b, da, db] = [cell[k]!, cell[next]!, over[k]!, over[next]!];
    if (da <= 0) kept.push(a);
    if (da <= 0 === db <= 0) continue;
    const t = da / (da - db);
    const p =
      a.label < 0
        ? { x: a.p.x + t * (b.p.x - a.p.x), y: a.p.y + t * (b.p.y - a.p.y) }
        : meeting(sites, sorted(i, a.label, label));
    kept.push({ p, label: da <= 0 ? label : a.label });
  }
  return kept;
}

type Three = readonly [number, number, number];

function corner(
  sites: readonly Point[],
  corners: Map<string, Point>,
  a: number,
  b: number,
  c: number,
): string {
  const three = sorted(a, b, c);
  const key = three.join();
  if (!corners.has(key)) corners.set(key, meeting(sites, three));
  return key;
}

function meeting(sites: readonly Point[], [a, b, c]: Three): Point {
  return circumcentre(sites[a]!, sites[b]!, sites[c]!);
}

function sorted(a: number, b: number, c: number): Three {
  if (a > b) [a, b] = [b, a];
  if (b > c) [b, c] = [c, b];
  return a > b ? [b, a, c] : [a, b, c];
}

function circumcentre(a: Point, b: Point, c: Point): Point {
  const [bx, by, cx, cy] = [b.x - a.x, b.y - a.y, c.x - a.x, c.y - a.y];
  const d = 2 * (bx * cy - by * cx);
  const [bb, cc] = [bx * bx + by * by, cx * cx + cy * cy];
  return { x: a.x + (cy * bb - by * cc) / d, y: a.y + (bx * cc - cx * bb) / d };
}

type Near = (i: number) => Iterable<number>;

/** Neighbours by growing squares of buckets, each square's newcomers sorted by distance: near enough to nearest first. */
function bucketed(sites: readonly Point[]): Near {
  const minX = Math.min(...sites.map((p) => p.x));
  const minY = Math.min(...sites.map((p) => p.y));
  const size = Math.max(Math.max(...sites.map((p) => p.x)) - minX, Math.max(...sites.map((p) => p.y)) - minY);
  const across = Math.max(1, Math.floor(1.6 * Math.sqrt(sites.length)));
  const step = size / across + 1e-9;
  const slot = (p: Point): [number, number] => [
    Math.floor((p.x - minX) / step),
    Math.floor((p.y - minY) / step),
  ];
  const buckets = new Map<number, number[]>();
  const key = (cx: number, cy: number): number => cy * (across + 2) + cx;
  sites.forEach((p, i) => {
    const k = key(...slot(p));
    const bucket = buckets.get(k);
    if (bucket) bucket.push(i);
    else buckets.set(k, [i]);
  });
  return function* (i) {
    const site = sites[i]!;
    const [cx, cy] = slot(site);
    let waiting: { j: number; d: number }[] = [];
    for (let radius = 0; radius <= across + 1; radius++) {
      for (const [x, y] of square(cx, cy, radius)) {
        if (x < 0 || x > across || y < 0 || y > across) continue;
        for (const j of buckets.get(key(x, y)) ?? []) {
          if (j !== i) waiting.push({ j, d: distance(site, sites[j]!) });
        }
      }
      const sure = radius * step;
      const ready = waiting.filter((w) => w.d <= sure).sort((a, b) => a.d - b.d);
      waiting = waiting.filter((w) => w.d > sure);
      for (const w of ready) yield w.j;
    }
    for (const w of waiting) yield w.j;
  };
}

function* square(cx: number, cy: number, radius: number): Iterable<readonly [number, number]> {
  if (radius === 0) yield [cx, cy];
  for (let k = -radius; k < radius; k++) {
    yield [cx + k, cy - radius];
    yield [cx + radius, cy + k];
    yield [cx - k, cy + radius];
    yield [cx - radius, cy - k];
  }
}

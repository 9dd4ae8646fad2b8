import { createRandom } from '../random.ts';
import { distance, type Point, type Ring, signedArea } from './plane.ts';
import type { Diagram, Side } from './voronoi.ts';

/** Rings of an area made of whole cells: outer rings counter-clockwise first, then holes clockwise. */
export type Outline = { readonly outers: readonly Ring[]; readonly holes: readonly Ring[] };

/**
 * Draws the outline of any set of cells. A side is bent once, seen alike from both of its cells, so areas that meet share every
 * point, and an area of areas is drawn by leaving out the sides inside it: all levels tile without gap or overlap.
 */
export function outliner(diagram: Diagram, seed: string): (cells: readonly number[]) => Outline {
  const bent = new Map<string, readonly Point[]>();
  const sidePoints = (cell: number, side: Side): readonly Point[] => {
    const key = cell < side.neighbour ? `${cell}-${side.neighbour}` : `${side.neighbour}-${cell}`;
    let line = bent.get(key);
    if (!line) {
      line = bend(diagram, cell, side, `${seed}/${key}`);
      bent.set(key, cell < side.neighbour ? line : line.toReversed());
    } else if (cell > side.neighbour) line = line.toReversed();
    return line;
  };
  return (cells) => {
    const inside = new Set(cells);
    const leaving = new Map<string, { readonly cell: number; readonly side: Side }>();
    for (const cell of cells) {
      for (const side of diagram.sides[cell]!) {
        if (!inside.has(side.neighbour)) leaving.set(side.from, { cell, side });
      }
    }
    return sortRings(chain(leaving, sidePoints));
  };
}

/** Follows sides from corner to corner. Three cells meet at a corner, so at most one outer side leaves it. */
function chain(
  leaving: Map<string, { readonly cell: number; readonly side: Side }>,
  sidePoints: (cell: number, side: Side) => readonly Point[],
): Ring[] {
  const rings: Ring[] = [];
  while (leaving.size > 0) {
    const ring: Point[] = [];
    let at: string | undefined = leaving.keys().next().value;
    for (let step = at === undefined ? undefined : leaving.get(at); step; step = leaving.get(at!)) {
      leaving.delete(at!);
      ring.push(...sidePoints(step.cell, step.side).slice(0, -1));
      at = step.side.to;
    }
    rings.push(ring);
  }
  return rings;
}

function sortRings(rings: readonly Ring[]): Outline {
  return {
    outers: rings.filter((ring) => signedArea(ring) > 0),
    holes: rings.filter((ring) => signedArea(ring) <= 0),
  };
}

const PIECE_METRES = 45;
const PIECES_MAX = 12;
const BEND = 0.11;

/**
 * Bends the side between two sites by smooth noise, as far as the kite of its two corners and two sites leaves room. Kites of
 * different sides do not overlap, so bent sides never cross.
 */
function bend(diagram: Diagram, cell: number, side: Side, seed: string): Point[] {
  const from = diagram.corners.get(side.from)!;
  const to = diagram.corners.get(side.to)!;
  const length = distance(from, to);
  const pieces = Math.min(PIECES_MAX, Math.max(1, Math.round(length / PIECE_METRES)));
  const line = [from];
  const random = createRandom(seed);
  const waves = [1, 2, 3, 5].map((k) => ({
    k,
    a: random.normal(0, 1 / k),
    phase: random.between(0, 2 * Math.PI),
  }));
  const [ux, uy] = [(to.x - from.x) / length, (to.y - from.y) / length];
  const sites = [diagram.sites[cell]!, diagram.sites[side.neighbour]!];
  for (let n = 1; n < pieces; n++) {
    const t = n / pieces;
    const noise = waves.reduce((sum, w) => sum + w.a * Math.sin(w.k * Math.PI * t + w.phase), 0);
    const room = 0.7 * Math.min(...sites.map((s) => roomAt(t, from, s, ux, uy, length)));
    const offset = Math.max(-room, Math.min(room, BEND * length * noise * 4 * t * (1 - t)));
    line.push({ x: from.x + ux * length * t - uy * offset, y: from.y + uy * length * t + ux * offset });
  }
  line.push(to);
  return line;
}

/** How far off the side at `t` one may go and stay in the triangle of the side and a site. Metres. */
function roomAt(t: number, from: Point, site: Point, ux: number, uy: number, length: number): number {
  const foot = ((site.x - from.x) * ux + (site.y - from.y) * uy) / length;
  const height = Math.abs((site.y - from.y) * ux - (site.x - from.x) * uy);
  const rising = foot > 0 ? t / foot : Number.POSITIVE_INFINITY;
  const falling = foot < 1 ? (1 - t) / (1 - foot) : Number.POSITIVE_INFINITY;
  return height * Math.min(rising, falling);
}

import type { Random } from '../random.ts';
import { distance, meanPoint, type Point } from './plane.ts';
import type { Diagram, Side } from './voronoi.ts';

/**
 * Divides connected cells into connected parts of about the given sizes, the parts in the order of `sizes` by distance of their
 * middle from `centre`. Parts grow from anchors, the one furthest behind its size first; anchors then move to the middles and the
 * growth starts again. A part that would enclose another is not taken.
 * Answers `undefined` where forty attempts gave none.
 */
export function partition(
  diagram: Diagram,
  cells: readonly number[],
  sizes: readonly number[],
  centre: Point,
  random: Random,
): number[][] | undefined {
  for (let attempt = 0; attempt < 40; attempt++) {
    const parts = grownParts(diagram, cells, sizes, centre, random);
    if (parts.flat().length === cells.length && parts.every((part, i) => isGood(diagram, part, sizes[i]!)))
      return parts;
  }
  return undefined;
}

function grownParts(
  diagram: Diagram,
  cells: readonly number[],
  sizes: readonly number[],
  centre: Point,
  random: Random,
): number[][] {
  let anchors = spreadAnchors(diagram, cells, sizes.length, random);
  let parts: number[][] = [];
  for (let round = 0; round < 6; round++) {
    anchors = anchors.toSorted((a, b) => distance(a, centre) - distance(b, centre));
    parts = grow(diagram, cells, sizes, anchors);
    anchors = parts.map((part, i) =>
      part.length > 0 ? meanPoint(part.map((c) => diagram.sites[c]!)) : anchors[i]!,
    );
  }
  return parts;
}

/** First at random, each next the farthest of a handful from those chosen. */
function spreadAnchors(diagram: Diagram, cells: readonly number[], count: number, random: Random): Point[] {
  const anchors: Point[] = [diagram.sites[random.pick(cells)]!];
  while (anchors.length < count) {
    const tries = Array.from({ length: 8 }, () => diagram.sites[random.pick(cells)]!);
    const room = (p: Point): number => Math.min(...anchors.map((a) => distance(a, p)));
    anchors.push(tries.reduce((best, p) => (room(p) > room(best) ? p : best)));
  }
  return anchors;
}

function grow(
  diagram: Diagram,
  cells: readonly number[],
  sizes: readonly number[],
  anchors: readonly Point[],
): number[][] {
  const free = new Set(cells);
  const parts: number[][] = anchors.map(() => []);
  const frontiers = anchors.map(() => new Set<number>());
  const take = (part: number, cell: number): void => {
    parts[part]!.push(cell);
    free.delete(cell);
    for (const frontier of frontiers) frontier.delete(cell);
    for (const side of diagram.sides[cell]!) {
      if (free.has(side.neighbour) && lengthOf(diagram, side) > TOUCH_METRES)
        frontiers[part]!.add(side.neighbour);
    }
  };
  anchors.forEach((anchor, part) => {
    const cell = nearest(diagram, free, anchor);
    if (cell !== undefined) take(part, cell);
  });
  for (;;) {
    const behind = parts
      .map((part, i) => ({ i, filled: part.length / sizes[i]! }))
      .filter(({ i }) => frontiers[i]!.size > 0)
      .sort((a, b) => a.filled - b.filled)[0];
    if (!behind) break;
    take(behind.i, nearest(diagram, frontiers[behind.i]!, anchors[behind.i]!)!);
  }
  for (const cell of free) {
    const part = parts.findIndex((p) => diagram.sides[cell]!.some((side) => p.includes(side.neighbour)));
    if (part >= 0) parts[part]!.push(cell);
  }
  return parts;
}

function nearest(diagram: Diagram, cells: Iterable<number>, anchor: Point): number | undefined {
  let best: number | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const cell of cells) {
    const d = distance(diagram.sites[cell]!, anchor);
    if (d < bestDistance) [best, bestDistance] = [cell, d];
  }
  return best;
}

/** Grids that share less than this do not hold a part together. */
const TOUCH_METRES = 90;

function lengthOf(diagram: Diagram, side: Side): number {
  return distance(diagram.corners.get(side.from)!, diagram.corners.get(side.to)!);
}

function isGood(diagram: Diagram, part: readonly number[], size: number): boolean {
  return part.length >= size * 0.45 && isSimple(diagram, part);
}

/** In one piece and without a hole: its outer sides, followed corner to corner, make one ring. */
export function isSimple(diagram: Diagram, part: readonly number[]): boolean {
  const inside = new Set(part);
  const next = new Map<string, string>();
  for (const cell of part) {
    for (const side of diagram.sides[cell]!) if (!inside.has(side.neighbour)) next.set(side.from, side.to);
  }
  const start = next.keys().next().value;
  if (start === undefined) return false;
  let steps = 0;
  let at: string | undefined = start;
  do {
    at = next.get(at!);
    steps++;
  } while (at !== undefined && at !== start && steps <= next.size);
  return at === start && steps === next.size;
}

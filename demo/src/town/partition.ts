import { Fault } from '@gezhi/basis';
import type { Random } from '../random.ts';
import { distance, meanPoint, type Point } from './plane.ts';
import type { Diagram } from './voronoi.ts';

/**
 * Divides connected cells into connected parts of about the given sizes, the parts in the order of `sizes` by distance of their
 * middle from `centre`. Parts grow from anchors, the one furthest behind its size first; anchors then move to the middles and the
 * growth starts again. A part that would enclose another is not taken.
 *
 * @throws Fault `no-partition` where forty attempts gave none
 */
export function partition(
  diagram: Diagram,
  cells: readonly number[],
  sizes: readonly number[],
  centre: Point,
  random: Random,
): number[][] {
  for (let attempt = 0; attempt < 40; attempt++) {
    const parts = grownParts(diagram, cells, sizes, centre, random);
    if (parts.every((part, i) => part.length >= sizes[i]! * 0.45 && isSimple(diagram, part))) return parts;
  }
  throw new Fault(
    'no-partition',
    `${cells.length} cells could not be divided into ${sizes.length} whole parts.`,
    {
      hint: 'Try another seed.',
    },
  );
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
  const nearest = (list: Iterable<number>, anchor: Point): number | undefined => {
    let best: number | undefined;
    let bestDistance = Number.POSITIVE_INFINITY;
    for (const cell of list) {
      const d = distance(diagram.sites[cell]!, anchor);
      if (d < bestDistance) [best, bestDistance] = [cell, d];
    }
    return best;
  };
  const take = (part: number, cell: number): void => {
    parts[part]!.push(cell);
    free.delete(cell);
    for (const frontier of frontiers) frontier.delete(cell);
    for (const { neighbour } of diagram.sides[cell]!)
      if (free.has(neighbour)) frontiers[part]!.add(neighbour);
  };
  anchors.forEach((anchor, part) => {
    const cell = nearest(free, anchor);
    if (cell !== undefined) take(part, cell);
  });
  for (;;) {
    const behind = parts
      .map((part, i) => ({ i, filled: part.length / sizes[i]! }))
      .filter(({ i }) => frontiers[i]!.size > 0)
      .sort((a, b) => a.filled - b.filled)[0];
    if (!behind) return parts;
    take(behind.i, nearest(frontiers[behind.i]!, anchors[behind.i]!)!);
  }
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

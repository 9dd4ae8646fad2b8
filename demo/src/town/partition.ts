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
  for (const cell of free) {
    const part = parts.findIndex((p) => diagram.sides[cell]!.some((side) => p.includes(side.neighbour)));
    if (part >= 0) parts[part]!.push(cell);
  }
  return parts;
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

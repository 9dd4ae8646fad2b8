import { Fault } from '@gezhi/basis';
import { createRandom, type Random } from '../random.ts';
import { type Outline, outliner } from './mesh.ts';
import { isSimple, partition } from './partition.ts';
import { contains, distance, meanPoint, type Point, signedArea } from './plane.ts';
import { CORE, COUNTY_SEAT, relax, scatter, spreadSites } from './sites.ts';
import { cornersOf, type Diagram, voronoi } from './voronoi.ts';

export type Level = 'city' | 'district' | 'county' | 'street' | 'town' | 'township' | 'community' | 'village';

/** A piece of the division tree without its name; `grids` are all grids below it. */
export type Area = {
  readonly level: Level;
  readonly parts: readonly Area[];
  readonly grids: readonly number[];
};

export type Land = {
  readonly city: Area;
  readonly gridCount: number;
  readonly siteOf: (grid: number) => Point;
  readonly outlineOf: (grids: readonly number[]) => Outline;
  /** Cells of the one street that is divided so finely, by its grids. */
  readonly finelyDivided: Area;
  readonly cellsOf: (grid: number) => readonly { readonly site: Point; readonly outline: Outline }[];
};

type Plan = { readonly level: Level; readonly grids: number; readonly parts: readonly Plan[] };

const leaf = (level: Level, grids: number): Plan => ({ level, grids, parts: [] });
const group = (level: Level, parts: readonly Plan[]): Plan => ({
  level,
  grids: parts.reduce((sum, part) => sum + part.grids, 0),
  parts,
});
const communities = (n: number): Plan[] => Array.from({ length: n }, () => leaf('community', 11));
const villages = (n: number): Plan[] => Array.from({ length: n }, () => leaf('village', 8));
const street = (n: number): Plan => group('street', communities(n));
const rural = (level: Level, n: number, m: number): Plan => group(level, [...communities(n), ...villages(m)]);

/** 2 districts and a county; 8 streets, 2 towns, 2 townships; 40 communities, 20 villages; 600 grids. */
const PLAN = group('city', [
  group('district', [street(5), street(5), street(5), street(5)]),
  group('district', [street(4), street(4), street(4), rural('town', 2, 5)]),
  group('county', [street(4), rural('town', 2, 5), rural('township', 0, 5), rural('township', 0, 5)]),
]);

/** The bare land of a town: who lies in whom, and every outline. Same seed, same land. */
export function makeLand(seed: number): Land {
  const random = createRandom(`${seed}/land`);
  const { sites, inside } = spreadSites(random.fork('sites'), PLAN.grids);
  const coarse = voronoi(sites, inside);
  const all = Array.from({ length: inside }, (_, i) => i);
  const city = divide(coarse, all, PLAN, random.fork('division'));
  const fine = divideSimply(coarse, city, random.fork('cells'));
  const outline = outliner(fine.diagram, `${seed}/bend`);
  return {
    city,
    gridCount: inside,
    siteOf: (grid) => sites[grid]!,
    outlineOf: (grids) => outline(grids.flatMap((grid) => fine.atomsOf.get(grid)!)),
    finelyDivided: fine.street,
    cellsOf: (grid) =>
      fine.atomsOf.get(grid)!.map((atom) => ({ site: fine.diagram.sites[atom]!, outline: outline([atom]) })),
  };
}

function divide(diagram: Diagram, grids: readonly number[], plan: Plan, random: Random): Area {
  if (plan.parts.length === 0) return { level: plan.level, parts: [], grids };
  const sizes = plan.parts.map((part) => part.grids);
  const centre = plan.level === 'city' ? CORE : seatOf(diagram, grids, plan);
  const parts = partition(diagram, grids, sizes, centre, random);
  return {
    level: plan.level,
    grids,
    parts: plan.parts.map((part, i) => divide(diagram, parts[i]!, part, random)),
  };
}

/** What comes first in a plan lies nearest to this: streets by the core, a town's communities by its middle. */
function seatOf(diagram: Diagram, grids: readonly number[], plan: Plan): Point {
  if (plan.level === 'county') return COUNTY_SEAT;
  if (plan.level === 'district') return CORE;
  return meanPoint(grids.map((grid) => diagram.sites[grid]!));
}

function areaOf(diagram: Diagram, grids: readonly number[]): number {
  return grids.reduce((sum, grid) => sum + signedArea(cornersOf(diagram, grid)), 0);
}

/**
 * Chooses the street to be divided into cells: the smallest, thickest one of the first district. Small cells bend its borders a little,
 * which can part two grids that hardly touched; then it is drawn again, and after that the next street's turn comes.
 */
function divideSimply(coarse: Diagram, city: Area, random: Random): Fine {
  const size = (street: Area): number => areaOf(coarse, street.grids);
  const streets = city.parts[0]!.parts.toSorted((a, b) => size(a) - size(b));
  for (const street of [...streets, ...streets]) {
    const fine = divideFinely(coarse, street, random);
    if (isWhole(fine, city)) return fine;
  }
  throw new Fault('no-partition', 'No street could be divided into cells.', { hint: 'Try another seed.' });
}

function isWhole(fine: Fine, area: Area): boolean {
  const atoms = area.grids.flatMap((grid) => fine.atomsOf.get(grid)!);
  const lowest = area.parts.length === 0;
  return (
    isSimple(fine.diagram, atoms) &&
    (lowest ? area.grids.every((grid) => isSimple(fine.diagram, fine.atomsOf.get(grid)!)) : true) &&
    area.parts.every((part) => isWhole(fine, part))
  );
}

const CELL_SQUARE_METRES = 10_000;
type Fine = {
  readonly street: Area;
  readonly diagram: Diagram;
  readonly atomsOf: ReadonlyMap<number, readonly number[]>;
};

/**
 * Puts cells of about 100 × 100 m into the chosen grids, and into their neighbours so that cells at the edge keep their size. A grid
 * is then the union of its cells; every other grid is one cell.
 */
function divideFinely(coarse: Diagram, street: Area, random: Random): Fine {
  const fine = new Set(street.grids);
  const inTown = (grid: number): boolean => coarse.sides[grid]!.length > 0;
  for (const { neighbour } of street.grids.flatMap((grid) => coarse.sides[grid]!)) {
    if (inTown(neighbour)) fine.add(neighbour);
  }
  const sites: Point[] = [];
  const parents: number[] = [];
  coarse.sites.forEach((site, grid) => {
    const points = fine.has(grid) ? pointsIn(coarse, grid, random) : [site];
    for (const point of points) {
      sites.push(point);
      parents.push(grid);
    }
  });
  const count = parents.filter(inTown).length;
  let diagram = voronoi(sites, count);
  for (let step = 0; step < 2; step++) {
    diagram = voronoi(
      relax(diagram, (atom) => fine.has(parents[atom]!)),
      count,
    );
  }
  const atomsOf = new Map<number, number[]>();
  parents.forEach((parent, atom) => {
    const atoms = atomsOf.get(parent);
    if (atoms) atoms.push(atom);
    else atomsOf.set(parent, [atom]);
  });
  return { street, diagram, atomsOf };
}

function pointsIn(diagram: Diagram, grid: number, random: Random): Point[] {
  const ring = cornersOf(diagram, grid);
  const site = diagram.sites[grid]!;
  const reach = Math.max(...ring.map((p) => distance(p, site)));
  const count = Math.max(3, Math.round(signedArea(ring) / CELL_SQUARE_METRES));
  return scatter(count, () => {
    for (;;) {
      const p = { x: site.x + random.between(-reach, reach), y: site.y + random.between(-reach, reach) };
      if (contains([ring], p)) return p;
    }
  });
}

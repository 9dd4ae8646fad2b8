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

/**
 * The bare land of a town: who lies in whom, and every outline. Same seed, same land.
 *
 * @throws Fault `no-partition` where ten drafts of the land could not be divided as planned
 */
export function makeLand(seed: number): Land {
  for (let draft = 0; draft < 10; draft++) {
    const land = draftLand(`${seed}/land/${draft}`);
    if (land) return land;
  }
  throw new Fault('no-partition', `No land could be divided for seed ${seed}.`, {
    hint: 'Try another seed.',
  });
}

function draftLand(seed: string): Land | undefined {
  const random = createRandom(seed);
  const { sites, inside } = spreadSites(random.fork('sites'), PLAN.grids);
  const coarse = voronoi(sites, inside);
  const all = Array.from({ length: inside }, (_, i) => i);
  const city = divide(coarse, all, PLAN, random.fork('division'));
  const fine = city && divideSimply(coarse, city, random.fork('cells'));
  if (!fine) return undefined;
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

function divide(diagram: Diagram, grids: readonly number[], plan: Plan, random: Random): Area | undefined {
  if (plan.parts.length === 0) return { level: plan.level, parts: [], grids };
  const sizes = plan.parts.map((part) => part.grids);
  const centre = plan.level === 'city' ? CORE : seatOf(diagram, grids, plan);
  const parts = partition(diagram, grids, sizes, centre, random);
  if (!parts) return undefined;
  const divided = plan.parts.map((part, i) => divide(diagram, parts[i]!, part, random));
  const whole = divided.filter((part) => part !== undefined);
  return whole.length === divided.length ? { level: plan.level, grids, parts: whole } : undefined;
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
 * Divides the smallest, thickest street of the first district into cells. Small cells bend its borders a little, which can part two
 * grids that hardly touched; then the cells are drawn again, a few times.
 */
function divideSimply(coarse: Diagram, city: Area, random: Random): Fine | undefined {
  const size = (street: Area): number => areaOf(coarse, street.grids);
  const street = city.parts[0]!.parts.reduce((a, b) => (size(b) < size(a) ? b : a));
  for (let attempt = 0; attempt < 6; attempt++) {
    const fine = divideFinely(coarse, street, random);
    if (isWhole(fine, city)) return fine;
  }
  return undefined;
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
  return { street, diagram, atomsOf: gathered(diagram, parents, fine) };
}

/** The cells of each grid. A cell that touches no other of its own grid goes to a neighbour's. */
function gathered(
  diagram: Diagram,
  parents: readonly number[],
  fine: ReadonlySet<number>,
): Map<number, number[]> {
  const atomsOf = new Map<number, number[]>();
  parents.forEach((parent, atom) => {
    const around = diagram.sides[atom]!.map((side) => parents[side.neighbour]!);
    const alone = fine.has(parent) && !around.includes(parent);
    const grid = alone ? (around.find((other) => fine.has(other)) ?? parent) : parent;
    const atoms = atomsOf.get(grid);
    if (atoms) atoms.push(atom);
    else atomsOf.set(grid, [atom]);
  });
  return atomsOf;
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

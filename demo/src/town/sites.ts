import type { Random } from '../random.ts';
import { centroid, distance, type Point } from './plane.ts';
import { cornersOf, type Diagram, voronoi } from './voronoi.ts';

/** The two places where people live thickest. Metres from the plain's origin. */
export const CORE: Point = { x: 0, y: 1500 };
export const COUNTY_SEAT: Point = { x: 1500, y: -7200 };

/** How far apart neighbouring sites want to be: 350 m in the core, above a kilometre in the hills. */
function spacing(p: Point): number {
  return Math.min(350 + 0.13 * distance(p, CORE), 480 + 0.16 * distance(p, COUNTY_SEAT));
}

export type Spread = { readonly sites: readonly Point[]; readonly inside: number };

/**
 * Scatters `count` sites over a town of about 30 × 25 km, thick in the middle, and sites outside which give the town its edge.
 * The first `inside` sites are the town's. Best candidate of several (Mitchell 1991), then two steps of Lloyd (1982).
 */
export function spreadSites(random: Random, count: number): Spread {
  const inBlob = blob(random.fork('blob'));
  const [reachX, reachY] = [21_000, 18_000];
  const anywhere = (): Point => ({ x: random.between(-reachX, reachX), y: random.between(-reachY, reachY) });
  const town = scatter(count, () => {
    for (;;) {
      const p = anywhere();
      if (inBlob(p) && random.chance((350 / spacing(p)) ** 2)) return p;
    }
  });
  const around = scatter(Math.round(count * 0.35), () => {
    for (;;) {
      const p = anywhere();
      if (!inBlob(p)) return p;
    }
  });
  let sites = [...town, ...around];
  for (let step = 0; step < 2; step++) sites = relax(voronoi(sites), () => true);
  return { sites, inside: count };
}

/** Moves the chosen sites to the middle of their cells; those at the edge of the world stay. */
export function relax(diagram: Diagram, chosen: (i: number) => boolean): Point[] {
  return diagram.sites.map((site, i) => {
    if (!chosen(i)) return site;
    const ring = cornersOf(diagram, i);
    return ring.length > 2 && ring.every((p) => Math.abs(p.x) < 25_000 && Math.abs(p.y) < 25_000)
      ? centroid(ring)
      : site;
  });
}

/** `count` points drawn so that none crowds another, measured by the spacing wished where they lie. */
export function scatter(count: number, draw: () => Point): Point[] {
  const points: Point[] = [];
  while (points.length < count) {
    let best = draw();
    let bestRoom = -1;
    for (let tries = 0; tries < 7; tries++) {
      const p = tries === 0 ? best : draw();
      let room = Number.POSITIVE_INFINITY;
      for (const q of points) room = Math.min(room, (p.x - q.x) ** 2 + (p.y - q.y) ** 2);
      room /= spacing(p) ** 2;
      if (room > bestRoom) [best, bestRoom] = [p, room];
    }
    points.push(best);
  }
  return points;
}

function blob(random: Random): (p: Point) => boolean {
  const waves = [2, 3, 4, 5].map((k) => ({
    k,
    a: random.between(0.02, 0.09),
    phase: random.between(0, 2 * Math.PI),
  }));
  return (p) => {
    const angle = Math.atan2(p.y, p.x);
    const edge = waves.reduce((r, w) => r + w.a * Math.cos(w.k * angle + w.phase), 1);
    return Math.hypot(p.x / 15_000, p.y / 12_500) < edge;
  };
}

import { createRandom } from '../random.ts';
import { type Outline, outliner } from './mesh.ts';
import { type Places, pointOf } from './places.ts';
import type { Point } from './plane.ts';
import { scatter } from './sites.ts';
import { voronoi } from './voronoi.ts';

export type PoliceArea = {
  readonly code: string;
  readonly name: string;
  readonly station: string;
  readonly site: Point;
  readonly outline: Outline;
};

const SHRINK = 0.96;

/** Police areas drawn without regard to grids or streets, with strips between them that belong to nobody. */
export function makePoliceAreas(places: Places, seed: number): PoliceArea[] {
  const random = createRandom(`${seed}/police`);
  const townships = places.divisions.filter((d) => d.parent?.parent === places.city);
  const near = townships.map((township) => {
    const p = pointOf(township);
    return { x: p.x + random.between(-700, 700), y: p.y + random.between(-700, 700) };
  });
  const around = scatter(40, () => {
    const angle = random.between(0, 2 * Math.PI);
    const far = random.between(1.25, 1.8);
    return { x: 15_000 * far * Math.cos(angle), y: 12_500 * far * Math.sin(angle) };
  });
  const diagram = voronoi([...near, ...around]);
  const outline = outliner(diagram, `${seed}/police`);
  return townships.map((township, i) => ({
    code: `${township.code.slice(0, 9)}J`,
    name: `${township.short}警务区`,
    station: `${township.code.slice(0, 9)}-PC`,
    site: near[i]!,
    outline: shrunk(outline([i]), near[i]!),
  }));
}

function shrunk(outline: Outline, site: Point): Outline {
  const pull = (p: Point): Point => ({
    x: site.x + (p.x - site.x) * SHRINK,
    y: site.y + (p.y - site.y) * SHRINK,
  });
  return { outers: outline.outers.map((ring) => ring.map(pull)), holes: [] };
}

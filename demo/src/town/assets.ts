import { createRandom, type Random } from '../random.ts';
import type { Row } from './csv.ts';
import { firmOf } from './duties.ts';
import type { Grid, Places } from './places.ts';
import { contains, type Point, toLonLat } from './plane.ts';

export const ASSET_COLUMNS = ['code', 'kind', 'name', 'place', 'lon', 'lat', 'owner', 'keeper', 'supervisor'];

/**
 * Lamps and drains bear 16-digit codes: county 6, class 2, sub-class 2, serial 6. Their classes here are of the extension range (21),
 * which each town fills itself. Lifts and shops bear codes of their own registers.
 */
const CLASS = { lamp: '2101', drain: '2102' } as const;
const SHOPS = [
  '小吃店',
  '理发店',
  '水果店',
  '五金店',
  '便利店',
  '裁缝铺',
  '茶馆',
  '烧烤店',
  '棋牌室',
  '洗衣店',
  '面馆',
  '文具店',
];

export function assetRows(places: Places, seed: number): Row[] {
  const random = createRandom(`${seed}/assets`);
  const serials = new Map<string, number>();
  const serial = (key: string): string => {
    const n = (serials.get(key) ?? 0) + 1;
    serials.set(key, n);
    return String(n).padStart(6, '0');
  };
  return places.grids.flatMap((grid) => {
    const rings = places.land.outlineOf([grid.id]).outers;
    const county = grid.code.slice(0, 6);
    const row = (kind: string, code: string, name: string, at: Point, keepers: Keepers): Row => {
      const [lon, lat] = toLonLat(at);
      return { code, kind, name, place: grid.code, lon: String(lon), lat: String(lat), ...keepers };
    };
    const part = (kind: 'lamp' | 'drain', name: (n: string) => string, keepers: Keepers): Row => {
      const n = serial(county + kind);
      return row(kind, `${county}${CLASS[kind]}${n}`, name(n), near(rings, grid, random), keepers);
    };
    const rural = grid.community.level === 'village';
    const street = (): string => (rural ? grid.community.short : random.pick(grid.roads));
    return [
      ...times(rural ? 1 : 3, () => part('lamp', (n) => `${street()}${n}号灯杆`, lampKeepers(county))),
      ...times(rural ? 1 : 2, () => part('drain', (n) => `${street()}${n}号雨水口`, drainKeepers(county))),
      ...grid.estates.flatMap((estate) =>
        times(random.int(3), (i) =>
          row(
            'lift',
            `DT${county}${serial(`${county}DT`)}`,
            `${estate.name}${i + 1}幢电梯`,
            estate.at ?? grid.site,
            liftKeepers(grid),
          ),
        ),
      ),
      ...times(rural ? 0 : random.int(3), () => {
        const name = `${grid.community.short}${random.pick(SHOPS)}`;
        const n = serial(`${county}SP`);
        return row(
          'shop',
          `SP${county}${n}`,
          `${name}（${Number(n)}号铺）`,
          near(rings, grid, random),
          shopKeepers(county),
        );
      }),
    ];
  });
}

type Keepers = { readonly owner: string; readonly keeper: string; readonly supervisor: string };

function lampKeepers(county: string): Keepers {
  return county === '990121'
    ? { owner: `${county}-ZJ`, keeper: `${county}-SZ`, supervisor: `${county}-ZJ` }
    : { owner: '990000-CG', keeper: '990000-LD', supervisor: '990000-CG' };
}

function drainKeepers(county: string): Keepers {
  return { owner: `${county}-CG`, keeper: `${county}-SZ`, supervisor: `${county}-CG` };
}

function liftKeepers(grid: Grid): Keepers {
  const county = grid.code.slice(0, 6);
  return { owner: firmOf(grid.id), keeper: `${county}-DT`, supervisor: `${county}-SC` };
}

/** A shop is its keeper's, who is no unit. */
function shopKeepers(county: string): Keepers {
  return { owner: '', keeper: '', supervisor: `${county}-SC` };
}

function times<T>(count: number, make: (i: number) => T): T[] {
  return Array.from({ length: count }, (_, i) => make(i));
}

function near(rings: readonly (readonly Point[])[], grid: Grid, random: Random): Point {
  for (let tries = 0; tries < 12; tries++) {
    const p = { x: grid.site.x + random.normal(0, 150), y: grid.site.y + random.normal(0, 150) };
    if (contains(rings, p)) return p;
  }
  return grid.site;
}

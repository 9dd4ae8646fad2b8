import { createRandom, type Random } from '../random.ts';
import type { Area, Land, Level } from './land.ts';
import { contains, distance, meanPoint, type Point } from './plane.ts';
import * as words from './words.ts';

/** A place people use to say where they are. */
export type Landmark = { readonly name: string; readonly at?: Point };
export type Division = {
  readonly level: Level;
  readonly code: string;
  readonly name: string;
  readonly short: string;
  readonly parent?: Division;
  readonly children: readonly Division[];
  readonly grids: readonly Grid[];
  readonly names: readonly Landmark[];
};
export type Grid = {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly community: Division;
  readonly site: Point;
  readonly estates: readonly Landmark[];
  readonly groups: readonly Landmark[];
  readonly marks: readonly Landmark[];
  readonly roads: readonly string[];
};
export type Cell = {
  readonly code: string;
  readonly name: string;
  readonly grid: Grid;
  readonly index: number;
};
export type Places = {
  readonly land: Land;
  readonly city: Division;
  readonly divisions: readonly Division[];
  readonly grids: readonly Grid[];
  readonly cells: readonly Cell[];
};

const CITY_CODE = '990000';

/** Names and codes for a land: divisions, grids and the cells of one street. */
export function namePlaces(land: Land, seed: number): Places {
  const random = createRandom(`${seed}/places`);
  const namer: Namer = {
    land,
    random,
    streets: [...words.STREETS],
    communities: random.shuffled(words.COMMUNITIES),
    villages: random.shuffled(words.VILLAGES),
    estates: random.shuffled(
      words.ESTATE_HEADS.flatMap((head) => words.ESTATE_TAILS.map((tail) => `${head}${tail}`)),
    ),
    towns: [...words.TOWNS],
    townships: [...words.TOWNSHIPS],
    areaOf: new Map(),
  };
  const city = nameCity(namer);
  const divisions = flatten(city);
  const grids = divisions.flatMap((d) => (d.children.length === 0 ? d.grids : []));
  return { land, city, divisions, grids, cells: nameCells(namer, divisions) };
}

export function flatten(division: Division): Division[] {
  return [division, ...division.children.flatMap(flatten)];
}

/** The division itself or the one above it that stands on that level. */
export function above(division: Division, ...levels: readonly Level[]): Division {
  let at: Division | undefined = division;
  while (at && !levels.includes(at.level)) at = at.parent;
  if (!at) throw new RangeError(`${division.name} lies in no ${levels.join(' or ')}`);
  return at;
}

type Namer = {
  readonly land: Land;
  readonly random: Random;
  readonly streets: string[];
  readonly towns: string[];
  readonly townships: string[];
  readonly communities: string[];
  readonly villages: string[];
  readonly estates: string[];
  readonly areaOf: Map<Area, Division>;
};
type Draft = { -readonly [K in keyof Division]: Division[K] };

function nameCity(namer: Namer): Division {
  const area = namer.land.city;
  const city = draft('city', CITY_CODE, words.CITY.zh, words.CITY.zh.slice(0, -1), namer, area);
  city.children = area.parts.map((part, i) => {
    const { code, name, short } = words.COUNTIES[i]!;
    const county = draft(part.level, code, name, short, namer, part, city);
    county.children = nameTownships(part, county, namer);
    county.grids = county.children.flatMap((child) => child.grids);
    return county;
  });
  city.grids = city.children.flatMap((child) => child.grids);
  return city;
}

function draft(
  level: Level,
  code: string,
  name: string,
  short: string,
  namer: Namer,
  area: Area,
  parent?: Division,
): Draft {
  const division: Draft = { level, code, name, short, parent, children: [], grids: [], names: [] };
  if (name !== short) division.names = [{ name: short }];
  namer.areaOf.set(area, division);
  return division;
}

const SERIAL = { street: 0, town: 100, township: 200 } as const;
const SUFFIX = { street: '街道', town: '镇', township: '乡' } as const;

function nameTownships(area: Area, county: Division, namer: Namer): Division[] {
  const next = { street: 1, town: 0, township: 0 };
  return area.parts.map((part) => {
    const level = part.level as keyof typeof SERIAL;
    const code = `${county.code}${String(SERIAL[level] + next[level]++).padStart(3, '0')}`;
    const pool = { street: namer.streets, town: namer.towns, township: namer.townships }[level];
    const short = pool.shift()!;
    const township = draft(level, `${code}000`, `${short}${SUFFIX[level]}`, short, namer, part, county);
    township.children = nameCommunities(part, township, namer);
    township.grids = township.children.flatMap((child) => child.grids);
    return township;
  });
}

/** Residents' committees count from 001, villagers' from 200. */
function nameCommunities(area: Area, township: Division, namer: Namer): Division[] {
  const next = { community: 1, village: 200 };
  return area.parts.map((part) => {
    const level = part.level as keyof typeof next;
    const code = `${township.code.slice(0, 9)}${String(next[level]++).padStart(3, '0')}`;
    const short = (level === 'community' ? namer.communities : namer.villages).pop()!;
    const community = draft(
      level,
      code,
      `${short}${level === 'community' ? '社区' : '村'}`,
      short,
      namer,
      part,
      township,
    );
    community.names = [{ name: short }, { name: `${short}${level === 'community' ? '居委会' : '村委会'}` }];
    community.grids = nameGrids(part, community, namer);
    return community;
  });
}

/** Grids are numbered as cells are: west to east in rows from north to south. */
function nameGrids(area: Area, community: Division, namer: Namer): Grid[] {
  const groups = words.GROUPS.slice();
  const rows = rowOrder(area.grids, namer.land.siteOf, 600);
  return rows.map((id, i) => {
    const serial = String(i + 1).padStart(2, '0');
    const site = namer.land.siteOf(id);
    const rings = namer.land.outlineOf([id]).outers;
    const at = (): Point => pointIn(rings, site, namer.random);
    const landmark = (name: string): Landmark => ({ name, at: at() });
    const rural = community.level === 'village';
    const mine = rural ? groups.splice(0, namer.random.chance(0.45) ? 2 : 1) : [];
    return {
      id,
      code: `${community.code}${serial}`,
      name: `${community.name}第${serial}网格`,
      community,
      site,
      estates: rural ? [] : takeEstates(namer, community).map(landmark),
      groups: mine.map((group) => landmark(`${group}组`)),
      marks: rural
        ? ruralMarks(namer, mine, community, i).map(landmark)
        : urbanMarks(namer, community, i).map(landmark),
      roads: rural ? [] : roadsAt(site),
    };
  });
}

function takeEstates(namer: Namer, community: Division): string[] {
  const street = above(community, 'street', 'town', 'township');
  const wanted =
    street.level === 'street'
      ? namer.random.weighted([
          [1, 5],
          [2, 3],
        ])
      : 1;
  return namer.estates.splice(0, wanted);
}

/** Deals the list out over a community's grids, so that a landmark's name is said once in it as far as the list goes. */
function urbanMarks(namer: Namer, community: Division, i: number): string[] {
  const shift = Number(community.code.slice(6, 12)) % words.URBAN_MARKS.length;
  const pick = (n: number): string => words.URBAN_MARKS[(shift + n) % words.URBAN_MARKS.length]!;
  const marks = [`${community.short}${pick(i)}`];
  if (namer.random.chance(0.6)) marks.push(`${community.short}${pick(i + 13)}`);
  return [...new Set(marks)];
}

function ruralMarks(namer: Namer, groups: readonly string[], community: Division, i: number): string[] {
  const shift = Number(community.code.slice(6, 12)) % words.RURAL_MARKS.length;
  const pick = (n: number): string => words.RURAL_MARKS[(shift + n) % words.RURAL_MARKS.length]!;
  const marks = [`${community.short}${pick(i)}`];
  for (const group of groups) marks.push(`${group}组${namer.random.pick(words.RURAL_MARKS)}`);
  return [...new Set(marks)];
}

const BLOCK_METRES = 1_100;

/** Roads run as a plain net over the built-up part: every point has one road along and one across. */
function roadsAt(site: Point): string[] {
  const along = (list: readonly string[], metres: number): string => {
    const i = Math.round(metres / BLOCK_METRES) % list.length;
    return list[(i + list.length) % list.length]!;
  };
  return [along(words.ROADS_EAST, site.y), along(words.ROADS_NORTH, site.x)];
}

function pointIn(rings: readonly (readonly Point[])[], site: Point, random: Random): Point {
  const reach = Math.min(...rings[0]!.map((p) => distance(p, site))) * 1.3;
  for (let tries = 0; tries < 30; tries++) {
    const p = { x: site.x + random.between(-reach, reach), y: site.y + random.between(-reach, reach) };
    if (contains(rings, p)) return p;
  }
  return site;
}

function rowOrder(ids: readonly number[], siteOf: (id: number) => Point, rowMetres: number): number[] {
  const row = (id: number): number => -Math.floor(siteOf(id).y / rowMetres);
  return [...ids].sort((a, b) => row(a) - row(b) || siteOf(a).x - siteOf(b).x);
}

/** 15 digits: county, street, community, serial in the community, west to east in rows from north to south. */
function nameCells(namer: Namer, divisions: readonly Division[]): Cell[] {
  const street = namer.areaOf.get(namer.land.finelyDivided)!;
  return divisions
    .filter((d) => d.parent === street)
    .flatMap((community) => {
      const cells = community.grids.flatMap((grid) =>
        namer.land.cellsOf(grid.id).map((cell, index) => ({ grid, index, site: cell.site })),
      );
      const order = rowOrder(
        cells.map((_, i) => i),
        (i) => cells[i]!.site,
        100,
      );
      return order.map((i, n) => {
        const serial = String(n + 1).padStart(3, '0');
        const { grid, index } = cells[i]!;
        return { code: `${community.code}${serial}`, name: `${community.short}${serial}单元`, grid, index };
      });
    });
}

/** A point in the division: the site of the grid nearest to its middle. */
export function pointOf(division: Division): Point {
  const middle = meanPoint(division.grids.map((grid) => grid.site));
  return division.grids.reduce((best, grid) =>
    distance(grid.site, middle) < distance(best.site, middle) ? grid : best,
  ).site;
}

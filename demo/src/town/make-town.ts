import { ASSET_COLUMNS, assetRows } from './assets.ts';
import { type Row, writeCsv } from './csv.ts';
import { DUTY_COLUMNS, dutyRows } from './duties.ts';
import { makeLand } from './land.ts';
import { linesGeoJson, makeSegments } from './lines.ts';
import type { Outline } from './mesh.ts';
import { type Grid, type Landmark, namePlaces, type Places, pointOf } from './places.ts';
import { type Point, type Ring, toLonLat } from './plane.ts';
import { makePoliceAreas, type PoliceArea } from './police.ts';
import { makePosts, POST_COLUMNS, postRows, STAFF_COLUMNS, staffRows } from './posts.ts';
import { ROSTER_COLUMNS, rosterRows } from './roster.ts';
import { makeUnits, UNIT_COLUMNS, unitRows } from './units.ts';
import { CITY } from './words.ts';

/** A town as a folder, before it is written: name of the file within the folder → its text. See docs/town-format.md. */
export type TownFiles = ReadonlyMap<string, string>;

/**
 * A whole made-up town: 2 districts and a county, 8 streets, 2 towns, 2 townships, 40 communities, 20 villages, 600 grids, cells in one
 * street, police areas, units, posts, staff, duties, assets, a river and a road. Same seed, same bytes.
 *
 * Takes about a second. @throws Fault `no-partition` for the rare seed whose land cannot be divided
 */
export function makeTown(seed: number): TownFiles {
  const places = namePlaces(makeLand(seed), seed);
  const police = makePoliceAreas(places, seed);
  const segments = makeSegments(places, seed);
  const units = makeUnits(places);
  const posts = makePosts(places, units, segments);
  const staff = staffRows(posts, seed);
  return new Map([
    ['town.yaml', TOWN_YAML],
    ['places.csv', writeCsv(PLACE_COLUMNS, placeRows(places, police))],
    [
      'outlines/division.geojson',
      geoJson(places.divisions.map((d) => feature(d.code, outlineOf(places, d.grids), d.level))),
    ],
    ['outlines/grid.geojson', geoJson(places.grids.map((g) => feature(g.code, outlineOf(places, [g]))))],
    ['outlines/cell.geojson', geoJson(cellFeatures(places))],
    ['outlines/police.geojson', geoJson(police.map((area) => feature(area.code, area.outline)))],
    ['lines.geojson', `${JSON.stringify(linesGeoJson(segments))}\n`],
    ['units.csv', writeCsv(UNIT_COLUMNS, unitRows(units))],
    ['posts.csv', writeCsv(POST_COLUMNS, postRows(posts))],
    ['staff.csv', writeCsv(STAFF_COLUMNS, staff)],
    ['roster.csv', writeCsv(ROSTER_COLUMNS, rosterRows(posts, staff))],
    ['duties.csv', writeCsv(DUTY_COLUMNS, dutyRows(places, police))],
    ['assets.csv', writeCsv(ASSET_COLUMNS, assetRows(places, seed))],
  ]);
}

const TOWN_YAML = `district: '990000'
name: {zh: ${CITY.zh}, en: ${CITY.en}}
zone: Asia/Shanghai
calendar: cn
desk: 120
codes: cn
datum: WGS-84
layers:
  - {code: division, tiling: true, name: {zh: 行政区划, en: Divisions}}
  - {code: grid, tiling: true, within: division, name: {zh: 服务网格, en: Service grids}}
  - {code: cell, tiling: true, within: division, name: {zh: 单元网格, en: Cells}}
  - {code: police, tiling: false, name: {zh: 警务区, en: Police areas}}
`;

const PLACE_COLUMNS = ['layer', 'level', 'code', 'name', 'parent', 'names', 'lon', 'lat', 'from', 'to'];

function placeRows(places: Places, police: readonly PoliceArea[]): Row[] {
  return [
    ...places.divisions.map((d) => ({
      layer: 'division',
      level: d.level,
      code: d.code,
      name: d.name,
      parent: d.parent?.code ?? '',
      names: namesCell(d.names),
      ...lonLat(pointOf(d)),
    })),
    ...places.grids.map((grid) => ({
      layer: 'grid',
      code: grid.code,
      name: grid.name,
      parent: grid.community.code,
      names: namesCell([...grid.groups, ...grid.estates, ...grid.marks, ...crossing(grid)]),
      ...lonLat(grid.site),
    })),
    ...places.cells.map((cell) => ({
      layer: 'cell',
      code: cell.code,
      name: cell.name,
      parent: cell.grid.community.code,
    })),
    ...police.map((area) => ({ layer: 'police', code: area.code, name: area.name, ...lonLat(area.site) })),
  ];
}

function crossing(grid: Grid): Landmark[] {
  const [east, north] = grid.roads;
  return east && north ? [{ name: `${east}${north}路口`, at: grid.site }] : [];
}

function namesCell(names: readonly Landmark[]): string {
  return names.map(({ name, at }) => (at ? `${name}@${toLonLat(at).join(',')}` : name)).join(';');
}

function lonLat(p: Point): { lon: string; lat: string } {
  const [lon, lat] = toLonLat(p);
  return { lon: String(lon), lat: String(lat) };
}

function outlineOf(places: Places, grids: readonly Grid[]): Outline {
  return places.land.outlineOf(grids.map((grid) => grid.id));
}

function cellFeatures(places: Places): unknown[] {
  const byGrid = new Map<Grid, ReturnType<Places['land']['cellsOf']>>();
  return places.cells.map((cell) => {
    const cells = byGrid.get(cell.grid) ?? places.land.cellsOf(cell.grid.id);
    byGrid.set(cell.grid, cells);
    return feature(cell.code, cells[cell.index]!.outline);
  });
}

/** RFC 7946: outer rings counter-clockwise, holes clockwise; a hole goes with the one outer ring, for areas here have one. */
function feature(code: string, outline: Outline, level?: string): unknown {
  const polygons = outline.outers.map((ring, i) => [ring, ...(i === 0 ? outline.holes : [])].map(closed));
  const geometry =
    polygons.length === 1
      ? { type: 'Polygon', coordinates: polygons[0] }
      : { type: 'MultiPolygon', coordinates: polygons };
  return { type: 'Feature', properties: level ? { code, level } : { code }, geometry };
}

function closed(ring: Ring): [number, number][] {
  const points = ring.map(toLonLat);
  const kept = points.filter((p, i) => {
    const before = points[(i + points.length - 1) % points.length]!;
    return p[0] !== before[0] || p[1] !== before[1];
  });
  return [...kept, kept[0]!];
}

function geoJson(features: readonly unknown[]): string {
  return `{"type":"FeatureCollection","features":[\n${features.map((f) => JSON.stringify(f)).join(',\n')}\n]}\n`;
}

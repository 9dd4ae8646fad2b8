import assert from 'node:assert/strict';
import test from 'node:test';
import { createRandom } from '../random.ts';
import { type Row, readCsv } from './csv.ts';
import { makeTown, type TownFiles } from './make-town.ts';

type Position = readonly [number, number];
type Feature = {
  readonly properties: { readonly code: string; readonly level?: string };
  readonly geometry:
    | { readonly type: 'Polygon'; readonly coordinates: readonly (readonly Position[])[] }
    | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly (readonly Position[])[])[] };
};

const files = makeTown(1);
const rows = (name: string, from: TownFiles = files): Row[] => readCsv(from.get(name)!);
const features = (layer: string): Feature[] =>
  (JSON.parse(files.get(`outlines/${layer}.geojson`)!) as { features: Feature[] }).features;
const places = rows('places.csv');
const units = rows('units.csv');
const posts = rows('posts.csv');
const codesOf = (list: readonly Row[]): Set<string> => new Set(list.map((row) => row.code!));
const count = (list: readonly Row[], column: string, value: string): number =>
  list.filter((row) => row[column] === value).length;

function ringsOf(feature: Feature): (readonly Position[])[] {
  const { geometry } = feature;
  return geometry.type === 'Polygon' ? [...geometry.coordinates] : geometry.coordinates.flat();
}

/** Sides of all rings as `from>to`; a tiling has each once, and its reverse once unless it is the outer edge. */
function sidesOf(list: readonly Feature[]): Map<string, number> {
  const sides = new Map<string, number>();
  for (const ring of list.flatMap(ringsOf)) {
    for (let i = 1; i < ring.length; i++) {
      const key = `${ring[i - 1]!.join()}>${ring[i]!.join()}`;
      sides.set(key, (sides.get(key) ?? 0) + 1);
    }
  }
  return sides;
}

function outerSides(list: readonly Feature[]): string[] {
  const sides = sidesOf(list);
  return [...sides.keys()].filter((key) => !sides.has(key.split('>').reverse().join('>'))).sort();
}

function area(list: readonly Feature[]): number {
  let twice = 0;
  for (const ring of list.flatMap(ringsOf)) {
    for (let i = 1; i < ring.length; i++) {
      const [a, b] = [ring[i - 1]!, ring[i]!];
      twice += (a[0] - 119.4) * (b[1] - 30.3) - (b[0] - 119.4) * (a[1] - 30.3);
    }
  }
  return twice / 2;
}

const divisions = features('division');
const ofLevels = (...levels: string[]): Feature[] =>
  divisions.filter((f) => levels.includes(f.properties.level!));
const city = ofLevels('city');

test('the town has the counts that are promised', () => {
  const expected = {
    city: 1,
    district: 2,
    county: 1,
    street: 8,
    town: 2,
    township: 2,
    community: 40,
    village: 20,
  };
  for (const [level, n] of Object.entries(expected)) assert.equal(count(places, 'level', level), n, level);
  assert.equal(count(places, 'layer', 'grid'), 600);
  assert.ok(count(places, 'layer', 'cell') > 300);
  assert.equal(count(places, 'layer', 'police'), 12);
});

test('every level of divisions, and the grids, tile the city without gap or overlap', () => {
  const levels: readonly (readonly [string, readonly Feature[]])[] = [
    ['counties', ofLevels('district', 'county')],
    ['streets', ofLevels('street', 'town', 'township')],
    ['communities', ofLevels('community', 'village')],
    ['grids', features('grid')],
  ];
  const edge = outerSides(city);
  for (const [name, list] of levels) {
    for (const [side, times] of sidesOf(list)) assert.equal(times, 1, `${name}: ${side}`);
    assert.deepEqual(outerSides(list), edge, `${name} end where the city ends`);
    assert.ok(list.every((f) => area([f]) > 0));
    assert.ok(Math.abs(area(list) / area(city) - 1) < 1e-9, `${name} add up to the city`);
  }
});

test('the cells tile exactly one street', () => {
  const cells = features('cell');
  const street = ofLevels('street').find((f) =>
    cells[0]!.properties.code.startsWith(f.properties.code.slice(0, 9)),
  )!;
  assert.deepEqual(outerSides(cells), outerSides([street]));
  assert.ok(Math.abs(area(cells) / area([street]) - 1) < 1e-9);
});

test('grids have outlines of a real shape', () => {
  const points = features('grid').map((f) => ringsOf(f)[0]!.length);
  assert.ok(Math.min(...points) >= 10 && Math.max(...points) <= 250);
  assert.ok(points.filter((n) => n >= 20 && n <= 90).length > 450);
});

test('codes are well formed and say who lies in whom', () => {
  const forms: Readonly<Record<string, RegExp>> = {
    city: /^990000$/,
    district: /^9901[0-2]\d$/,
    county: /^9901[2-9]\d$/,
    street: /^9901\d\d0\d\d000$/,
    town: /^9901\d\d1\d\d000$/,
    township: /^9901\d\d2\d\d000$/,
    community: /^9901\d{5}0\d\d$/,
    village: /^9901\d{5}2\d\d$/,
    grid: /^9901\d{10}$/,
    cell: /^9901\d{11}$/,
    police: /^9901\d{5}J$/,
  };
  for (const place of places) assert.match(place.code!, forms[place.level || place.layer!]!);
  for (const place of places.filter((p) => ['grid', 'cell'].includes(p.layer!))) {
    assert.equal(place.code!.slice(0, 12), place.parent);
  }
  for (const asset of rows('assets.csv')) {
    if (asset.kind === 'lamp' || asset.kind === 'drain') assert.match(asset.code!, /^9901\d{2}210[12]\d{6}$/);
  }
});

test('everything named elsewhere exists, and codes are said once', () => {
  const [placeCodes, unitCodes, postCodes] = [codesOf(places), codesOf(units), codesOf(posts)];
  assert.equal(placeCodes.size, places.length);
  assert.equal(unitCodes.size, units.length);
  assert.equal(postCodes.size, posts.length);
  const must = (list: readonly Row[], column: string, codes: ReadonlySet<string>): void => {
    for (const row of list) if (row[column]) assert.ok(codes.has(row[column]), `${column} ${row[column]}`);
  };
  must(places, 'parent', placeCodes);
  must(units, 'parent', unitCodes);
  must(units, 'place', placeCodes);
  must(posts, 'unit', unitCodes);
  must(posts, 'place', placeCodes);
  must(posts, 'deputyOf', postCodes);
  must(rows('staff.csv'), 'post', postCodes);
  must(rows('duties.csv'), 'unit', unitCodes);
  must(rows('duties.csv'), 'post', postCodes);
  must(rows('duties.csv'), 'place', placeCodes);
  for (const column of ['owner', 'keeper', 'supervisor']) must(rows('assets.csv'), column, unitCodes);
  must(rows('assets.csv'), 'place', placeCodes);
  const outlined = new Set(
    ['division', 'grid', 'cell', 'police'].flatMap((layer) => features(layer).map((f) => f.properties.code)),
  );
  assert.deepEqual(outlined, placeCodes);
});

test('duties: each has a basis, each kind leads somewhere, no committee leads but its own affairs', () => {
  const duties = rows('duties.csv');
  const committees = new Set(units.filter((u) => u.kind!.endsWith('Committee')).map((u) => u.code));
  for (const duty of duties) {
    assert.ok(duty.basis);
    if (committees.has(duty.unit)) assert.equal(duty.kind, 'community.affairs');
  }
  const leads = new Set(duties.filter((d) => d.role === 'lead').map((d) => d.kind));
  const kinds =
    'water.supply power.outage gas.smell road.damage lamp.fault waste.dump noise.night property.lift';
  for (const kind of `${kinds} illegal.parking wages.unpaid other.inquiry`.split(' '))
    assert.ok(leads.has(kind), kind);
  assert.equal(duties.filter((d) => d.role === 'fallback' && d.kind === '*').length, 12);
});

test('police areas do not nest: some grids lie in two of them or in none', () => {
  const areas = features('police').map((f) => ringsOf(f)[0]!);
  const within = (ring: readonly Position[], [x, y]: Position): boolean => {
    let inside = false;
    for (let i = 1; i < ring.length; i++) {
      const [a, b] = [ring[i - 1]!, ring[i]!];
      if (a[1] > y !== b[1] > y && x < ((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1]) + a[0]) inside = !inside;
    }
    return inside;
  };
  let [torn, outside] = [0, 0];
  for (const grid of features('grid')) {
    const hits = new Set(ringsOf(grid)[0]!.map((p) => areas.findIndex((ring) => within(ring, p))));
    if (hits.has(-1)) outside++;
    if ([...hits].filter((i) => i >= 0).length > 1) torn++;
  }
  assert.ok(torn > 20 && outside > 20, `${torn} torn, ${outside} partly outside`);
});

test('no telephone number could ring: exchanges begin with 000', () => {
  for (const unit of units) {
    assert.match(unit.phone!, /^000-\d{8}$/);
    assert.match(unit.servicePhone!, /^(000-\d{8}|12345)?$/);
  }
});

test('the same seed gives the same bytes, another seed another town', () => {
  const [again, other] = [makeTown(1), makeTown(2)];
  for (const [name, text] of files) assert.equal(again.get(name), text, name);
  assert.notEqual(other.get('outlines/grid.geojson'), files.get('outlines/grid.geojson'));
  assert.equal(count(rows('places.csv', other), 'layer', 'grid'), 600);
});

test('chance: a fork is not moved by what its parent drew', () => {
  const [a, b] = [createRandom(7), createRandom(7)];
  a.next();
  assert.equal(a.fork('x').next(), b.fork('x').next());
  const drawn = Array.from({ length: 4000 }, () => b.poisson(3));
  assert.ok(Math.abs(drawn.reduce((x, y) => x + y) / 4000 - 3) < 0.15);
});

test('on holidays somebody of each street and town keeps its duty post, for a day, and is one of its own people', () => {
  const roster = rows('roster.csv');
  const unitOf = new Map(posts.map((post) => [post.code!, post.unit!]));
  const postsOf = Map.groupBy(rows('staff.csv'), (row) => row.person!);
  assert.equal(new Set(roster.map(({ unit }) => unit)).size, 12);
  for (const { unit, post, person, from, to } of roster) {
    assert.equal(unitOf.get(post!), unit);
    assert.ok(postsOf.get(person!)!.some((row) => unitOf.get(row.post!) === unit));
    assert.equal(Date.parse(to!) - Date.parse(from!), 24 * 3_600_000);
  }
});

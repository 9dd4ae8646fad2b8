import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { gunzipSync } from 'node:zlib';
import { checkLayer } from './check-layer.ts';
import { checkCode } from './codes.ts';
import { readOutlines } from './geojson.ts';
import { buildPlaceIndex, placesAt } from './place-index.ts';
import type { Layer, Place } from './places.ts';

const shared =
  process.env.GEZHI_SHARED_DATA ?? join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'data');
const skip = existsSync(join(shared, 'la-311'))
  ? false
  : `no real data at ${shared} (GEZHI_SHARED_DATA names it)`;

const CITY: Layer = { code: 'area', tiling: true, name: 'areas' };

test('Los Angeles: the answer agrees with the city’s own codes', { skip }, () => {
  const rows = ['2018_mini_b.csv.gz', 'MyLA311_2017_Subset.csv.gz'].flatMap((file) =>
    readCsv(`la-311/${file}`),
  );
  const council = new Map(
    readCsv('la-311/councils.csv').map((row) => [fold(row.council_name!), row.council_id!]),
  );
  const cases = [
    { file: 'la-city-council-districts-2012.json.gz', property: 'name', column: 'CD', atLeast: 0.994 },
    { file: 'nc-boundary-2019.json.gz', property: 'nc_id', column: 'NC', atLeast: 0.981 },
    { file: 'nc-certified.geojson.gz', property: 'nc_id', column: 'NC', atLeast: 0.981 },
    { file: 'nc-boundary-2020.geojson.gz', property: 'Name', column: 'NC', atLeast: 0.97 },
  ];
  for (const { file, property, column, atLeast } of cases) {
    const read = readOutlines(readJson(`la-311/${file}`), { codeProperty: property });
    if (file.includes('2020')) assert.equal(read.datum, 'EPSG:3857');
    const index = buildPlaceIndex([CITY], read.outlines.map(asPlace), { at: 0 });
    let [same, compared] = [0, 0];
    for (const row of rows) {
      const point = { lon: Number(row.Longitude), lat: Number(row.Latitude) };
      if (!row[column] || !row.Longitude || !Number.isFinite(point.lon)) continue;
      const found = placesAt(index, point).area?.[0];
      const code = property === 'Name' && found !== undefined ? council.get(fold(found)) : found;
      if (property === 'Name' && found !== undefined && code === undefined) continue;
      compared += 1;
      if (code === row[column] || (code !== undefined && Number(code) === Number(row[column]))) same += 1;
    }
    console.log(
      `${file}: ${compared} points, ${((same / compared) * 100).toFixed(2)} % agree, left out: ${read.problems.length}`,
    );
    assert.ok(compared > 9_000);
    assert.ok(same / compared >= atLeast, `${file}: ${same / compared}`);
  }
});

test('Los Angeles: the cities that the council districts surround are found as holes', { skip }, () => {
  const read = readOutlines(readJson('la-311/la-city-council-districts-2012.json.gz'), {
    codeProperty: 'name',
  });
  const found = checkLayer(CITY, read.outlines.map(asPlace), { at: 0 });
  const holes = found.filter(({ kind }) => kind === 'hole');
  const near = (squareKilometres: number, lon: number, lat: number): boolean =>
    holes.some(
      ({ squareMetres, at }) =>
        Math.abs(squareMetres / 1e6 - squareKilometres) < 0.3 &&
        Math.hypot(at.lon - lon, at.lat - lat) < 0.05,
    );
  assert.ok(near(6.15, -118.438, 34.287), 'San Fernando, 2.37 square miles');
  assert.ok(near(14.8 + 4.9, -118.4, 34.08), 'Beverly Hills with West Hollywood, 5.71 + 1.89 square miles');
  assert.ok(found.every(({ kind }) => kind === 'hole' || kind === 'overlap'));
});

test('Chinese counties: each county’s own inner point is answered by its code', { skip }, () => {
  for (const city of ['330500', '330100', '110000', '310000']) {
    const read = readOutlines(readJson(`cn-geojson/${city}.json.gz`), { codeProperty: 'adcode' });
    assert.deepEqual(read.problems, []);
    const index = buildPlaceIndex([CITY], read.outlines.map(asPlace), { at: 0 });
    for (const { code, properties } of read.outlines) {
      assert.ok(!('refused' in checkCode('cn', 'county', code)));
      const [lon, lat] = properties.center as [number, number];
      assert.deepEqual(placesAt(index, { lon, lat }).area, [code], `${code} ${String(properties.name)}`);
    }
    const kinds = Object.groupBy(checkLayer(CITY, read.outlines.map(asPlace), { at: 0 }), ({ kind }) => kind);
    console.log(
      `${city}: ${
        Object.entries(kinds)
          .map(([kind, all]) => `${kind} ${all!.length}`)
          .join(', ') || 'clean'
      }`,
    );
  }
});

test('every township-level code of China is taken, and its level follows from its number', { skip }, () => {
  const rows = readCsv('cn-divisions/streets.csv.gz');
  assert.equal(rows.length, 41_352);
  for (const { code, name, areaCode } of rows) {
    // One county without townships stands in the list under its own code.
    if (code!.endsWith('000')) continue;
    const level = name!.endsWith('街道')
      ? 'street'
      : name!.endsWith('镇')
        ? 'town'
        : name!.endsWith('乡')
          ? 'township'
          : '';
    const checked = level
      ? checkCode('cn', level, code!, areaCode)
      : checkCode('cn', 'cell', `${code}001001`, areaCode);
    assert.ok(!('refused' in checked), `${code} ${name}: ${JSON.stringify(checked)}`);
  }
});

function asPlace({ code, outline }: { code: string; outline: Place['outline'] & {} }): Place {
  return { layer: 'area', code, name: code, names: [], outline };
}

function fold(name: string): string {
  return name.toUpperCase().replace(/\bNC\b|[^A-Z]/g, '');
}

function readJson(file: string): unknown {
  return JSON.parse(readText(file));
}

function readText(file: string): string {
  const bytes = readFileSync(join(shared, file));
  return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}

/** RFC 4180, header line first. */
function readCsv(file: string): Record<string, string>[] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of readText(file).matchAll(
    /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g,
  )) {
    rows[rows.length - 1]!.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    if (end !== ',') rows.push([]);
  }
  const head = rows[0]!;
  return rows
    .slice(1)
    .filter((row) => row.length >= head.length)
    .map((row) => Object.fromEntries(head.map((name, k) => [name, row[k]!])));
}

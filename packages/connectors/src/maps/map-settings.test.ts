import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type MapSettings, readMapSettings } from './map-settings.ts';

function read(t: TestContext, yaml: string): MapSettings {
  const folder = mkdtempSync(join(tmpdir(), 'gezhi-maps-'));
  t.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'service.key'), 'made-up-key-1234\n');
  writeFileSync(join(folder, 'two-lines.key'), 'one line\nand another');
  writeFileSync(join(folder, 'maps.yaml'), yaml);
  return readMapSettings(join(folder, 'maps.yaml'));
}

test('天地图 needs a key and nothing else: both layers, its name and its datum are known', (t) => {
  const { tiles } = read(
    t,
    'tiles:\n  kind: tianditu\n  keyFile: service.key\n  reviewNumber: GS（2026）0000号\n',
  );
  assert.ok(tiles?.source.kind === 'service');
  const { source, ...rest } = tiles;
  assert.equal(source.layers.length, 2);
  assert.match(
    source.layers[0]!,
    /^https:\/\/t\{s\}\.tianditu\.gov\.cn\/vec_w\/wmts\?.*LAYER=vec.*tk=\{key\}$/,
  );
  assert.match(source.layers[1]!, /cva_w/);
  assert.equal(source.key, 'made-up-key-1234');
  assert.deepEqual(
    [rest.datum, rest.maxZoom, rest.attribution.zh, rest.reviewNumber],
    ['WGS-84', 18, '天地图', 'GS（2026）0000号'],
  );
});

test('a file of tiles lies beside the settings, or where its whole name says', (t) => {
  const { tiles } = read(
    t,
    'tiles: {kind: pmtiles, file: town.pmtiles, attribution: © OpenStreetMap contributors}\n',
  );
  assert.ok(tiles?.source.kind === 'file');
  assert.match(tiles.source.file, /gezhi-maps-.*\/town\.pmtiles$/);
  assert.equal(tiles.attribution.zh, '© OpenStreetMap contributors');
});

test('a shifted service says so, and CGCS2000 is as good as WGS-84', (t) => {
  const datum = (name: string) =>
    read(t, `tiles: {kind: xyz, url: "https://m.example/{z}/{x}/{y}", datum: ${name}, attribution: M}\n`)
      .tiles?.datum;
  assert.deepEqual(['gcj02', 'cgcs2000', 'wgs84'].map(datum), ['GCJ-02', 'WGS-84', 'WGS-84']);
});

test('a geocoder without an address is known where everybody has the same', (t) => {
  const { geocoder } = read(t, 'geocoder: {kind: tianditu, keyFile: service.key}\n');
  assert.equal(geocoder?.url, 'https://api.tianditu.gov.cn');
  assert.equal(geocoder?.attribution.en, 'Tianditu');
});

test('an empty file sets nothing', (t) => {
  assert.deepEqual(read(t, '# nothing yet\n'), {});
});

const XYZ = 'tiles:\n  kind: xyz\n  attribution: M\n';
const WRONG: readonly [yaml: string, message: RegExp][] = [
  ['tiles:\n  kind: wms\n', /maps\.yaml:2 tiles\.kind: must be xyz, tianditu or pmtiles/],
  [
    `${XYZ}  url: https://m.example/{z}/{x}\n`,
    /maps\.yaml:4 tiles\.url: It must name \{z\}, \{x\} and \{y\}/,
  ],
  [`${XYZ}  url: "https://m.example/{z}/{x}/{y}?k={token}"\n`, /\{token\} means nothing here/],
  [`${XYZ}  url: "ftp://m.example/{z}/{x}/{y}"\n`, /must be an address/],
  [`${XYZ}  url: "https://me:secret@m.example/{z}/{x}/{y}"\n`, /without user and password/],
  [`${XYZ}  url: "https://m.example/{z}/{x}/{y}?k={key}"\n`, /name the file that holds it as keyFile/],
  [`${XYZ}  url: "https://m.example/{z}/{x}/{y}"\n  keyFile: service.key\n`, /write \{key\} in url/],
  [
    `${XYZ}  url: "https://m.example/{z}/{x}/{y}"\n  maxZoom: 30\n`,
    /maps\.yaml:5 tiles\.maxZoom: must be 0 to 22/,
  ],
  [`${XYZ}  url: "https://m.example/{z}/{x}/{y}"\n  minZoom: 12\n  maxZoom: 9\n`, /is less than minZoom, 12/],
  [`${XYZ}  url: "https://m.example/{z}/{x}/{y}"\n  datum: bd09\n`, /must be wgs84, cgcs2000 or gcj02/],
  [`${XYZ}  url: "https://m.example/{z}/{x}/{y}"\n  zoom: 9\n`, /zoom/],
  ['tiles: {kind: xyz, url: "https://m.example/{z}/{x}/{y}"}\n', /Say whose map it is: attribution/],
  ['tiles: {kind: tianditu}\n', /name the file that holds it as keyFile/],
  ['tiles: {kind: tianditu, keyFile: none.key}\n', /none\.key cannot be read/],
  ['tiles: {kind: tianditu, keyFile: two-lines.key}\n', /must hold the key alone/],
  ['geocoder: {kind: nominatim, attribution: N}\n', /has no address of its own here/],
  ['geocoder: {kind: photon, url: "https://p.example"}\n', /Say whose answers they are/],
  ['geocoder: {kind: tianditu}\n', /asks for a key/],
  ['tiles: [\n', /maps\.yaml:\d/],
];

for (const [yaml, message] of WRONG) {
  test(`told with where and what: ${yaml.replaceAll('\n', ' ').slice(0, 90)}`, (t) => {
    assert.throws(() => read(t, yaml), { code: 'bad-setting', message });
  });
}

test('a key is never repeated', (t) => {
  assert.throws(
    () => read(t, 'tiles: {kind: tianditu, keyFile: two-lines.key}\n'),
    (error: Error) => !error.message.includes('and another'),
  );
});

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { type Box, toGcj02 } from '@gezhi/place';
import { type FakeService, serveFake } from '../testing/serve-fake.ts';
import { openGeocoder } from './geocode.ts';
import type { GeocoderSettings } from './map-settings.ts';

/** Made-up places in a made-up town, in the shapes in which the three services answer. */
const BOX: Box = [119.2, 30.1, 119.6, 30.5];
const BY = { zh: '示例', en: 'Sample' };

const TIANDITU = {
  count: '1',
  keyword: '云杉书屋',
  resultType: 1,
  status: { infocode: 1000, cndesc: '服务正常' },
  pois: [
    {
      name: '云杉书屋',
      address: '某市某路1号',
      lonlat: '119.4,30.3',
      poiType: '101',
      phone: '',
      hotPointID: 'A0',
      source: '0',
      province: '某省',
      city: '某市',
      county: '某区',
    },
  ],
};
const NOMINATIM = [
  {
    place_id: 1,
    licence: 'Data © OpenStreetMap contributors, ODbL 1.0.',
    osm_type: 'node',
    osm_id: 1,
    lat: '30.3',
    lon: '119.4',
    category: 'shop',
    type: 'books',
    place_rank: 30,
    importance: 0.0001,
    addresstype: 'shop',
    name: '云杉书屋',
    display_name: '云杉书屋, 某路, 某市, 中国',
    boundingbox: ['30.2999', '30.3001', '119.3999', '119.4001'],
  },
];
const PHOTON = {
  type: 'FeatureCollection',
  features: [
    {
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [119.4, 30.3] },
      properties: {
        osm_type: 'N',
        osm_id: 1,
        osm_key: 'shop',
        osm_value: 'books',
        type: 'house',
        name: '云杉书屋',
        street: '某路',
        housenumber: '1',
        city: '某市',
        countrycode: 'CN',
      },
    },
  ],
};

async function ask(
  t: TestContext,
  kind: GeocoderSettings['kind'],
  answer: unknown,
  changes: Partial<GeocoderSettings> & { status?: number } = {},
) {
  const fake: FakeService = await serveFake((_, response) =>
    response
      .writeHead(changes.status ?? 200, { 'content-type': 'application/json' })
      .end(typeof answer === 'string' ? answer : JSON.stringify(answer)),
  );
  t.after(() => fake.stop());
  const { status: _, ...own } = changes;
  const settings: GeocoderSettings = {
    kind,
    url: fake.url,
    attribution: BY,
    datum: 'WGS-84',
    allowPrivate: true,
    ...own,
  };
  const found = await openGeocoder(settings, 'gezhi-test', 400).find({
    text: '云杉书屋',
    box: BOX,
    language: 'zh',
  });
  return { found, asked: new URL(fake.asked[0]?.address ?? '/', fake.url), fake };
}

test('天地图 is asked by 地名搜索 V2.0 within the box, with its key', async (t) => {
  const { found, asked } = await ask(t, 'tianditu', TIANDITU, { key: 'made-up-key' });
  assert.equal(asked.pathname, '/v2/search');
  assert.deepEqual([asked.searchParams.get('type'), asked.searchParams.get('tk')], ['query', 'made-up-key']);
  assert.deepEqual(JSON.parse(asked.searchParams.get('postStr') ?? ''), {
    keyWord: '云杉书屋',
    level: 12,
    mapBound: BOX.join(','),
    queryType: 2,
    start: 0,
    count: 5,
  });
  assert.deepEqual(found, {
    outcome: 'found',
    places: [{ name: '云杉书屋', where: '某市某路1号', lon: 119.4, lat: 30.3 }],
  });
});

test('Nominatim is asked by jsonv2, bounded to the box as west, north, east, south', async (t) => {
  const { found, asked } = await ask(t, 'nominatim', NOMINATIM);
  assert.equal(asked.pathname, '/search');
  assert.equal(asked.searchParams.get('viewbox'), '119.2,30.5,119.6,30.1');
  assert.deepEqual([asked.searchParams.get('format'), asked.searchParams.get('bounded')], ['jsonv2', '1']);
  assert.deepEqual(found, {
    outcome: 'found',
    places: [{ name: '云杉书屋', where: '云杉书屋, 某路, 某市, 中国', lon: 119.4, lat: 30.3 }],
  });
});

test('Photon is asked within the box, and answers GeoJSON', async (t) => {
  const { found, asked } = await ask(t, 'photon', PHOTON);
  assert.equal(asked.pathname, '/api');
  assert.equal(asked.searchParams.get('bbox'), BOX.join(','));
  assert.deepEqual(found, {
    outcome: 'found',
    places: [{ name: '云杉书屋', where: '某路 1, 某市', lon: 119.4, lat: 30.3 }],
  });
});

test('a shifted service is told a shifted box, and its points are laid back', async (t) => {
  const { lon, lat } = toGcj02({ lon: 119.4, lat: 30.3 });
  const [feature] = PHOTON.features;
  const shifted = { features: [{ ...feature, geometry: { type: 'Point', coordinates: [lon, lat] } }] };
  const { found, asked } = await ask(t, 'photon', shifted, { datum: 'GCJ-02' });
  assert.notEqual(asked.searchParams.get('bbox'), BOX.join(','));
  assert.ok(found.outcome === 'found');
  assert.deepEqual([found.places[0]?.lon, found.places[0]?.lat], [119.4, 30.3]);
});

const NONE: readonly (readonly [GeocoderSettings['kind'], unknown])[] = [
  ['tianditu', { status: { infocode: 3001, cndesc: '没有找到数据' }, resultType: 1, count: '0' }],
  ['tianditu', { ...TIANDITU, pois: [{ ...TIANDITU.pois[0], lonlat: '0,0' }] }],
  ['tianditu', { ...TIANDITU, pois: [{ ...TIANDITU.pois[0], lonlat: 'somewhere' }] }],
  ['nominatim', []],
  ['photon', { type: 'FeatureCollection', features: [] }],
];
for (const [kind, answer] of NONE) {
  test(`${kind}: ${JSON.stringify(answer).slice(0, 60)} is no place of the town`, async (t) => {
    assert.deepEqual((await ask(t, kind, answer)).found, { outcome: 'found', places: [] });
  });
}

const AWAY: readonly (readonly [GeocoderSettings['kind'], unknown, number, RegExp])[] = [
  ['tianditu', { status: { infocode: 2001, cndesc: '请求参数错误' } }, 200, /infocode 2001/],
  ['tianditu', { msg: '权限类型错误', code: 301014 }, 403, /status 403/],
  ['nominatim', { error: 'Unable to geocode' }, 200, /unreadable/],
  ['photon', '<html>busy</html>', 200, /unreadable/],
  ['photon', `[${'1,'.repeat(400_000)}1]`, 200, /too-large/],
  ['nominatim', '', 503, /status 503/],
];
for (const [kind, answer, status, problem] of AWAY) {
  test(`${kind}: ${String(problem)} is no answer, and nobody is thrown at`, async (t) => {
    const { found } = await ask(t, kind, answer, { status });
    assert.ok(found.outcome === 'away');
    assert.match(found.problem, problem);
  });
}

test('an address inside the house is not asked unless the settings say so', async (t) => {
  const { found, fake } = await ask(t, 'photon', PHOTON, { allowPrivate: false });
  assert.deepEqual([found, fake.asked.length], [{ outcome: 'away', problem: 'private-address' }, 0]);
});

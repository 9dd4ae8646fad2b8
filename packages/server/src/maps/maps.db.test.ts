import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { openGeocoder, openTiles } from '@gezhi/connectors';
import { type FakeService, paintTile, serveFake } from '@gezhi/connectors/testing';
import { type Box, type Tile, tilesOver } from '@gezhi/place';
import { demoApp, NOW } from '../testing/demo-town.ts';
import { boxOfTown } from './maps.ts';

const GREY = paintTile(120, 120, 120);
const BY = { zh: '示例地图', en: 'Sample map' };

async function fakeFor(t: TestContext, answer: Parameters<typeof serveFake>[0]): Promise<FakeService> {
  const fake = await serveFake(answer);
  t.after(() => fake.stop());
  return fake;
}

/** The town over a map service that answers as it is told, one test after another. */
async function withTiles(t: TestContext) {
  const says: { now: Parameters<typeof serveFake>[0] } = {
    now: (_, response) => response.writeHead(200).end(GREY),
  };
  const fake = await fakeFor(t, (request, response) => says.now(request, response));
  const cacheDir = mkdtempSync(join(tmpdir(), 'gezhi-tiles-'));
  t.after(() => rmSync(cacheDir, { recursive: true, force: true }));
  const source = {
    kind: 'service',
    layers: [`${fake.url}/{z}/{x}/{y}?tk={key}`],
    key: 'made-up-key',
    allowPrivate: true,
  } as const;
  const shown = { minZoom: 8, maxZoom: 18, size: 256, datum: 'WGS-84', attribution: BY } as const;
  const tiles = await openTiles(
    { ...shown, source, reviewNumber: 'GS（2026）0000号', keepDays: 7, keepMegabytes: 1 },
    { cacheDir, userAgent: 'gezhi-test', now: () => NOW, log: () => undefined, timeoutMs: 500 },
  );
  return { fake, says, ...(await demoApp(t, { maps: { tiles } })) };
}

const path = ({ z, x, y }: Tile): string => `/tiles/0/${z}/${x}/${y}`;

/** The tile in the middle of a town. */
function middle(box: Box | undefined, z: number): Tile {
  const [west = 0, south = 0, east = 0, north = 0] = box ?? [];
  const [lon, lat] = [(west + east) / 2, (south + north) / 2];
  return tilesOver([lon, lat, lon, lat], z)[0]!;
}

test('without a map setting there are no tiles, and the sketch says nothing of them', async (t) => {
  const { server, town } = await demoApp(t);
  assert.equal((await server.inject(path(middle(boxOfTown(town), 12)))).statusCode, 404);
  assert.equal((await server.inject('/api/places/sketch')).json().tiles, undefined);
  assert.deepEqual((await server.inject('/api/places/outside')).json(), {});
  const asked = await server.inject({
    method: 'POST',
    url: '/api/places/outside',
    payload: { text: '某处' },
  });
  assert.equal(asked.statusCode, 404);
  assert.equal(asked.json().code, 'no-outside');
});

test('tiles of the town come from this service', async (t) => {
  const { fake, says, server, town } = await withTiles(t);
  await t.test('with whose they are and their review number, and never with the key', async () => {
    const sketch = (await server.inject('/api/places/sketch')).json();
    assert.deepEqual(
      [sketch.tiles.attribution, sketch.tiles.reviewNumber, sketch.tiles.layers, sketch.tiles.drawn],
      [BY, 'GS（2026）0000号', 1, false],
    );
    const tile = middle(boxOfTown(town), 14);
    const got = await server.inject(path(tile));
    assert.equal(got.statusCode, 200);
    assert.equal(got.headers['content-type'], 'image/png');
    assert.match(String(got.headers['cache-control']), /^public, max-age=86400$/);
    assert.match(String(got.headers['content-security-policy']), /default-src 'none'/);
    assert.deepEqual(got.rawPayload, GREY);
    assert.deepEqual(
      fake.asked.map(({ address }) => address),
      [`/${tile.z}/${tile.x}/${tile.y}?tk=made-up-key`],
    );
    assert.ok(!JSON.stringify(sketch).includes('made-up-key') && !JSON.stringify(sketch).includes(fake.url));
  });
  await t.test(
    'what does not touch the town, lies beyond the zooms or is no tile is not fetched',
    async () => {
      const before = fake.asked.length;
      const { x, y } = middle(boxOfTown(town), 12);
      for (const url of [
        path({ z: 12, x: x + 200, y }),
        path({ z: 19, x: 0, y: 0 }),
        path({ z: 7, x: 0, y: 0 }),
        path({ z: 12, x: 2 ** 12, y }),
        `/tiles/0/12/${x}/-1`,
        `/tiles/0/12/${x}/${y}.png`,
        `/tiles/0/012/${x}/${y}`,
        `/tiles/a/12/${x}/${y}`,
        '/tiles/0/12/%2e%2e/1',
      ])
        assert.equal((await server.inject(url)).statusCode, 404, url);
      const none = await server.inject(`/tiles/1/12/${x}/${y}`);
      assert.equal(none.statusCode, 204, 'a layer that the setting has not');
      assert.equal(fake.asked.length, before);
    },
  );
  await t.test('a map service that is down is told as that, with when to come again', async () => {
    says.now = (_, response) => response.writeHead(500).end();
    const got = await server.inject(path(middle(boxOfTown(town), 12)));
    assert.equal(got.statusCode, 503);
    assert.equal(got.json().code, 'map-away');
    assert.ok(Number(got.headers['retry-after']) > 0);
  });
});

/** Where an answer of Nominatim lies, in the shape of its jsonv2. */
const inTheMiddle = ([west, south, east, north]: Box) => [
  {
    lat: String((south + north) / 2),
    lon: String((west + east) / 2),
    name: '云杉书屋',
    display_name: '云杉书屋, 某路, 某市',
  },
  { lat: '10.0', lon: '10.0', name: '云杉书屋', display_name: '云杉书屋, 别处' },
];

test('a service of place names outside', async (t) => {
  let answer: readonly unknown[] = [];
  let status = 200;
  const fake = await fakeFor(t, (_, response) => response.writeHead(status).end(JSON.stringify(answer)));
  const service = {
    kind: 'nominatim' as const,
    ...({ url: fake.url, datum: 'WGS-84', attribution: BY, allowPrivate: true } as const),
  };
  const { server, town, clock } = await demoApp(t, {
    maps: { geocoder: openGeocoder(service, 'gezhi-test', 500) },
  });
  const ask = (text: string) => {
    clock.now += 1_000;
    return server.inject({ method: 'POST', url: '/api/places/outside', payload: { text } });
  };
  await t.test('is asked for what our register does not know, and named with its answer', async () => {
    answer = inTheMiddle(boxOfTown(town)!);
    const got = (await ask('云杉书屋')).json();
    assert.deepEqual([got.by, got.from, got.known], [BY, 'nominatim', false]);
    assert.deepEqual(
      got.places.map(({ name, where }: { name: string; where: string }) => [name, where]),
      [['云杉书屋', '云杉书屋, 某路, 某市']],
      'what lies elsewhere is no answer',
    );
    const asked = new URL(fake.asked[0]!.address, fake.url).searchParams;
    assert.deepEqual([asked.get('q'), asked.get('bounded')], ['云杉书屋', '1']);
    const told = ['accept-language', 'bounded', 'format', 'limit', 'q', 'viewbox'];
    assert.deepEqual([...asked.keys()].sort(), told);
  });
  await t.test('is not asked for what our register knows', async () => {
    const { places } = town.places;
    const known = places.find(({ layer, level }) => layer === 'division' && level === 'community');
    assert.deepEqual((await ask(known!.name)).json().known, true);
    assert.equal(fake.asked.length, 1);
  });
  await t.test('never learns a telephone or a name that stands in the text of the place', async () => {
    await ask('云杉书屋旁，联系人张晓明，电话13900000000');
    const q = new URL(fake.asked.at(-1)!.address, fake.url).searchParams.get('q') ?? '';
    assert.match(q, /云杉书屋/);
    assert.doesNotMatch(q, /13900000000|张晓明|■/);
  });
  await t.test('is told as failing where it fails, and not asked more often than it takes', async () => {
    status = 500;
    const failed = await ask('云杉书屋');
    assert.deepEqual([failed.statusCode, failed.json().code], [503, 'map-away']);
    clock.now -= 60_000;
    const codes: number[] = [];
    for (let i = 0; i < 8; i += 1) {
      clock.now -= 1_000;
      codes.push((await ask('云杉书屋')).statusCode);
    }
    assert.ok(codes.includes(429), codes.join());
  });
});

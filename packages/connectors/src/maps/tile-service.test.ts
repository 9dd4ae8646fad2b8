import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { paintTile } from '../testing/paint-tile.ts';
import { type FakeService, serveFake } from '../testing/serve-fake.ts';
import { writePmtiles } from '../testing/write-pmtiles.ts';
import type { TileSettings } from './map-settings.ts';
import { pictureOf } from './tile-image.ts';
import { openTiles, type TileService } from './tile-service.ts';

const GREY = paintTile(120, 120, 120);
const TILE = { z: 12, x: 3401, y: 1673 };
const DAY = 86_400_000;

type Answer = Parameters<typeof serveFake>[0];

function folderFor(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'gezhi-tiles-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const SHOWN = {
  minZoom: 0,
  maxZoom: 18,
  size: 256,
  datum: 'WGS-84',
  attribution: { zh: '甲', en: 'A' },
} as const;

/** A service of our own that stands for one outside, and tiles that come from it. */
async function opened(
  t: TestContext,
  answer: Answer,
  changes: { layer?: string; keepMegabytes?: number; allowPrivate?: boolean; cacheDir?: string } = {},
): Promise<{
  fake: FakeService;
  tiles: TileService;
  clock: { now: number };
  said: string[];
  cacheDir: string;
}> {
  const fake = await serveFake(answer);
  t.after(() => fake.stop());
  const { layer = '/{z}/{x}/{y}.png?key={key}', allowPrivate = true, keepMegabytes = 1 } = changes;
  const settings: TileSettings = {
    ...SHOWN,
    source: { kind: 'service', layers: [fake.url + layer], key: 'made up/key', allowPrivate },
    keepDays: 7,
    keepMegabytes,
  };
  const clock = { now: Date.now() };
  const said: string[] = [];
  const cacheDir = changes.cacheDir ?? folderFor(t);
  const tiles = await openTiles(settings, {
    cacheDir,
    userAgent: 'gezhi-test (+https://town.example)',
    timeoutMs: 300,
    now: () => clock.now,
    log: (line) => said.push(line),
  });
  t.after(() => tiles.close());
  return { fake, tiles, clock, said, cacheDir };
}

const paint: Answer = (_, response) => response.writeHead(200, { 'content-type': 'text/plain' }).end(GREY);

test('a tile is fetched once with the key and our name, kept, and fetched anew when it is old', async (t) => {
  const { fake, tiles, clock } = await opened(t, paint);
  for (let i = 0; i < 3; i += 1)
    assert.deepEqual(await tiles.tile(0, TILE, 'light'), { type: 'image/png', bytes: GREY });
  assert.deepEqual(
    fake.asked.map(({ address, agent }) => [address, agent]),
    [['/12/3401/1673.png?key=made%20up%2Fkey', 'gezhi-test (+https://town.example)']],
  );
  clock.now += 8 * DAY;
  await tiles.tile(0, TILE, 'light');
  assert.equal(fake.asked.length, 2);
});

test('nothing of who looks at the map goes out', async (t) => {
  const { fake, tiles } = await opened(t, paint);
  await tiles.tile(0, TILE, 'light');
  const names = Object.keys(fake.asked[0]?.headers ?? {}).sort();
  assert.deepEqual(names, ['accept', 'accept-encoding', 'connection', 'host', 'user-agent']);
});

test('many who ask for the same tile at once wait for one call', async (t) => {
  const { fake, tiles } = await opened(t, paint);
  await Promise.all(Array.from({ length: 20 }, () => tiles.tile(0, TILE, 'light')));
  assert.equal(fake.asked.length, 1);
});

test('rows may be counted from the south, and tiles are spread over eight names', async (t) => {
  const { fake, tiles } = await opened(t, paint, { layer: '/t{s}/{z}/{x}/{-y}' });
  await tiles.tile(0, { z: 1, x: 1, y: 0 }, 'light');
  assert.equal(fake.asked[0]?.address, '/t1/1/1/1');
});

test('what is kept lasts over a start, is bounded, and the oldest goes first', async (t) => {
  const cacheDir = folderFor(t);
  const many = await opened(t, paint, { cacheDir, keepMegabytes: (GREY.length * 3.5) / 1e6 });
  for (let x = 0; x < 8; x += 1) await many.tiles.tile(0, { z: 4, x, y: 1 }, 'light');
  assert.equal(readdirSync(cacheDir).length, 3);
  await many.tiles.tile(0, { z: 4, x: 7, y: 1 }, 'light');
  assert.equal(many.fake.asked.length, 8, 'the newest is still there');
  await many.tiles.tile(0, { z: 4, x: 0, y: 1 }, 'light');
  assert.equal(many.fake.asked.length, 9, 'the oldest is not');
});

test('where there is no tile there is none, and an unknown layer has none', async (t) => {
  const { tiles } = await opened(t, (_, response) => response.writeHead(404).end());
  assert.equal(await tiles.tile(0, TILE, 'light'), 'none');
  assert.equal(await tiles.tile(3, TILE, 'light'), 'none');
});

test('a page, a script or an SVG in a tile’s place is no picture, whatever its header says', async (t) => {
  for (const body of [
    '<html>',
    '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
    '{"code":301004}',
    '',
  ]) {
    const { tiles } = await opened(t, (_, r) => r.writeHead(200, { 'content-type': 'image/png' }).end(body));
    assert.equal(await tiles.tile(0, TILE, 'light'), 'away', body);
  }
});

const TROUBLE: Readonly<Record<string, Answer>> = {
  'says 403': (_, response) => response.writeHead(403).end('{"msg":"wrong key"}'),
  'leads elsewhere': (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
  hangs: () => undefined,
  'breaks off': (request) => request.socket.destroy(),
  'never ends': (_, response) => {
    response.writeHead(200);
    const pour = (): void => {
      while (response.write(Buffer.alloc(65_536)));
      if (!response.destroyed) response.once('drain', pour);
    };
    response.on('error', () => undefined);
    pour();
  },
};

for (const [what, answer] of Object.entries(TROUBLE)) {
  test(`a service that ${what} is away`, async (t) => {
    const { tiles } = await opened(t, answer);
    assert.equal(await tiles.tile(0, TILE, 'light'), 'away');
  });
}

test('after three failures it is left alone for a while, said once, and the old tile is shown rather than none', async (t) => {
  let isUp = true;
  const { fake, tiles, clock, said } = await opened(t, (_, response) =>
    isUp ? response.writeHead(200).end(GREY) : response.writeHead(500).end(),
  );
  await tiles.tile(0, TILE, 'light');
  isUp = false;
  clock.now += 8 * DAY;
  for (let x = 0; x < 6; x += 1) assert.equal(await tiles.tile(0, { ...TILE, x }, 'light'), 'away');
  assert.equal(fake.asked.length, 4, 'one that went well, and three that did not');
  assert.notEqual(await tiles.tile(0, TILE, 'light'), 'away', 'old as it is');
  assert.deepEqual(said, [
    'The map service gives no tiles (status 500); the plain sketch is shown meanwhile.',
  ]);
  isUp = true;
  clock.now += 60_000;
  assert.notEqual(await tiles.tile(0, { ...TILE, x: 1 }, 'light'), 'away');
  assert.equal(said[1], 'The map service answers again.');
});

test('an address inside the house is not called unless the settings say so', async (t) => {
  const { fake, tiles } = await opened(t, paint, { allowPrivate: false });
  assert.equal(await tiles.tile(0, TILE, 'light'), 'away');
  assert.equal(fake.asked.length, 0);
});

test('a file of pictures gives its tiles, and its zooms', async (t) => {
  const file = join(folderFor(t), 'town.pmtiles');
  const tiles = [0, 1, 2, 3].map((x) => ({ z: 2, x, y: 1, bytes: paintTile(x * 60, 90, 90) }));
  writePmtiles(file, 'png', [...tiles, { z: 3, x: 0, y: 0, bytes: GREY }]);
  const source = { kind: 'file', file } as const;
  const opened = await openTiles(
    { ...SHOWN, source, keepDays: 1, keepMegabytes: 0 },
    { cacheDir: '', userAgent: '', now: () => 0, log: () => undefined },
  );
  t.after(() => opened.close());
  assert.deepEqual([opened.shown.minZoom, opened.shown.maxZoom, opened.shown.drawn], [2, 3, false]);
  for (const { bytes, ...at } of tiles) assert.deepEqual(await opened.tile(0, at, 'light'), pictureOf(bytes));
  assert.equal(await opened.tile(0, { z: 3, x: 5, y: 5 }, 'light'), 'none');
});

test('a file that is none, is not there, or holds what we cannot show is told at the start', async (t) => {
  const folder = folderFor(t);
  const open = (file: string) =>
    openTiles(
      { ...SHOWN, source: { kind: 'file', file: join(folder, file) }, keepDays: 1, keepMegabytes: 0 },
      { cacheDir: '', userAgent: '', now: () => 0, log: () => undefined },
    );
  writePmtiles(join(folder, 'mlt.pmtiles'), 'mlt', [{ z: 0, x: 0, y: 0, bytes: GREY }]);
  await assert.rejects(open('mlt.pmtiles'), { code: 'bad-setting', message: /kind that is not shown here/ });
  await assert.rejects(open('none.pmtiles'), {
    code: 'bad-setting',
    message: /none\.pmtiles cannot be read/,
  });
  await assert.rejects(open('.'), { code: 'bad-setting' });
});

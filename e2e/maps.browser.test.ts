import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { paintTile, serveFake } from '@gezhi/connectors/testing';
import { type Looking, openBrowser } from './kit/browser.ts';
import { livelyTown } from './kit/lively-town.ts';

/** A map service and a service of place names on this machine, which stand for some outside, and the file that names them. */
async function outside(t: TestContext) {
  const grey = paintTile(205, 222, 210);
  const tiles = await serveFake((_, answer) => answer.end(grey));
  const names = await serveFake((request, answer) => {
    const box =
      new URL(request.url ?? '/', 'http://x').searchParams.get('bbox')?.split(',').map(Number) ?? [];
    const coordinates = [((box[0] ?? 0) + (box[2] ?? 0)) / 2, ((box[1] ?? 0) + (box[3] ?? 0)) / 2];
    const feature = {
      geometry: { type: 'Point', coordinates },
      properties: { name: '云杉书屋', street: '某路' },
    };
    answer.end(JSON.stringify({ features: [feature] }));
  });
  const folder = await mkdtemp(join(tmpdir(), 'gezhi-e2e-maps-'));
  t.after(async () => {
    await Promise.all([tiles.stop(), names.stop(), rm(folder, { recursive: true, force: true })]);
  });
  const mapsFile = join(folder, 'maps.yaml');
  await writeFile(
    mapsFile,
    `tiles:
  kind: xyz
  url: ${tiles.url}/{z}/{x}/{y}?key={key}
  keyFile: tiles.key
  private: true
  attribution: {zh: 示例底图, en: Sample map}
  reviewNumber: GS（2026）0000号
geocoder: {kind: photon, url: "${names.url}", private: true, attribution: {zh: 示例地名, en: Sample names}}
`,
  );
  await writeFile(join(folder, 'tiles.key'), 'made-up-key');
  return { mapsFile, tiles, names };
}

test('tiles under the sketch, and a place from outside', async (t) => {
  const { mapsFile, tiles, names } = await outside(t);
  const { url } = await livelyTown(t, { days: 2, mapsFile });
  const browser = await openBrowser(t);
  await t.test(
    'stand under it with whose they are and their review number, and no request leaves the machine',
    () => lookNearby(browser, url, tiles.asked),
  );
  await t.test('a place that the town does not know is asked for by a press, and its source goes along', () =>
    reportFromOutside(browser, url, names.asked),
  );
  await t.test('a map service that is down leaves the sketch, and the map says so quietly', async () => {
    const { page } = await browser.screen(url, { width: 1440, height: 900, lang: 'en' });
    await page.route('**/tiles/**', (route) => route.fulfill({ status: 503 }));
    await page.goto('/portal/near');
    await page.getByText('No map underneath just now').waitFor();
    await page.locator('.sketch:not(.on-tiles) .sketch-area').first().waitFor();
  });
});

type Asked = readonly { readonly address: string; readonly headers: object }[];

async function lookNearby(browser: Looking, url: string, asked: Asked): Promise<void> {
  const { page, troubles, barriers } = await browser.screen(url, { width: 1440, height: 900 });
  const paths: string[] = [];
  page.on('request', (request) => paths.push(request.url()));
  await page.goto('/portal/near');
  await page.getByText('示例底图 · 审图号：GS（2026）0000号').waitFor();
  await page.locator('.sketch.on-tiles image').first().waitFor();
  const before = await page.locator('.sketch').getAttribute('viewBox');
  await page.getByRole('button', { name: '放大' }).click();
  await page.keyboard.press('+');
  await page.keyboard.press('ArrowLeft');
  assert.notEqual(await page.locator('.sketch').getAttribute('viewBox'), before);
  await page.getByRole('button', { name: '看全图' }).click();
  assert.equal(await page.locator('.sketch').getAttribute('viewBox'), before);
  const own = paths.filter((path) => path.includes('/tiles/'));
  assert.ok(
    own.length > 0 && paths.every((path) => path.startsWith(url) || path.startsWith('blob:')),
    paths.join('\n'),
  );
  assert.ok(!paths.some((path) => path.includes('made-up-key')), 'the key stays on the server');
  assert.ok(asked.every(({ address }) => address.endsWith('?key=made-up-key')));
  assert.deepEqual(await barriers(), []);
  assert.deepEqual(troubles(), []);
}

async function reportFromOutside(browser: Looking, url: string, asked: Asked): Promise<void> {
  const { page, context, troubles, barriers } = await browser.screen(url);
  await page.goto('/portal/');
  await page.getByLabel('出了什么事？').fill('书屋门口的路灯不亮了');
  await page.getByRole('button', { name: '下一步' }).click();
  await page.getByLabel('地点').fill('云杉书屋');
  await page.getByText('发给示例地名').waitFor();
  assert.equal(asked.length, 0, 'nobody is asked without a press');
  await page.getByRole('button', { name: '用外部地名服务查找' }).click();
  await page.getByRole('button', { name: /云杉书屋/ }).click();
  await page.getByText('地点：云杉书屋（来自Photon）').waitFor();
  assert.deepEqual(await barriers(), []);
  assert.deepEqual(
    asked.map(({ address }) => [...new URL(address, url).searchParams.keys()].sort().join()),
    ['bbox,limit,q'],
  );
  const sent = page.waitForRequest(
    (request) => request.method() === 'POST' && request.url().includes('/api/signals'),
  );
  await page.getByRole('button', { name: '下一步' }).click();
  for (const name of ['不是，继续', '都不是', '下一步', '发出']) {
    const button = page.getByRole('button', { name, exact: false });
    if ((await button.count()) > 0 && (await button.first().isVisible())) await button.first().click();
    await page.waitForTimeout(300);
  }
  const event = (await sent).postDataJSON() as { data: { pointFrom?: string; point?: object } };
  assert.equal(event.data.pointFrom, 'photon');
  assert.ok(event.data.point);
  assert.deepEqual(troubles(), []);
  await context.close();
}

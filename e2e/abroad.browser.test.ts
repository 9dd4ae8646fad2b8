import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { openBrowser } from './kit/browser.ts';
import { startServiceProcess } from './kit/service-process.ts';

const CLI = fileURLToPath(new URL('../apps/cli/src/main.ts', import.meta.url));

test('a 311 manager abroad drops in her CSV and has her wards, kinds, how far they agree, and an Open311 address', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'gezhi-abroad-'));
  const dataDir = join(folder, 'data');
  await writeFile(join(folder, 'my311.csv'), CSV);
  await writeFile(join(folder, 'nc.geojson'), JSON.stringify(WARDS));
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...[CLI, 'import', join(folder, 'my311.csv'), '--profile', 'la311'],
    ...['--layer', `NC=${join(folder, 'nc.geojson')}`, '--data', dataDir, '--json'],
  ]);
  const told = JSON.parse(stdout) as {
    readonly accepted: number;
    readonly agreement: { readonly NC: { readonly n: number; readonly share: number } };
  };
  assert.deepEqual([told.accepted, told.agreement.NC], [4, { n: 4, share: 0.75 }]);

  const service = await startServiceProcess({ dataDir });
  t.after(async () => {
    await service.stop();
    await rm(folder, { recursive: true, force: true });
  });
  await service.ready();
  const browser = await openBrowser(t);
  const screen = await browser.screen(service.url, { width: 1440, height: 900, lang: 'en' });
  const { page } = screen;
  await page.goto('/');
  await page.getByRole('link', { name: 'Catalogue and areas' }).click();
  await page.getByText('NC (2)').click();
  await page.getByText('First ward · Second ward').waitFor();
  for (const kind of ['Graffiti Removal', 'Bulky Items', 'Dead Animal Removal'])
    await page.getByRole('rowheader', { name: kind }).waitFor();
  assert.deepEqual(await screen.barriers(), []);
  await page.getByRole('link', { name: `${service.url}/open311/v2` }).click();
  assert.match((await page.locator('body').textContent()) ?? '', /\/open311\/v2/);
  await page.goto('/open311/v2/services.json');
  assert.match((await page.locator('body').textContent()) ?? '', /Graffiti Removal/);
  await page.goto('/api/places/at?lon=-118.25&lat=34.05');
  assert.match((await page.locator('body').textContent()) ?? '', /"NC":\[\{"code":"11"/);
  assert.deepEqual(screen.troubles(), []);
});

/** Rows as MyLA311 exports them, made up; the last names another ward than the one its point lies in. */
const CSV = [
  'SRNumber,CreatedDate,UpdatedDate,Owner,RequestType,Status,RequestSource,AssignTo,ServiceDate,ClosedDate,Address,Latitude,Longitude,NC,CD',
  ...[
    ['1-1', 'Graffiti Removal', 'Closed', '34.05', '-118.25', '11'],
    ['1-2', 'Bulky Items', 'Open', '34.06', '-118.24', '11'],
    ['1-3', 'Graffiti Removal', 'Open', '34.05', '-118.15', '12'],
    ['1-4', 'Dead Animal Removal', 'Open', '34.07', '-118.26', '12'],
  ].map(
    ([id, kind, status, lat, lon, ward]) =>
      `${id},10/01/2026 08:00:00 AM,10/02/2026 08:00:00 AM,BOS,${kind},${status},Mobile App,Yard 1,10/03/2026 12:00:00 AM,${status === 'Closed' ? '10/02/2026 08:00:00 AM' : ''},100 EXAMPLE ST,${lat},${lon},${ward},1`,
  ),
].join('\n');

const WARDS = {
  type: 'FeatureCollection',
  features: [ward(11, 'First ward', -118.3), ward(12, 'Second ward', -118.2)],
};

/** A square of a tenth of a degree. */
function ward(code: number, name: string, west: number): object {
  const ring = [
    [west, 34],
    [west + 0.1, 34],
    [west + 0.1, 34.1],
    [west, 34.1],
    [west, 34],
  ];
  return {
    type: 'Feature',
    properties: { nc_id: code, name },
    geometry: { type: 'Polygon', coordinates: [ring] },
  };
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY, isRefusal } from '@gezhi/basis';
import { takeIn } from '@gezhi/town';
import { type Looking, openBrowser, type Screen } from './kit/browser.ts';
import { type ClockedTown, clockedTown } from './kit/clocked-town.ts';

test('a month’s edition from draft to appeal to freeze: drafted, shown, appealed, decided by two, frozen, published', async (t) => {
  const at = await clockedTown(t, '2026-05-06T10:00:00+08:00');
  const number = await reportALamp(at);
  at.clock.now += 14 * DAY;
  const browser = await openBrowser(t);
  const postOf = (kind: string, unit?: string): string =>
    [...at.town.posts.values()].find((post) => post.kind === kind && (!unit || post.unit === unit))!.code;
  const hotline = at.town.posts.get(postOf('seat'))!.unit;
  const { rows } = await at.town.db.pool.query<{ post: string }>('SELECT post FROM case_now');
  const as = (post: string): Promise<Screen> => enter(at, browser, post);

  const head = await as(postOf('head', hotline));
  await head.page.goto('/editions');
  await head.page.getByLabel('月份').fill('2026-05');
  await head.page.getByLabel('按', { exact: true }).selectOption('unit');
  await press(head, '起草');
  await says(head, '已起草');
  const early = await as(rows[0]!.post);
  assert.equal(
    (await early.page.goto('/editions/2026-05-unit'))?.status(),
    404,
    'a draft is for the hotline',
  );
  await press(head, '向被考核单位出示');
  await says(head, '公示申诉中');

  const unit = await as(rows[0]!.post);
  await unit.page.goto('/editions/2026-05-unit/cases');
  await unit.page.getByLabel('诉求编号').fill(number);
  await unit.page.getByLabel('理由').selectOption('beyondDuty');
  await unit.page.getByLabel('说明').fill('灯杆是小区自己的');
  await press(unit, '提出申诉');

  for (const kind of ['seat', 'dispatcher']) {
    const one = await as(postOf(kind, hotline));
    await one.page.goto('/editions/2026-05-unit');
    await one.page.getByText('灯杆是小区自己的').waitFor();
    await press(one, '剔除');
    await fine(one);
  }
  await head.page.reload();
  await press(head, '锁定');
  await head.page.getByRole('alert').waitFor();
  at.clock.now += 8 * DAY;
  await press(head, '锁定');
  await says(head, '已锁定');
  assert.match(
    (await head.page.locator('main').innerText()) ?? '',
    new RegExp(`${number}[\\s\\S]*不属于政府职责`),
  );
  await press(head, '发布');
  await says(head, '已发布');
  await fine(head);

  const anybody = await browser.screen(at.url, { lang: 'en' });
  await anybody.page.goto('/editions');
  await anybody.page.getByRole('link', { name: '2026-05-unit' }).click();
  await says(anybody, 'published');
  await fine(anybody);
});

async function reportALamp({ town, clock }: ClockedTown): Promise<string> {
  const [receipt] = await takeIn(
    town,
    [
      {
        source: 't',
        id: '1',
        type: 'gezhi.report.v1',
        channel: 'phone',
        publicity: 'public',
        occurredAt: clock.now,
        kind: 'lamp.fault',
        words: '银杏大道的路灯不亮了',
        point: { lon: 119.39958, lat: 30.309503 },
      },
    ],
    clock.now,
  );
  assert.ok(receipt && !isRefusal(receipt) && receipt.number);
  return receipt.number;
}

async function enter(at: ClockedTown, browser: Looking, post: string): Promise<Screen> {
  const screen = await browser.screen(at.url, { width: 1200, height: 900 });
  await at.enter(screen, post);
  return screen;
}

async function press({ page }: Screen, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).first().click();
  await page.waitForLoadState();
}

async function says({ page }: Screen, phase: string): Promise<void> {
  await page.locator('h1 small', { hasText: phase }).waitFor();
}

async function fine(screen: Screen): Promise<void> {
  assert.deepEqual(await screen.barriers(), []);
  // What was refused on purpose is told by the browser too.
  assert.deepEqual(
    screen.troubles().filter((trouble) => !/status of 4(04|09)/.test(trouble)),
    [],
  );
}

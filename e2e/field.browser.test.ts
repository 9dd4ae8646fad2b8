import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { openBrowser, type Screen } from './kit/browser.ts';
import { fieldGround } from './kit/field-ground.ts';
import { livelyTown } from './kit/lively-town.ts';

test('a grid worker in a cellar settles a thing that somebody else dealt with meanwhile, and is asked which to keep', async (t) => {
  const town = await livelyTown(t, { days: 3 });
  const ground = await fieldGround(town.url);
  const browser = await openBrowser(t);
  const screen = await browser.screen(town.url, { lang: 'zh' });
  const { page, context } = screen;
  await signIn(page, ground.worker);
  await page.waitForFunction('navigator.serviceWorker.controller !== null');

  // Down into the cellar: the app opens, and all of it works.
  await context.setOffline(true);
  await page.reload();
  await page.getByText('没有网络').waitFor();
  await page.locator(`a[href$="${ground.found}"]`).click();
  await page.getByRole('button', { name: '当场解决，办结' }).click();
  await page.getByText('按手机上的记录').waitFor();
  await clear(screen, 'a case, offline');
  await page.getByRole('link', { name: '上报' }).click();
  await page.getByRole('button', { name: '路灯故障' }).click();
  await page.getByLabel('说一句').fill('地下车库入口的灯不亮');
  await page.getByRole('button', { name: '上报', exact: true }).click();
  await page.getByText('记下了').waitFor();
  await page.getByRole('link', { name: '巡查' }).click();
  await page.getByRole('link', { name: /路灯雨水口巡查/ }).click();
  await page
    .getByRole('button', { name: /^没有发现/ })
    .first()
    .click();
  await page.getByText('已记，待发送').waitFor();
  await clear(screen, 'a round, offline');
  await page.getByRole('link', { name: '待发' }).click();
  assert.equal(await page.locator('.rows .row').count(), 4, 'accept, finish, report, visit');
  await clear(screen, 'the outbox, offline');

  // Meanwhile somebody at the desk deals with it otherwise.
  await ground.act(ground.desk, ground.found, 'accept');
  await ground.act(ground.desk, ground.found, 'finish', {
    outcome: 'explainedUnsolvable',
    words: '已约大件清运，后天来收。',
  });

  // Back in the light: what nobody touched is sent, in order; what somebody else did is asked about.
  await context.setOffline(false);
  const card = page.locator('.conflict');
  await card.waitFor();
  await page.getByText('已约大件清运，后天来收。').waitFor();
  assert.match((await card.textContent())!, /当场解决|办结：现场已处理完毕/);
  assert.match((await card.textContent())!, /承办单位报办结/);
  assert.equal(await card.getByRole('button', { name: '留我的' }).count(), 0, 'it cannot be accepted twice');
  await clear(screen, 'a conflict');
  await card.getByRole('button', { name: '作为记录留下' }).click();
  await card.waitFor({ state: 'detached' });
  await page.getByText('作为记录发出').waitFor();
  assert.equal(await page.locator('.tag.good').count(), 3, 'report, visit and note were sent');
  await page.getByText('没有发，按平台上的办').waitFor();
  const { words } = await ground.look(ground.desk, ground.found);
  assert.match(Object.values(words).join('\n'), /外勤 .* 离线时记下“签收；办结：现场已处理完毕/);
  const ofBrowser = /ERR_INTERNET_DISCONNECTED|status of 409/;
  const troubles = screen.troubles().filter((trouble) => !ofBrowser.test(trouble));
  assert.deepEqual(troubles, [], 'but for what a browser says of no network and of a conflict');
});

/** Signs in as a post of the made-up town, and waits for the day. */
async function signIn(page: Page, post: string): Promise<void> {
  await page.goto('/field/');
  await page.locator('#post').fill(post);
  await page.locator('form:has(#post) button').click();
  await page.locator('.rows .row').first().waitFor();
}

async function clear(screen: Screen, what: string): Promise<void> {
  assert.deepEqual(await screen.barriers(), [], what);
}

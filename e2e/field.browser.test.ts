import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page, Request } from 'playwright-core';
import { type Looking, openBrowser, type Screen } from './kit/browser.ts';
import { type FieldGround, fieldGround } from './kit/field-ground.ts';
import { livelyTown } from './kit/lively-town.ts';

describe('the field app', () => {
  let url: string;
  let ground: FieldGround;
  let browser: Looking;
  const closing: (() => Promise<void>)[] = [];

  before(async () => {
    const town = await livelyTown(undefined, { days: 3 });
    closing.unshift(town.close);
    url = town.url;
    browser = await openBrowser();
    closing.unshift(browser.close);
    ground = await fieldGround(url);
  });

  after(async () => {
    for (const close of closing) await close();
  });

  test('every page, in both languages, light and dark, narrow and wide: no barrier and no error', async () => {
    const looks = [
      { lang: 'zh', width: 360 },
      { lang: 'en', width: 360, dark: true },
      { lang: 'zh', width: 1440, height: 900 },
    ] as const;
    for (const look of looks) {
      const screen = await browser.screen(url, look);
      const { page } = screen;
      await page.goto('/field/');
      await page.locator('#post').waitFor();
      await clear(screen, 'signing in');
      await signIn(page, ground.worker);
      for (const path of ['', `case/${ground.asked}`, 'report', 'rounds', 'outbox', 'me', 'case/nothing']) {
        await page.goto(`/field/${path}`);
        await page.locator('nav.foot').waitFor();
        await page.locator('main > *').first().waitFor();
        await clear(screen, `${look.lang} ${path}`);
        assert.equal(await widerThanScreen(page), false, `${path} fits`);
      }
      assert.deepEqual(screen.troubles(), []);
      await screen.context.close();
    }
  });

  test('what was found and dealt with there and then is told by one tap', async () => {
    const { page, context } = await browser.screen(url, { lang: 'zh' });
    await page.goto('/field/');
    await page.locator('#post').waitFor();
    await signIn(page, ground.worker);
    await page.goto('/field/report');
    await page.locator('.tiles button').first().click();
    await page.locator('#words').fill('路边的纸箱已捡走');
    const told = page.waitForResponse((answer) => answer.url().includes('/api/signals'));
    await page.getByRole('button', { name: '已当场办好，上报' }).click();
    const { settled } = (await (await told).json()) as { settled?: boolean };
    assert.equal(typeof settled, 'boolean', 'it is done, or told to whoever has it');
    await page.goto('/field/me');
    await page.getByText('对本应用的意见建议').first().click();
    await page.getByLabel('您想说的').fill('字太小（虚构）');
    const kept = page.waitForResponse((answer) => answer.url().includes('/api/signals'));
    await page.locator('details button.primary').click();
    assert.ok(((await (await kept).json()) as { caseId?: string }).caseId, 'it opens a case');
    await context.close();
  });

  test('a position leaves the phone as the place of a report, when pressed, and never else', async () => {
    const screen = await browser.screen(url, { lang: 'zh' });
    const { page, context } = screen;
    const here = { longitude: 118.765432, latitude: 29.123456 };
    await context.grantPermissions(['geolocation']);
    await context.setGeolocation(here);
    const told: string[] = [];
    context.on('request', (request: Request) => told.push(`${request.url()} ${request.postData() ?? ''}`));
    const telling = (): readonly string[] => told.filter((text) => /118\.76|29\.12/.test(text));
    await signIn(page, ground.worker);
    await page.getByRole('button', { name: '我在哪' }).click();
    await page.locator('.far').first().waitFor();
    await tab(page, '巡查');
    await page.getByRole('link', { name: /路灯雨水口巡查/ }).click();
    await page.getByRole('button', { name: '我在哪' }).click();
    await page
      .getByRole('button', { name: /^没有发现/ })
      .last()
      .click();
    await page.getByText('到过').first().waitFor();
    await tab(page, '上报');
    await page.getByRole('button', { name: '路灯故障' }).click();
    await page.getByLabel('说一句').fill('一盏灯一直闪');
    await page.getByRole('button', { name: '上报', exact: true }).click();
    await page.getByText('记下了').waitFor();
    await tab(page, '待发');
    await page.locator('.tag.good').nth(1).waitFor();
    assert.deepEqual(telling(), [], 'sorting, a visit and a report without the button say nothing');
    assert.ok(
      told.some((text) => text.includes('/visits')) && told.some((text) => text.includes('/api/signals')),
    );

    await tab(page, '上报');
    await page.getByRole('button', { name: '路灯故障' }).click();
    await page.getByRole('button', { name: '就在我这里' }).click();
    await page.getByText('已取位置').waitFor();
    await page.getByLabel('说一句').fill('灯杆歪了');
    await page.getByRole('button', { name: '上报', exact: true }).click();
    await tab(page, '待发');
    await page.locator('.tag.good').nth(2).waitFor();
    assert.equal(telling().length, 1);
    assert.match(telling()[0]!, /api\/signals/);
    assert.deepEqual(screen.troubles(), []);
    await context.close();
  });

  test('a phone that is full says so, and takes nothing for done; a sign-in that ended loses nothing', async () => {
    const screen = await browser.screen(url, { lang: 'zh' });
    const { page, context } = screen;
    await signIn(page, ground.worker);
    await page.locator(`a[href$="${ground.asked}"]`).click();
    await page.evaluate(FULL);
    await page.getByRole('button', { name: '记一句' }).click();
    await page.getByLabel('记录（内部）').fill('两车左右，要大车');
    await page.getByRole('button', { name: '记下' }).click();
    await page.getByText('手机存不下了').waitFor();
    await tab(page, '待发');
    await page.getByText('没有等着发的').waitFor();

    await page.goto(`/field/case/${ground.asked}`);
    await page.waitForLoadState('networkidle');
    await context.clearCookies();
    await page.getByRole('button', { name: '记一句' }).click();
    await page.getByLabel('记录（内部）').fill('两车左右，要大车');
    await page.getByRole('button', { name: '记下' }).click();
    await page.getByRole('button', { name: '登录' }).click();
    await page.locator('#post').fill(ground.worker);
    await page.locator('form:has(#post) button').click();
    await tab(page, '待发');
    await page.getByText('已发出').waitFor();
    const { words } = await ground.look(ground.desk, ground.asked);
    assert.equal(Object.values(words).filter((said) => said === '两车左右，要大车').length, 1);
    const troubles = screen.troubles().filter((trouble) => !/status of 401/.test(trouble));
    assert.deepEqual(troubles, [], 'but for what a browser says of a sign-in that ended');
    await context.close();
  });

  test('a worker in a cellar settles a thing that somebody else dealt with meanwhile, and is asked which to keep', async () => {
    const screen = await browser.screen(url, { lang: 'zh' });
    const { page, context } = screen;
    await signIn(page, ground.worker);
    await page.waitForFunction('navigator.serviceWorker.controller !== null');

    // Down into the cellar: the app opens, and all of it works.
    await context.setOffline(true);
    await page.goto('/field/');
    await page.getByText('没有网络').waitFor();
    await page.locator(`a[href$="${ground.found}"]`).click();
    await page.getByRole('button', { name: '当场解决，办结' }).click();
    await page.getByText('按手机上的记录').waitFor();
    await page.locator('input[type=file]').setInputFiles(await largePicture(page));
    await page.locator('img.picture').waitFor();
    assert.deepEqual(await keptPictures(page), [{ type: 'image/jpeg', longer: 1600 }]);
    await clear(screen, 'a case, offline');
    await tab(page, '上报');
    await page.getByRole('button', { name: '路灯故障' }).click();
    await page.getByLabel('说一句').fill('地下车库入口的灯不亮');
    await page.getByRole('button', { name: '上报', exact: true }).click();
    await page.getByText('记下了').waitFor();
    await tab(page, '巡查');
    await page.getByRole('link', { name: /路灯雨水口巡查/ }).click();
    await page
      .getByRole('button', { name: /^没有发现/ })
      .first()
      .click();
    await page.getByText('已记，待发送').waitFor();
    await tab(page, '待发');
    assert.equal(await page.locator('.rows .row').count(), 5, 'accept, finish, picture, report, visit');
    await clear(screen, 'the outbox, offline');

    // Meanwhile somebody at the desk deals with it otherwise.
    await ground.act(ground.desk, ground.found, 'accept');
    const words = '已约大件清运，后天来收。';
    await ground.act(ground.desk, ground.found, 'finish', { outcome: 'explainedUnsolvable', words });

    // Back in the light: what nobody touched is sent, in order; what somebody else did is asked about.
    await context.setOffline(false);
    const card = page.locator('.conflict');
    await card.waitFor();
    await page.getByText(words).waitFor();
    const said = (await card.textContent())!;
    assert.match(said, /签收.*办结：现场已处理完毕/);
    assert.match(said, /承办单位报办结/);
    assert.equal(
      await card.getByRole('button', { name: '留我的' }).count(),
      0,
      'it cannot be accepted twice',
    );
    await clear(screen, 'a conflict');
    await card.getByRole('button', { name: '作为记录留下' }).click();
    await card.waitFor({ state: 'detached' });
    await page.getByText('作为记录发出').waitFor();
    await page.locator('.tag.good').nth(3).waitFor();
    await page.getByText('没有发，按平台上的办').waitFor();
    const case_ = await ground.look(ground.desk, ground.found);
    const notes = Object.values(case_.words).join('\n');
    assert.match(notes, /外勤 .* 离线时记下“签收；办结：现场已处理完毕/);
    assert.ok(
      case_.facts.some(({ type }) => type === 'photographed'),
      'the picture went as it is',
    );
    const ofBrowser = /ERR_INTERNET_DISCONNECTED|status of 409/;
    const troubles = screen.troubles().filter((trouble) => !ofBrowser.test(trouble));
    assert.deepEqual(troubles, [], 'but for what a browser says of no network and of a conflict');
    await context.close();
  });
});

/** From now on this page's database takes nothing more. */
const FULL = `IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); }`;

/** Signs in as a post of the made-up town, and waits for the day. */
async function signIn(page: Page, post: string): Promise<void> {
  await page.goto('/field/');
  await page.locator('#post').fill(post);
  await page.locator('form:has(#post) button').click();
  await page.locator('.rows .row').first().waitFor();
}

/** Presses one of the five at the foot. */
async function tab(page: Page, name: string): Promise<void> {
  await page.locator('nav.foot').getByRole('link', { name }).click();
}

async function clear(screen: Screen, what: string): Promise<void> {
  assert.deepEqual(await screen.barriers(), [], what);
}

async function widerThanScreen(page: Page): Promise<boolean> {
  return await page.evaluate('document.documentElement.scrollWidth > innerWidth');
}

/** A picture as a telephone takes it, larger than what is kept. */
async function largePicture(page: Page): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  const url: string = await page.evaluate(`(() => {
    const canvas = document.createElement('canvas');
    canvas.width = 2400;
    canvas.height = 1800;
    canvas.getContext('2d').fillRect(0, 0, 1200, 1800);
    return canvas.toDataURL('image/png');
  })()`);
  return { name: 'sofa.png', mimeType: 'image/png', buffer: Buffer.from(url.split(',')[1]!, 'base64') };
}

/** The pictures in the outbox of this phone. */
async function keptPictures(page: Page): Promise<unknown> {
  return await page.evaluate(`(async () => {
    const open = indexedDB.open('gezhi-field');
    await new Promise((resolve) => { open.onsuccess = resolve; });
    const all = open.result.transaction('outbox').objectStore('outbox').getAll();
    await new Promise((resolve) => { all.onsuccess = resolve; });
    open.result.close();
    const photos = all.result.flatMap(({ deed }) => (deed.photo ? [deed.photo] : []));
    return await Promise.all(photos.map(async (photo) => {
      const { width, height } = await createImageBitmap(photo);
      return { type: photo.type, longer: Math.max(width, height) };
    }));
  })()`);
}

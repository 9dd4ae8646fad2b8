import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Looking, openBrowser, type Screen } from './kit/browser.ts';
import { livelyTown } from './kit/lively-town.ts';
import { type PortalGround, portalGround } from './kit/portal-ground.ts';

test('residents on phones, at a kiosk, with and without a network', async (t) => {
  const { url, log } = await livelyTown(t, { days: 3 });
  const ground = await portalGround(url);
  const browser = await openBrowser(t);
  const about = { browser, url, ground, log };
  await t.test('a photo and a few words become a number, though the network goes away', () =>
    sendOffline(about),
  );
  await t.test('danger stops the writer, and says whom to call', () => stopAtDanger(about));
  await t.test(
    'a man of 25 scans a lamp, says “me too”, later “still dark”, and sees whose clock started',
    () => scanALamp(about),
  );
  await t.test(
    'a woman of 72 reads the number on her slip, and is told the story in large, plain words',
    () => readASlip(about),
  );
  await t.test('a neighbour who writes of the same thing joins it', () => joinInstead(about));
  await t.test('who subscribes proves the address by a code, and ends it again', () => subscribe(about));
  await t.test('a large photo goes on where the network broke off', () => goOn(about));
  await t.test('a kiosk forgets what was written when nobody is there any more', () => forget(about));
  await t.test('every page in both languages, small and wide, light and dark, is clear of barriers', () =>
    lookAtEveryPage(about),
  );
});

type About = {
  readonly browser: Looking;
  readonly url: string;
  readonly ground: PortalGround;
  log(): string;
};

async function sendOffline({ browser, url }: About): Promise<void> {
  const { page, context } = await browser.screen(url);
  await page.goto('/portal/');
  await until(page, 'navigator.serviceWorker.controller !== null');
  await page.getByLabel('出了什么事？').fill('小区门口的垃圾三天没清');
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'photo.png', mimeType: 'image/png', buffer: Buffer.from(PIXEL, 'base64') });
  await page.getByAltText('第 1 张照片').waitFor();
  await until(page, KEPT);

  // The battery dies in the lift; without a network the app opens, and what was written is there.
  await context.setOffline(true);
  await page.reload();
  await page.getByText('上次写到一半的还在。').waitFor();
  await page.getByAltText('第 1 张照片').waitFor();
  await page.getByRole('button', { name: '下一步' }).click();
  await page.getByLabel('地点').fill('钟鼓社区');
  await page.getByRole('button', { name: '下一步' }).click();
  await page.getByRole('heading', { name: '怎么告诉您结果？' }).waitFor();
  await page.getByRole('button', { name: '发出' }).click();
  await page.getByRole('heading', { name: '没有网络，已存在本机' }).waitFor();
  await page.getByText('1 件等待网络').waitFor();

  await context.setOffline(false);
  await page.getByText('刚刚发出了等待中的一件').waitFor();
  await page.getByRole('link', { name: '我的', exact: true }).click();
  await page.locator('.cards a').first().click();
  await page.getByText('小区门口的垃圾三天没清').waitFor();
  await page.getByAltText('您的第 1 张照片').waitFor();
}

/** A draft is kept a moment after the last stroke. */
const KEPT = `new Promise((done) => { const open = indexedDB.open('gezhi-portal', 1); open.onsuccess = () => {
  const get = open.result.transaction('kept').objectStore('kept').get('draft');
  get.onsuccess = () => done(get.result?.photos?.length === 1); }; })`;

/** The page's policy lets no script be made of a text, which `waitForFunction` does. */
async function until(page: Screen['page'], holds: string): Promise<void> {
  while (!(await page.evaluate(holds))) await page.waitForTimeout(50);
}

async function stopAtDanger({ browser, url }: About): Promise<void> {
  const screen = await browser.screen(url);
  await screen.page.goto('/portal/');
  await screen.page.getByLabel('出了什么事？').fill('楼上着火了，有浓烟');
  await screen.page.getByRole('link', { name: '119' }).waitFor();
  await clear(screen, 'danger');
}

async function joinInstead({ browser, url, ground }: About): Promise<void> {
  const screen = await browser.screen(url, { lang: 'en' });
  const { page } = screen;
  await page.goto(`/portal/?asset=${ground.lamp.code}`);
  await page.getByLabel('What happened?').fill('这根灯杆的灯还是不亮');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByText(`You scanned: ${ground.lamp.name}`).waitFor();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('heading', { name: 'Is it one of these?' }).waitFor();
  await clear(screen, 'candidates');
  await page.getByRole('button', { name: 'This is it, count me in' }).click();
  await page.getByRole('heading', { name: 'How shall we tell you?' }).waitFor();
  await page.getByLabel('By telephone').check();
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByText('For this, say how you can be reached.').waitFor();
  await clear(screen, 'an error');
  await page.getByLabel('Telephone number').fill('000-0000-0000');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByText('It was added to the same matter').waitFor();
}

async function scanALamp({ browser, url, ground }: About): Promise<void> {
  const screen = await browser.screen(url);
  const { page } = screen;
  await page.goto(`/portal/?asset=${ground.lamp.code}`);
  await page.getByRole('heading', { name: `${ground.lamp.name}：邻居已经反映` }).waitFor();
  await clear(screen, 'a scanned lamp');
  await page.getByRole('button', { name: '我也遇到了' }).click();
  await page.getByText('已加入正在办理的同一件事').waitFor();
  await clear(screen, 'a receipt');
  await ground.finishIt();
  await page.getByRole('link', { name: '看办到哪一步' }).click();
  await page.getByRole('heading', { name: '回访：三个问题' }).waitFor();
  await clear(screen, 'three questions');
  await page.getByRole('group', { name: '承办单位联系您了吗？' }).getByLabel('没有').check();
  await page.getByLabel('没有解决').check();
  await page.getByLabel('不满意', { exact: true }).check();
  await page.getByRole('button', { name: '交回答' }).click();
  await page.getByText('谢谢，已记下您的回答。').waitFor();
  await page.getByText('已重新办理').waitFor();
  await page.getByText('为什么是这个时间').waitFor();
  assert.match((await page.locator('.facts').textContent())!, /谁在办.*路灯/);
  await clear(screen, 'reopened');
}

async function readASlip({ browser, url, ground }: About): Promise<void> {
  const { code, sayAs } = await ground.report('slip', {
    words: '楼下的路灯杆歪了，怕倒',
    placeText: '钟鼓社区',
    requester: { reachMe: [{ way: 'phone', address: '000-0000-0000' }] },
  });
  const screen = await browser.screen(url);
  const { page } = screen;
  await page.goto('/portal/mine?elder=1');
  await page.getByRole('textbox', { name: '编号' }).fill(sayAs);
  await page.getByLabel('查询码').fill(code);
  await page.getByRole('button', { name: '打开' }).click();
  await page.getByRole('heading', { name: `编号 ${sayAs}` }).waitFor();
  await page.getByText('已受理您的诉求。').waitFor();
  assert.equal(await page.getByRole('link', { name: /找人工/ }).getAttribute('href'), 'tel:12345');
  assert.equal(await page.getByRole('button', { name: '读给我听' }).count(), 1, 'it reads aloud');
  await clear(screen, 'the elder version');
  await page.getByRole('link', { name: '谁看过我的信息' }).click();
  await page.getByRole('heading', { name: '我的个人信息' }).waitFor();
  await page.getByText('000-0000-0000').waitFor();
  await page.getByLabel('删除').check();
  await page.getByLabel('请说明').fill('不再需要');
  await page.getByRole('button', { name: '提交' }).click();
  await page.getByText('这件事还在办理，联系方式仍有必要').waitFor();
  await clear(screen, 'my data');
}

async function subscribe({ browser, url, ground, log }: About): Promise<void> {
  const screen = await browser.screen(url, { width: 320, dark: true });
  const { page } = screen;
  await page.goto(`/portal/near/${ground.caseId}`);
  await page.getByText('短信或邮件告诉我').click();
  await page.getByLabel('手机号码或邮箱').fill('000-0000-0077');
  await page.getByRole('button', { name: '发验证码' }).click();
  await page.getByText('验证码已发到 000-0000-0077').waitFor();
  await clear(screen, 'a code is asked');
  const codes = [...log().matchAll(/(\d{6})[^\d]*10 分钟/g)];
  await page.getByLabel('验证码').fill(codes.at(-1)![1]!);
  await page.getByRole('button', { name: '确认订阅' }).click();
  await page.getByText('已订阅。').waitFor();
  await clear(screen, 'subscribed');
  await page.getByRole('button', { name: /^退订/ }).click();
  await page.getByText('已退订，号码已销毁。').waitFor();
}

async function goOn({ browser, url, ground }: About): Promise<void> {
  const { number, code } = await ground.report('large', { words: '井盖松动', placeText: '钟鼓社区' });
  const { page } = await browser.screen(url);
  const tried: number[] = [];
  await page.route('**/api/uploads/**', async (route) => {
    const at = Number(new URL(route.request().url()).searchParams.get('offset') ?? Number.NaN);
    const isCut = at > 0 && !tried.includes(at) && tried.filter((one) => one > 0).length < 2;
    if (!Number.isNaN(at)) tried.push(at);
    await (isCut ? route.abort('connectionreset') : route.continue());
  });
  await page.goto('/portal/mine');
  await page.getByRole('textbox', { name: '编号' }).fill(number);
  await page.getByLabel('查询码').fill(code);
  await page.getByRole('button', { name: '打开' }).click();
  const buffer = Buffer.from(await page.evaluate<string>(NOISE), 'base64');
  await page.locator('input[type=file]').setInputFiles({ name: 'p.jpg', mimeType: 'image/jpeg', buffer });
  await page.getByAltText('您的第 1 张照片').waitFor();
  assert.equal(tried.filter((at) => at === 0).length, 1, `what was there is not sent again: ${tried}`);
  assert.ok(tried.length >= 5, `it was cut twice: ${tried}`);
}

/** A picture that no encoder makes small, as JPEG in base64. */
const NOISE = `(() => { const canvas = document.createElement('canvas'); canvas.width = canvas.height = 700;
  const pen = canvas.getContext('2d'); const noise = pen.createImageData(700, 700);
  for (let i = 0; i < noise.data.length; i += 65536) crypto.getRandomValues(noise.data.subarray(i, i + 65536));
  for (let i = 3; i < noise.data.length; i += 4) noise.data[i] = 255;
  pen.putImageData(noise, 0, 0); return canvas.toDataURL('image/jpeg', 0.9).split(',')[1]; })()`;

async function forget({ browser, url }: About): Promise<void> {
  const screen = await browser.screen(url, { width: 1080, height: 1600 });
  const { page } = screen;
  await page.clock.install();
  await page.goto('/portal/?kiosk=1');
  await page.getByLabel('出了什么事？').fill('自助机上写的字');
  await page.clock.runFor(45_000);
  await page.getByText('还在吗？').waitFor();
  await clear(screen, 'a kiosk that asks');
  await page.clock.runFor(20_000);
  await page.locator('textarea:placeholder-shown').waitFor();
}

async function lookAtEveryPage({ browser, url, ground }: About): Promise<void> {
  const looks = [
    { lang: 'zh' },
    { lang: 'en', width: 1440, height: 900 },
    { lang: 'en', width: 320, dark: true },
  ] as const;
  const paths = ['', 'mine', 'near', `near/${ground.caseId}`, 'who?grid=99010100300309', 'guide', 'about'];
  for (const look of looks) {
    const screen = await browser.screen(url, look);
    for (const path of paths) {
      await screen.page.goto(`/portal/${path}`);
      await screen.page.waitForLoadState('networkidle');
      await clear(screen, `${path} ${JSON.stringify(look)}`);
    }
  }
}

/** Nothing in anybody's way, nothing wrong, nothing wider than the screen. */
async function clear({ page, barriers, troubles }: Screen, where: string): Promise<void> {
  assert.deepEqual(await barriers(), [], where);
  assert.deepEqual(troubles(), [], where);
  const wide = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
  assert.equal(wide, false, `${where} is wider than the screen`);
}

/** A picture of one pixel. */
const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

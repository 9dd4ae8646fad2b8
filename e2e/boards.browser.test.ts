import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Looking, openBrowser, type Screen } from './kit/browser.ts';
import { type ConsoleGround, consoleGround } from './kit/console-ground.ts';
import { livelyTown } from './kit/lively-town.ts';
import { until } from './kit/until.ts';

const CLI = fileURLToPath(new URL('../apps/cli/src/main.ts', import.meta.url));
const DESK = { width: 1440, height: 900 } as const;

type About = {
  readonly t: TestContext;
  readonly browser: Looking;
  readonly url: string;
  readonly ground: ConsoleGround;
  /** The head of the hotline, who sees every matter. */
  readonly head: string;
};

test('what a town sees of itself: boards, rates, topics, the registry, practice, a page for the notice board', async (t) => {
  const { url } = await livelyTown(t, { days: 14 });
  const ground = await consoleGround(url);
  const browser = await openBrowser(t);
  const hotline = ground.posts.find(({ kind }) => kind === 'seat')!.unit;
  const about: About = { t, browser, url, ground, head: ground.post('head', hotline) };
  await t.test('a head reads the night and hands on three matters, in three presses each', () =>
    handOnThree(about),
  );
  await t.test('an auditor follows one number on the wall down to a fact and its receipt', () =>
    followANumber(about),
  );
  await t.test('a phone of a unit is changed: previewed, saved, taken back', () => changeAndTakeBack(about));
  await t.test('a lesson is begun, not done yet, then done, and the browser alone remembers', () =>
    learn(about),
  );
  await t.test('every screen in both languages, on a phone, a desk and a wall, is clear of barriers', () =>
    lookAtEveryScreen(about),
  );
});

async function enter(
  { browser, url, ground }: About,
  post: string,
  path: string,
  look: object = DESK,
): Promise<Screen> {
  const screen = await browser.screen(url, look);
  await ground.enter(screen, post);
  await screen.page.goto(`/console${path}`);
  await screen.page.locator('h1').first().waitFor();
  return screen;
}

async function handOnThree(about: About): Promise<void> {
  const screen = await enter(about, about.head, '/');
  const { page } = screen;
  await page.getByRole('heading', { name: '晨报' }).waitFor();
  await page.locator('.now-figures dd a').first().waitFor();
  const near = await page.locator('.morning-grid a[href*="/cases/"]').evaluateAll(hrefsOf);
  await page.locator('.figure', { hasText: '在办' }).getByRole('link').click();
  await page.locator('.window li').nth(2).waitFor();
  for (const path of await urgeable(about, near)) {
    await page.goto(path);
    const more = page.locator('details', { has: page.locator('button', { hasText: '催办' }) });
    const urge = more.getByRole('button', { name: '催办' }).first();
    await more.first().waitFor();
    if (await urge.isHidden()) await more.locator('summary').first().click();
    await urge.click();
    await page.locator('.schema-form').getByRole('button', { name: '催办' }).click();
    await page.getByText('已办：催办').waitFor();
  }
  clear(screen, 'the morning');
  await screen.context.close();
}

type Rows = { readonly rows: readonly { readonly caseId: string }[] };

/** Three matters that the head may urge: those of the morning first, else of the queue. */
async function urgeable({ ground, head }: About, near: readonly string[]): Promise<readonly string[]> {
  const { rows } = await ground.ask<Rows>(head, '/api/queues/open?limit=60');
  const found = new Set<string>();
  for (const path of [...near, ...rows.map(({ caseId }) => `/console/cases/${caseId}`)]) {
    if (found.size === 3) break;
    const { forms } = await ground.ask<Forms>(head, `/api/cases/${path.split('/').at(-1)}/forms`);
    if (forms.some(({ action }) => action === 'urge')) found.add(path);
  }
  assert.equal(found.size, 3);
  return [...found];
}

type Forms = { readonly forms: readonly { readonly action: string }[] };

function hrefsOf(links: readonly unknown[]): string[] {
  return links.map((link) => new URL((link as { href: string }).href).pathname);
}

async function followANumber(about: About): Promise<void> {
  const { ground, head, url, t } = about;
  const screen = await enter(about, head, '/now', { width: 3840, height: 2160 });
  const { page } = screen;
  await page.getByRole('button', { name: '大屏显示' }).click();
  const figure = page.locator('.figure', { hasText: '在办' }).getByRole('link');
  const number = Number((await figure.textContent())?.replaceAll(',', ''));
  await figure.click();
  await page.locator('.window li').first().waitFor();
  const list = await ground.ask<Rows>(head, '/api/queues/open?limit=500');
  assert.equal(list.rows.length, number, 'the list has as many as the wall said');
  await page.locator('.window li').first().click();
  await page.locator('.queue-case .paper').waitFor();
  clear(screen, 'from the wall to a case');
  await screen.context.close();

  const story = await ground.ask<Story>(head, `/api/cases/${list.rows[0]!.caseId}/story`);
  const receipt = await ground.ask<object>(head, `/api/requests/${story.voices[0]!.number}/receipt`);
  const folder = await mkdtemp(join(tmpdir(), 'gezhi-boards-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'receipt.json');
  await writeFile(file, JSON.stringify(receipt));
  const tiles = ['--tiles', `${url}/ledger/990000`];
  const verified = JSON.parse(await gezhi(['verify', file, ...tiles, '--json'])) as Verified;
  assert.equal(verified.good, true);
  assert.equal(verified.included.leaf.case, list.rows[0]!.caseId);
}

type Story = { readonly voices: readonly { readonly number: string }[] };
type Verified = { readonly good: boolean; readonly included: { readonly leaf: { readonly case: string } } };

async function gezhi(args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [CLI, ...args], {
    env: { ...process.env, LANG: 'C' },
  });
  return stdout;
}

async function changeAndTakeBack(about: About): Promise<void> {
  const post = about.ground.post('dataSteward');
  const screen = await enter(about, post, '/town?sort=unit');
  const { page } = screen;
  await page.locator('.town-list li button').first().click();
  await page.getByLabel(/^服务电话/).fill('000-88009999');
  await page.getByRole('button', { name: '放入改动篮' }).click();
  await page.getByRole('button', { name: '预览' }).click();
  await page.getByLabel('为什么改（会留存）').fill('换了号码');
  await page.getByRole('button', { name: '自此刻起生效' }).click();
  await page.getByText('已生效').waitFor();
  await page.getByRole('button', { name: '撤回' }).first().click();
  await page.getByLabel('为什么撤回').fill('号码没换');
  await page.getByRole('button', { name: '撤回这次改动' }).click();
  await page.getByText(/撤回 [0-9a-f]{8}/).waitFor();
  clear(screen, 'taken back');
  await screen.context.close();
}

async function learn(about: About): Promise<void> {
  const { ground } = about;
  const seat = ground.post('seat');
  const screen = await enter(about, seat, '/practice?lesson=call');
  const { page } = screen;
  await page.getByRole('button', { name: '开始', exact: true }).click();
  await page.getByRole('button', { name: '看看做到了没有' }).click();
  await page.getByText('还没有看到').waitFor();
  await ground.send(seat, '/api/desk/calls', {
    id: randomUUID(),
    words: '钟鼓社区门口的路灯不亮了',
  });
  await page.getByRole('button', { name: '看看做到了没有' }).click();
  await page.getByText('做到了。').waitFor();
  await page.reload();
  await page.getByText('做到了。').waitFor();
  await page.getByRole('button', { name: '读一屏掌控' }).click();
  await page.getByRole('button', { name: '开始', exact: true }).click();
  const now = await ground.ask<{ open: { late: number } }>(seat, '/api/now');
  await page.getByLabel('您读到的数').fill(String(now.open.late));
  await page.getByRole('button', { name: '看看做到了没有' }).click();
  await page.getByText('做到了。').waitFor();
  clear(screen, 'lessons');
  await screen.context.close();
}

type Below = {
  readonly below: readonly { readonly code: string; readonly open: number }[];
  readonly place?: object;
};

/** A place of each level, from the town down to a grid, always the one with the most open. */
async function levels({ ground, head }: About): Promise<readonly string[]> {
  const found: string[] = [];
  for (;;) {
    const at = found.at(-1);
    const { below } = await ground.ask<Below>(head, at ? `/api/now?place=${at}` : '/api/now');
    const most = below.toSorted((a, b) => b.open - a.open)[0];
    if (!most) return found;
    found.push(most.code);
  }
}

async function lookAtEveryScreen(about: About): Promise<void> {
  const places = await levels(about);
  assert.equal(places.length, 4, 'district, street, community, grid');
  const paths = [
    '/now',
    ...places.map((place) => `/now?place=${place}`),
    '/morning',
    ...['street', 'community', 'unit', 'kind'].map((by) => `/rates?by=${by}`),
    '/topics',
    ...['place', 'unit', 'staff', 'duty', 'kind', 'day&code='].map((sort) => `/town?sort=${sort}`),
    '/practice?lesson=town',
    `/print/month/${places[2]}`,
  ];
  for (const lang of ['zh', 'en'] as const) {
    const screen = await enter(about, about.head, '/practice', { ...DESK, lang });
    for (const [i, path] of paths.entries()) await lookAt(screen, path, SIZES[i % SIZES.length]!);
    await screen.context.close();
  }
}

const SIZES = [DESK, { width: 360, height: 740 }, { width: 3840, height: 2160 }] as const;

/** Fits in each size; barriers are looked for in one of them, and the next screen takes the next. */
async function lookAt(screen: Screen, path: string, careful: (typeof SIZES)[number]): Promise<void> {
  const { page } = screen;
  await page.goto(`/console${path}`);
  await page.locator('h1').first().waitFor();
  await until(page, `!document.querySelector('.state-dots')`);
  for (const size of SIZES) {
    await page.setViewportSize(size);
    const wide = await page.evaluate(TOO_WIDE);
    assert.ok(Number(wide) <= 0, `${path} is ${wide} px too wide for ${size.width}`);
  }
  await page.setViewportSize(careful);
  assert.deepEqual(await screen.barriers(), [], `${path} at ${careful.width}`);
  clear(screen, path);
}

/** How far the screen itself reaches over its room. */
const TOO_WIDE = `(() => { const room = document.querySelector('main'); return room.scrollWidth - room.clientWidth; })()`;

/** No error, nothing that left the machine. */
function clear(screen: Screen, what: string): void {
  assert.deepEqual(screen.troubles(), [], what);
}

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { type Look, type Looking, openBrowser, type Screen } from './kit/browser.ts';
import { type ConsoleGround, consoleGround } from './kit/console-ground.ts';
import { livelyTown } from './kit/lively-town.ts';

type Story = {
  readonly state: string;
  readonly told: readonly { readonly type: string; readonly sentence: string }[];
  readonly voices: readonly unknown[];
};
type CaseNow = {
  readonly lead?: { readonly unit: { readonly code: string } };
  readonly requests: readonly { readonly promised?: string }[];
};
type Forms = { readonly forms: readonly { readonly action: string }[] };
type Named = { readonly code: string; readonly name: string };
type Queue = { readonly rows: readonly { readonly caseId: string; readonly place: Named }[] };

const DESK = { width: 1440, height: 900 } as const;

test('staff at the console: a seat joins a caller, a unit says “not ours”, a street whistles', async (t) => {
  const town = await livelyTown(t, { days: 8 });
  const ground = await consoleGround(town.url);
  const browser = await openBrowser(t);
  const open: Staffed['open'] = async (post, path, look = DESK) => {
    const screen = await browser.screen(town.url, look);
    await ground.enter(screen, post);
    await screen.page.goto(`/console${path}`);
    return screen;
  };
  const staffed = { url: town.url, ground, browser, open };
  await t.test('nobody yet: chooses a post, by key too, and begins in its room', () => choosesPost(staffed));
  await t.test('a seat hears it again, reads out what is known, and joins the caller by key', () =>
    joinsCaller(staffed),
  );
  await t.test('“not ours”: rulings are read, the unit objects, the promise does not move', () =>
    notOurs(staffed),
  );
  await t.test('a street types two lines, its head approves on a phone, the board shows who is here', () =>
    whistles(staffed),
  );
  await t.test('neighbours read a case in words that a person has read over first', () =>
    releasesWords(staffed),
  );
  await t.test('several cases are done together, each with its own outcome', () => together(staffed));
  await t.test('a list says what it was narrowed to, and asks only for what changed', () =>
    asksWhatChanged(staffed),
  );
  await t.test('a seat is given a call: its form is open, with its number', () => callsBack(staffed));
  await t.test('ten thousand rows are as light as twenty', () => tenThousandRows(staffed));
  await t.test('every room stands in both languages, without an error and without a barrier', () =>
    eachRoom(browser, town.url, ground),
  );
});

/** A lively town, whoever works in it, and a screen on which one of them opens a page. */
type Staffed = {
  readonly url: string;
  readonly ground: ConsoleGround;
  readonly browser: Looking;
  open(post: string, path: string, look?: Look): Promise<Screen>;
};

async function choosesPost({ browser, url }: Staffed): Promise<void> {
  const screen = await browser.screen(url, DESK);
  await screen.page.goto('/console/');
  await screen.page.getByRole('heading', { name: '选择一个岗位' }).waitFor();
  await clear(screen, 'sign-in');
  await screen.page.getByRole('searchbox').fill('话务席2');
  await screen.page.getByRole('button', { name: '话务席2' }).click();
  await screen.page.getByRole('heading', { name: '接诉台' }).waitFor();
  await screen.page.getByRole('button', { name: '退出登录' }).click();
  await screen.page.getByRole('heading', { name: '选择一个岗位' }).waitFor();
  await clear(screen, 'signed out');
}

async function joinsCaller({ ground, open }: Staffed): Promise<void> {
  const seat = ground.post('seat');
  const burst = await burstMain(ground, seat);
  const screen = await open(seat, '/');
  const { page } = screen;
  await page.getByLabel('来电号码').fill('13900000009');
  await page.getByLabel(/^对方怎么说/).fill(`${burst.place}那儿又冒水了，路面上都是水，水管爆了`);
  await page.getByText('可能是同一件事').waitFor();
  await page.getByText(burst.note).waitFor();
  await clear(screen, 'the desk');
  // A reload loses nothing.
  await page.reload();
  await page.getByText(burst.note).waitFor();
  await page.keyboard.press('Alt+1');
  await page.getByRole('button', { name: /登记并并入第 1 件/ }).waitFor();
  await page.keyboard.press('Control+Enter');
  await page.getByText(/已登记，编号/).waitFor();
  await page.getByText('已并入在办事项').waitFor();
  await clear(screen, 'a call taken');
  const story = await ground.ask<Story>(seat, `/api/cases/${burst.caseId}/story`);
  assert.equal(story.voices.length, 4);
  await page.keyboard.press('Alt+n');
  await page.getByLabel('来电号码').waitFor();
  assert.equal(await page.getByLabel('来电号码').inputValue(), '');
}

async function notOurs({ ground, open }: Staffed): Promise<void> {
  const { caseId, post } = await fifthOfItsKind(ground);
  const before = await ground.ask<CaseNow>(post, `/api/cases/${caseId}`);
  const screen = await open(post, `/cases/${caseId}`);
  const { page } = screen;
  await page.getByText('先例与相似事项').click();
  await page.getByRole('heading', { name: '“不归我管”的裁定先例' }).waitFor();
  assert.ok((await page.getByText(/^R-\d+$/).count()) >= 4, 'four rulings are read first');
  await clear(screen, 'a case');
  await page.getByRole('button', { name: '提出派单异议' }).click();
  await page.getByLabel('理由（会保存）').fill('该路段由市级养护，不在本单位清单内');
  await page.getByLabel('法律或清单依据').fill('权责清单第 3 项');
  await page.locator('.schema-form').getByRole('button', { name: '提出派单异议' }).click();
  await page.getByText('已办：提出派单异议').waitFor();
  await page.getByText('等待裁定').waitFor();
  const after = await ground.ask<CaseNow>(post, `/api/cases/${caseId}`);
  assert.deepEqual(
    after.requests.map(({ promised }) => promised),
    before.requests.map(({ promised }) => promised),
  );
  await clear(screen, 'an objection');
  const arbiter = await open(ground.post('dispatcher'), '/queue/objections');
  await arbiter.page.locator('.window li').first().waitFor();
  await clear(arbiter, 'the queue of objections');
}

async function whistles({ ground, open }: Staffed): Promise<void> {
  const { caseId, post } = await firstWith(ground, 'whistle', 'underway', 'street');
  const street = ground.posts.find((one) => one.post === post)!.unit;
  const screen = await open(post, `/whistles/new/${caseId}`);
  const { page } = screen;
  await page.getByLabel(/^要解决什么/).fill('路口积水三天，车和人都过不去。\n请排水、交警一起到现场。');
  await page.getByText('其他单位').click();
  for (const box of (await page.locator('.called input, .other-units input').all()).slice(0, 2))
    await box.check();
  await clear(screen, 'a whistle being drafted');
  await page.getByRole('button', { name: '起草并点名 2 个单位' }).click();
  await page.getByRole('heading', { name: '谁到了' }).waitFor();
  const whistle = page.url().split('/').at(-1)!;

  const head = await open(ground.post('head', street), `/whistles/${whistle}`, {
    width: 360,
    height: 740,
  });
  await head.page.getByText('路口积水三天').waitFor();
  await clear(head, 'a whistle on a phone');
  await head.page.getByRole('button', { name: '批准吹哨' }).first().click();
  await head.page.locator('.schema-form').getByRole('button', { name: '批准吹哨' }).click();
  await head.page.getByText('已吹哨待报到').waitFor();

  const called = await arrive(ground, post, whistle);
  await page.getByText('2 / 2 个单位已到').waitFor();
  await clear(screen, 'the board');
  await ground.act(post, whistle, 'conclude', { outcome: 'solved', words: '积水已排，路面恢复通行' });
  await page
    .getByRole('group', { name: /三下即可/ })
    .first()
    .waitFor();
  await threeTaps(screen);
  const delegate = await open(called[0]!, `/whistles/${whistle}`);
  await delegate.page
    .getByRole('group', { name: /三下即可/ })
    .first()
    .waitFor();
  await threeTaps(delegate);
  await delegate.page.getByText(/ 评 /).nth(1).waitFor();
  await clear(delegate, 'rated both ways');
}

async function releasesWords({ url, ground, open }: Staffed): Promise<void> {
  const dispatcher = ground.post('dispatcher');
  const { cases } = await ground.ask<{ cases: { caseId: string }[] }>(
    dispatcher,
    '/api/public/cases?limit=1',
  );
  const { caseId } = cases[0]!;
  const screen = await open(dispatcher, `/cases/${caseId}`);
  const { page } = screen;
  await page.getByText('让邻居看到什么').click();
  await page.getByLabel(/^遮盖后的话/).fill('路口护栏倒了');
  await page.locator('.neighbour blockquote', { hasText: '路口护栏倒了' }).waitFor();
  await clear(screen, 'words to release');
  await page.getByRole('button', { name: '公布' }).click();
  await page.getByText('已公布。').waitFor();
  const seen = await (await fetch(`${url}/api/public/cases/${caseId}`)).json();
  assert.equal((seen as { case: { text: string } }).case.text, '路口护栏倒了');
}

async function together({ ground, open }: Staffed): Promise<void> {
  const screen = await open(ground.post('dispatcher'), '/queue/open');
  const { page } = screen;
  await page.locator('.window li').nth(2).waitFor();
  await page.keyboard.press('j');
  await page.locator('.queue-case .paper').waitFor();
  await page.keyboard.press('x');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.getByText('已选 2 件').waitFor();
  await page.getByRole('button', { name: '催办' }).first().click();
  await page.locator('.bulk .schema-form button[type=submit]').click();
  await page.getByText(/件都已办|没有办成/).waitFor();
  await clear(screen, 'done together');
  await page.locator('.queue-search').fill('路灯');
  await page.keyboard.press('Enter');
  await page.waitForURL(/q=/);
  await clear(screen, 'a search');
}

async function asksWhatChanged({ ground, open }: Staffed): Promise<void> {
  const dispatcher = ground.post('dispatcher');
  const { rows } = await ground.ask<Queue>(dispatcher, '/api/queues/open?limit=1');
  const { caseId, place } = rows[0]!;
  const screen = await open(dispatcher, `/queue/open?place=${place.code}`);
  const { page } = screen;
  const chip = page.getByRole('button', { name: `在${place.name}` });
  await chip.waitFor();
  await page.locator('.window li').first().waitFor();
  await page.getByText('实时', { exact: true }).waitFor();
  await clear(screen, 'a list of a place');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const answered = page.waitForResponse((answer) => answer.url().includes(`cases=${caseId}`));
  await ground.act(dispatcher, caseId, 'note', { words: '已电话核实' });
  await answered;
  assert.deepEqual(
    asked.filter((url) => /queues\/open\?/.test(url) && !url.includes('cases=')),
    [],
    'no page of the list is read again',
  );
  await chip.click();
  await page.waitForURL((url) => url.search === '');
}

async function callsBack({ ground, open }: Staffed): Promise<void> {
  const screen = await open(ground.post('seat'), '/queue/callback');
  const { page } = screen;
  await page.getByRole('button', { name: '领取下一个回访' }).click();
  await page.waitForURL(/cases/);
  const form = page.locator('.act-open');
  await form.getByText('解决了吗').waitFor();
  assert.ok(await form.getByRole('radio', { name: /^\d{4} \d{4} \d{4}$/ }).isChecked());
  for (const answer of ['已联系', '已解决', '基本满意'])
    await form.getByRole('radio', { name: answer, exact: true }).check();
  await clear(screen, 'a call to make');
  await form.locator('button[type=submit]').click();
  await page.getByText(/^已办：/).waitFor();
}

async function tenThousandRows({ ground, browser, url }: Staffed): Promise<void> {
  const screen = await browser.screen(url, DESK);
  await ground.enter(screen, ground.post('dispatcher'));
  await tenThousand(screen);
  const { page } = screen;
  await page.goto('/console/queue/open');
  await page.locator('.window li').first().waitFor();
  await toTheEnd(screen);
  await page.getByText('第 9999 件').waitFor();
  assert.ok((await page.locator('.window li').count()) < 60);
  await clear(screen, 'ten thousand rows');
}

const ROOMS = ['/desk', '/queue/open', '/queue/callback', '/whistles', '/nowhere'];

async function eachRoom(browser: Looking, base: string, ground: ConsoleGround): Promise<void> {
  for (const lang of ['zh', 'en'] as const) {
    const screen = await browser.screen(base, { ...DESK, lang });
    await ground.enter(screen, ground.post('dispatcher'));
    for (const path of ROOMS) {
      await screen.page.goto(`/console${path}`);
      await screen.page.locator('h1, .state h2').first().waitFor();
      await clear(screen, `${path} in ${lang}`);
    }
    await screen.page.keyboard.press('?');
    await screen.page.getByRole('dialog').waitFor();
    await clear(screen, `keys in ${lang}`);
    await screen.page.keyboard.press('Escape');
    const { rows } = await ground.ask<Queue>(ground.post('dispatcher'), '/api/queues/open?limit=1');
    for (const what of ['slip', 'receipt', 'extension', 'listing']) {
      await screen.page.goto(`/console/print/${what}/${rows[0]?.caseId}`);
      await screen.page.getByRole('heading', { level: 1 }).waitFor();
      await clear(screen, `${what} in ${lang}`);
    }
  }
}

/** No error, nothing that left the machine, no barrier. */
async function clear(screen: Screen, what: string): Promise<void> {
  assert.deepEqual(await screen.barriers(), [], what);
  assert.deepEqual(screen.troubles(), [], what);
}

/** A burst main of three voices, with its crew on site. */
async function burstMain(ground: ConsoleGround, seat: string) {
  const place = await somewhere(ground, seat);
  const call = async (words: string, join?: string): Promise<string> => {
    const body = { id: randomUUID(), words, kind: 'water.supply', ...(join ? { join } : {}) };
    return (await ground.send<{ caseId: string }>(seat, '/api/desk/calls', body)).caseId;
  };
  const caseId = await call(`${place}路口水管爆了，路面上都是水`);
  await call(`${place}门口一直在冒水，路面都是水`, caseId);
  await call(`我家楼下水管爆了，${place}这边路面都是水`, caseId);
  const now = await ground.ask<CaseNow>(seat, `/api/cases/${caseId}`);
  assert.ok(now.lead, 'the burst main was dispatched');
  const crew = ground.post('desk', now.lead.unit.code);
  await ground.act(crew, caseId, 'accept');
  const note = '联系了诉求人';
  await ground.act(crew, caseId, 'contact', { way: 'phone' });
  return { caseId, place, note };
}

type Sent = { readonly caseId: string; readonly post: string };

/** A matter that was sent to a unit just now, and the post of its desk. */
async function newlySent(ground: ConsoleGround, place: string, what: string): Promise<Sent> {
  const seat = ground.post('seat');
  const call = { id: randomUUID(), words: `${place}${what}`, kind: 'road.damage' };
  const { caseId } = await ground.send<{ caseId: string }>(seat, '/api/desk/calls', call);
  const { lead } = await ground.ask<CaseNow>(seat, `/api/cases/${caseId}`);
  assert.ok(lead, 'it was dispatched');
  return { caseId, post: ground.post('desk', lead.unit.code) };
}

const POTHOLES = ['主路上有个大坑', '主路上的井盖松了', '主路有一段路面不平', '主路路面裂开一条缝'];

/** A matter after four of its kind and street, in each of which an objection was upheld. */
async function fifthOfItsKind(ground: ConsoleGround): Promise<Sent> {
  const seat = ground.post('seat');
  const place = await somewhere(ground, seat);
  const hotline = ground.posts.find(({ post }) => post === seat)!.unit;
  const basis = '权责清单第 3 项';
  for (const what of POTHOLES) {
    const { caseId, post } = await newlySent(ground, place, what);
    const own = ground.posts.find((one) => one.post === post)!.unit;
    const unit = ground.posts.find(
      (one) => one.level === 'city' && one.kind === 'desk' && one.unit !== own,
    )!.unit;
    await ground.act(post, caseId, 'object', { reason: '不在本单位清单内', basis, proposes: unit });
    const ruling = { granted: true, words: '依清单由该单位办理', basis, lead: { unit } };
    await ground.act(ground.post('head', hotline), caseId, 'ruleObjection', ruling);
  }
  const fifth = await newlySent(ground, place, '主路上又有个深坑，车都绕着走');
  const told = async (): Promise<number> => {
    const url = `/api/cases/${fifth.caseId}/precedents`;
    return (await ground.ask<{ rulings: readonly unknown[] }>(fifth.post, url)).rulings.length;
  };
  while ((await told()) < POTHOLES.length) await new Promise((resolve) => setTimeout(resolve, 200));
  return fifth;
}

type Placed = { readonly rows: readonly { readonly place: { readonly name: string } }[] };

/** The name of a community in which something is open now. */
async function somewhere(ground: ConsoleGround, seat: string): Promise<string> {
  const { rows } = await ground.ask<Placed>(seat, '/api/queues/open?limit=50');
  const place = rows.map((row) => /^(.+?(?:社区|村))/.exec(row.place.name)?.[1]).find(Boolean);
  assert.ok(place);
  return place;
}

type Open = {
  readonly rows: readonly {
    readonly caseId: string;
    readonly phase: string;
    readonly unit?: { code: string };
  }[];
};

/** An open case that the desk of its unit may act on like this, and the post of that desk. */
async function firstWith(ground: ConsoleGround, action: string, phase: string, level?: string) {
  const { rows } = await ground.ask<Open>(ground.post('dispatcher'), '/api/queues/open?limit=500');
  for (const row of rows.filter((one) => one.phase === phase)) {
    const desk = ground.posts.find(({ kind, unit }) => kind === 'desk' && unit === row.unit?.code);
    if (!desk || (level && desk.level !== level)) continue;
    const { forms } = await ground.ask<Forms>(desk.post, `/api/cases/${row.caseId}/forms`);
    if (forms.some((form) => form.action === action)) return { caseId: row.caseId, post: desk.post };
  }
  throw new Error(`No desk may ${action} now.`);
}

/** The units that were called sign, come and deliver; answers the posts of their desks. */
async function arrive(ground: ConsoleGround, street: string, whistle: string): Promise<readonly string[]> {
  type Board = { board: { units: { task: string; unit: { code: string } }[] } };
  const { board } = await ground.ask<Board>(street, `/api/cases/${whistle}/whistle`);
  const desks: string[] = [];
  for (const { task, unit } of board.units) {
    const desk = ground.posts.find((one) => one.unit === unit.code)!.post;
    for (const step of ['signed', 'contacted'] as const)
      await ground.act(desk, whistle, 'report', { task, step });
    await ground.act(desk, whistle, 'report', { task, step: 'arrived', way: 'onSite' });
    await ground.act(desk, whistle, 'deliver', { task });
    desks.push(desk);
  }
  return desks;
}

async function threeTaps({ page }: Screen): Promise<void> {
  const first = page.getByRole('group', { name: /三下即可/ }).first();
  for (const name of ['响应 4 分', '配合 5 分', '成效 4 分'])
    await first.getByRole('button', { name }).click();
  await page.getByText(/ 评 /).first().waitFor();
}

/** The queue answers as if ten thousand cases waited in it. */
async function tenThousand({ page }: Screen): Promise<void> {
  await page.route('**/api/queues/open?*', async (route) => {
    const url = new URL(route.request().url());
    const from = Number(url.searchParams.get('after') ?? 0);
    const limit = Number(url.searchParams.get('limit'));
    const rows = Array.from({ length: limit }, (_, i) => rowOf(from + i));
    const next = from + limit < 10_000 ? { next: String(from + limit) } : {};
    await route.fulfill({ json: { rows, ...next } });
  });
}

function rowOf(i: number) {
  const label = (zh: string) => ({ zh, en: zh });
  return {
    caseId: `018f0000-0000-7000-8000-${String(i).padStart(12, '0')}`,
    seq: 1,
    kind: { code: 'k', name: label('名字特别特别长的事项类别，长到一行放不下还要再长一些') },
    state: { name: 's', label: label('办理中') },
    phase: 'underway',
    flags: i % 3 === 0 ? ['late', 'reopened'] : [],
    place: { code: 'p', name: '石桥街道名字很长的社区第一百零八网格' },
    unit: { code: 'u', name: '某某市某某区名字很长的综合行政执法局' },
    openedAt: '2026-05-06T02:00:00Z',
    updatedAt: '2026-05-06T02:00:00Z',
    requests: (i % 5) + 1,
    next: { clock: 'handle', dueAt: '2026-05-07T02:00:00Z', isPast: true },
    clock: label('办结'),
    excerpt: `第 ${i} 件：有人说了很长很长的一段话，列表里只看得到开头的几十个字，其余在旁边的经过里`,
    link: '/api/cases/x',
  };
}

/** Scrolls on until the last of ten thousand rows is there. */
async function toTheEnd({ page }: Screen): Promise<void> {
  const list = page.locator('.window');
  for (;;) {
    const height = await list.evaluate((box) => {
      const element = box as unknown as { scrollTop: number; scrollHeight: number };
      element.scrollTop = element.scrollHeight;
      return element.scrollHeight;
    });
    if (height >= 10_000 * ROW_PX) return;
    await page.waitForTimeout(20);
  }
}

const ROW_PX = 68;

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Locator } from 'playwright-core';
import { type Looking, openBrowser, type Screen } from './kit/browser.ts';
import { type ConsoleGround, consoleGround } from './kit/console-ground.ts';
import { livelyTown } from './kit/lively-town.ts';
import { until } from './kit/until.ts';

const WORKER = '990101001-JD-gridWorker306';
const STREET = '990101001-JD';
const WORDS = '三号楼后面的空地堆了两车装修垃圾，挡住了消防通道';

type Me = { readonly place: string };
type Cases = {
  readonly cases: readonly { readonly caseId: string; readonly unit?: { readonly code: string } }[];
};
type Now = { readonly rates: { readonly n: number } };
type Story = { readonly state: string; readonly told: readonly { readonly type: string }[] };

test('one report from a phone to the wall: desk, whistle, cellar, check, “not solved”, again, closed', async (t) => {
  const town = await livelyTown(t, { days: 8 });
  const ground = await consoleGround(town.url);
  const browser = await openBrowser(t);
  const wall = await wallOf(browser, town.url, ground);

  // A resident, on a phone.
  const { place } = await ground.ask<Me>(WORKER, '/api/me');
  const phone = await browser.screen(town.url);
  const number = await report(phone, place);
  const { cases } = await ground.ask<Cases>(ground.post('seat'), `/api/cases?number=${number}`);
  const { caseId, unit } = cases[0]!;
  assert.equal(unit, undefined, 'a machine proposes the kind; a person decides');

  // The hotline's desk says that it may go out.
  const dispatcher = ground.post('dispatcher');
  const triage = await enter(browser, town.url, ground, dispatcher, `/console/cases/${caseId}`);
  await triage.page.getByText(WORDS).first().waitFor();
  for (const action of ['triage', 'dispatch']) {
    const type = action === 'triage' ? 'triaged' : 'dispatched';
    await press(triage, await labelOf(ground, dispatcher, caseId, action), async () => {
      const { told } = await ground.ask<Story>(dispatcher, `/api/cases/${caseId}/story`);
      return told.some((one) => one.type === type);
    });
  }
  await triage.page.getByText('已派单').first().waitFor();
  const sent = await ground.ask<Cases>(dispatcher, `/api/cases?number=${number}`);
  assert.equal(sent.cases[0]?.unit?.code, STREET, 'the street answers for it');

  // The street's desk sees it, and calls others.
  const desk = ground.post('desk', STREET);
  const queue = await enter(browser, town.url, ground, desk, '/console/queue/mine');
  await queue.page.locator('.window li').first().waitFor();
  await queue.page.goto(`/console/cases/${caseId}`);
  await queue.page.getByText(WORDS).first().waitFor();
  const whistle = await callOthers(queue, caseId);
  const head = await enter(
    browser,
    town.url,
    ground,
    ground.post('head', STREET),
    `/console/whistles/${whistle}`,
    {
      width: 360,
      height: 740,
    },
  );
  await head.page.getByRole('button', { name: '批准吹哨' }).first().click();
  await head.page.locator('.schema-form').getByRole('button', { name: '批准吹哨' }).click();
  await head.page.getByText('已吹哨待报到').waitFor();
  await arriveAndConclude(ground, desk, whistle);

  // A grid worker does it where no network reaches.
  await inTheCellar(browser, town.url, ground, caseId);

  // Somebody else checks; the resident says that it is not solved; it begins again.
  const checker = ground.posts.find(({ kind, unit: of }) => kind === 'checker' && of !== STREET)!.post;
  await ground.act(checker, caseId, 'check', { passed: true, way: 'onSite' });
  await answer(phone, number, { solved: '没有解决', satisfied: '不满意' });
  await phone.page.getByText('已重新办理').waitFor();
  const reopened = await ground.ask<Story>(desk, `/api/cases/${caseId}/story`);
  assert.ok(reopened.told.some(({ type }) => type === 'reopened'));

  // Again, and now it is.
  await ground.act(desk, caseId, 'accept');
  await ground.act(desk, caseId, 'contact', { way: 'inPerson' });
  await ground.act(desk, caseId, 'finish', {
    outcome: 'solved',
    words: '垃圾已清空，消防通道恢复，设了护栏。',
  });
  await ground.act(checker, caseId, 'check', { passed: true, way: 'onSite' });
  await answer(phone, number, { solved: '解决了', satisfied: '满意' });
  await untilPhase(ground, caseId, 'closed');

  // The wall counts it, and says of how many.
  await wall.grown();
  for (const screen of [phone, queue, head, wall.screen]) assert.deepEqual(screen.troubles(), []);
});

/** An action of a case by its button, and by its form where it has one; done when the story tells of it. */
async function press({ page }: Screen, label: string, isTold: () => Promise<boolean>): Promise<void> {
  await page.getByRole('button', { name: label, exact: true }).first().click();
  const form = page.locator('.schema-form').getByRole('button', { name: label, exact: true });
  for (let tries = 0; !(await isTold()); tries += 1) {
    assert.ok(tries < 100, `${label} is done`);
    if (await form.isVisible()) await pressIfThere(form);
    await sleep(200);
  }
}

async function pressIfThere(button: Locator): Promise<void> {
  try {
    await button.click({ timeout: 2_000 });
  } catch {
    // It went while it was pressed: then it was done.
  }
}

async function labelOf(ground: ConsoleGround, post: string, caseId: string, action: string): Promise<string> {
  type Forms = { readonly forms: readonly { readonly action: string; readonly label: string }[] };
  const { forms } = await ground.ask<Forms>(post, `/api/cases/${caseId}/forms`);
  return forms.find((form) => form.action === action)!.label;
}

/** The wall, and that the three rates stand on more answers than when it was opened. */
async function wallOf(browser: Looking, base: string, ground: ConsoleGround) {
  const post = ground.posts.find(({ kind, unit }) => kind === 'head' && unit.endsWith('-RX'))!.post;
  const screen = await enter(browser, base, ground, post, '/console/now', { width: 3840, height: 2160 });
  const said = screen.page.locator('.now-rates small').first();
  await said.waitFor();
  const countOf = async (): Promise<number> =>
    Number(/n=([\d,]+)/.exec((await said.textContent()) ?? '')?.[1]?.replace(',', ''));
  const before = await countOf();
  const { rates } = await ground.ask<Now>(post, '/api/now');
  assert.ok(Math.abs(rates.n - before) <= 1, 'the wall says what the API says');
  const grown = async (): Promise<void> => {
    await until(
      screen.page,
      `Number(/n=([\\d,]+)/.exec(document.querySelector('.now-rates small').textContent)[1].replace(',', '')) > ${before}`,
      60_000,
    );
  };
  return { screen, grown };
}

async function enter(
  browser: Looking,
  base: string,
  ground: ConsoleGround,
  post: string,
  path: string,
  look: object = { width: 1440, height: 900 },
): Promise<Screen> {
  const screen = await browser.screen(base, look);
  await ground.enter(screen, post);
  await screen.page.goto(path);
  return screen;
}

/** Words, the grid whose code hangs at the gate, no contact; answers the number. */
async function report({ page }: Screen, grid: string): Promise<string> {
  await page.goto(`/portal/?grid=${grid}`);
  await page.getByLabel('出了什么事？').fill(WORDS);
  await page.getByRole('button', { name: '下一步' }).click();
  await page.getByRole('button', { name: '下一步' }).click();
  const noneOfThese = page.getByRole('button', { name: /都不是/ });
  const send = page.getByRole('button', { name: '发出' });
  await noneOfThese.or(send).first().waitFor();
  if (await noneOfThese.isVisible()) await noneOfThese.click();
  await send.click();
  await page.getByRole('link', { name: '看办到哪一步' }).click();
  const title = await page.getByRole('heading', { name: /^编号/ }).textContent();
  return title!.replace(/\D/g, '');
}

/** Two lines and two units; answers the whistle. */
async function callOthers({ page }: Screen, caseId: string): Promise<string> {
  await page.goto(`/console/whistles/new/${caseId}`);
  await page.getByLabel(/^要解决什么/).fill('装修垃圾挡住消防通道。\n请城管、消防一起到现场。');
  await page.getByText('其他单位').click();
  for (const box of (await page.locator('.called input, .other-units input').all()).slice(0, 2))
    await box.check();
  await page.getByRole('button', { name: '起草并点名 2 个单位' }).click();
  await page.getByRole('heading', { name: '谁到了' }).waitFor();
  return page.url().split('/').at(-1)!;
}

async function arriveAndConclude(ground: ConsoleGround, street: string, whistle: string): Promise<void> {
  type Board = { board: { units: { task: string; unit: { code: string } }[] } };
  const { board } = await ground.ask<Board>(street, `/api/cases/${whistle}/whistle`);
  for (const { task, unit } of board.units) {
    const desk = ground.posts.find((one) => one.unit === unit.code)!.post;
    for (const step of ['signed', 'contacted'] as const)
      await ground.act(desk, whistle, 'report', { task, step });
    await ground.act(desk, whistle, 'report', { task, step: 'arrived', way: 'onSite' });
    await ground.act(desk, whistle, 'deliver', { task });
  }
  await ground.act(street, whistle, 'conclude', { outcome: 'solved', words: '已定清运时间，今晚清空' });
}

/** The worker loads the day, goes where no network is, does it, and comes back: everything is sent in order. */
async function inTheCellar(
  browser: Looking,
  base: string,
  ground: ConsoleGround,
  caseId: string,
): Promise<void> {
  const screen = await browser.screen(base);
  await ground.enter(screen, WORKER);
  const { page, context } = screen;
  await page.goto('/field/');
  await page.locator('.rows .row').first().waitFor();
  await until(page, 'navigator.serviceWorker.controller !== null');
  await context.setOffline(true);
  await page.goto(`/field/case/${caseId}`);
  await page.getByRole('button', { name: '签收' }).click();
  await page.getByRole('button', { name: '当面说过了，当场解决' }).click();
  await page.getByText('按手机上的记录').waitFor();
  await context.setOffline(false);
  await untilPhase(ground, caseId, 'done', 'check');
}

/** Closed means solved; done is what a unit says. */
async function untilPhase(
  ground: ConsoleGround,
  caseId: string,
  ...phases: readonly string[]
): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    const { phase } = await ground.ask<{ phase: string }>(ground.post('dispatcher'), `/api/cases/${caseId}`);
    if (phases.includes(phase)) return;
    assert.ok(tries < 300, `the case is ${phase}, not ${phases.join(' or ')}`);
    await sleep(200);
  }
}

/** The three questions of the callback. */
async function answer(
  { page }: Screen,
  number: string,
  { solved, satisfied }: { readonly solved: string; readonly satisfied: string },
): Promise<void> {
  await page.goto(`/portal/mine/${number}`);
  await page.getByRole('heading', { name: '回访：三个问题' }).waitFor();
  await page.getByRole('group', { name: '承办单位联系您了吗？' }).getByLabel('联系了').check();
  await page.getByLabel(solved).check();
  await page.getByLabel(satisfied, { exact: true }).check();
  await page.getByRole('button', { name: '交回答' }).click();
}

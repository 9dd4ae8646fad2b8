// Times the screens of the made-up town in a real browser and prints a line of JSON for each figure. `npm run bench -- --only screens`; with the
// address of a running made-up town, the screens of that one.
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { CDPSession, Page } from 'playwright-core';
import { type Looking, openBrowser } from '../kit/browser.ts';
import { type ConsoleGround, consoleGround } from '../kit/console-ground.ts';
import { livelyTown } from '../kit/lively-town.ts';

type Figure = {
  readonly name: string;
  readonly ours: string;
  readonly method: string;
  readonly goal: string;
};

const APPS = fileURLToPath(new URL('../../apps', import.meta.url));
const DESK = { width: 1440, height: 900, isBare: true } as const;

/** What the browser itself counts of its main thread. */
const COUNTED = ['ScriptDuration', 'LayoutDuration', 'RecalcStyleDuration'] as const;

const say = (figure: Figure): void => console.log(JSON.stringify(figure));

for (const [app, goal] of [
  ['portal', '≤ 100 kB'],
  ['field', '–'],
  ['console', '≤ 450 kB'],
] as const) {
  say({
    name: `${app}, first load`,
    ours: `${(firstLoad(app) / 1000).toFixed(0)} kB of JavaScript`,
    method: 'gzip -9, what its page names',
    goal,
  });
}

const given = process.argv[2];
const town = given ? { url: given, close: async () => undefined } : await livelyTown(undefined, { days: 60 });
const browser = await openBrowser();
try {
  const ground = await consoleGround(town.url);
  if (!given) await portalOnASlowPhone(browser, town.url);
  await routesOfTheConsole(browser, town.url, ground);
  await scrollOfTenThousand(browser, town.url, ground);
  await factsSeen(browser, town.url, ground);
} finally {
  await browser.close();
  await town.close();
}

/** What the page itself names: later rooms come when they are entered. */
function firstLoad(app: string): number {
  const dist = join(APPS, app, 'dist');
  const page = readFileSync(join(dist, 'index.html'), 'utf8');
  const files = [...page.matchAll(/(?:src|href)="\/\w+\/(assets\/[^"]+\.js)"/g)].map(
    ([, file]) => `${file}.gz`,
  );
  return files
    .map((file) => join(dist, file))
    .filter((file) => existsSync(file))
    .reduce((sum, file) => sum + statSync(file).size, 0);
}

/** Lighthouse's slow 4G (1.6 Mbit/s down, 150 ms there and back) and a processor four times slower, nothing kept from before. */
async function portalOnASlowPhone(on: Looking, base: string): Promise<void> {
  const times: number[] = [];
  for (let run = 0; run < 5; run += 1) {
    const { page, context } = await on.screen(base, { isBare: true });
    const cdp = await context.newCDPSession(page);
    await cdp.send('Network.enable');
    await cdp.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 150,
      downloadThroughput: (1_600_000 / 8) * 0.9,
      uploadThroughput: (750_000 / 8) * 0.9,
    });
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    const begun = performance.now();
    await page.goto('/portal/', { waitUntil: 'commit' });
    await page.getByLabel('出了什么事？').fill('路灯不亮');
    times.push(performance.now() - begun);
    await context.close();
  }
  say({
    name: 'portal, the first field takes what is typed',
    ours: `${spread(times)} s`,
    method: 'slow 4G, processor ÷ 4, nothing kept, 5 runs: median (least–most)',
    goal: '≤ 2 s',
  });
}

/** From the press on a room's name to its heading and its first number, once each room was entered before. */
async function routesOfTheConsole(on: Looking, base: string, ground: ConsoleGround): Promise<void> {
  const { page } = await enter(on, base, ground);
  const rooms = ['/console/queue', '/console/now', '/console/rates', '/console/topics', '/console/town'];
  for (const path of rooms) await goTo(page, path);
  const times: number[] = [];
  for (let round = 0; round < 4; round += 1) for (const path of rooms) times.push(await goTo(page, path));
  say({
    name: 'console, from one room to another',
    ours: `${spread(times)} s`,
    method: `${times.length} presses among ${rooms.length} rooms entered before: median (least–most)`,
    goal: '≤ 0.2 s',
  });
}

async function goTo(page: Page, path: string): Promise<number> {
  const took = await page.evaluate(async (to) => {
    const { document, performance, requestAnimationFrame } = globalThis as unknown as BrowserWorld;
    const link = document.querySelector(`nav a[href="${to}"], nav a[href^="${to}/"]`);
    const before = document.querySelector('main h1, main h2')?.textContent;
    const begun = performance.now();
    link?.click();
    for (;;) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const now = document.querySelector('main h1, main h2')?.textContent;
      if (now && now !== before) return performance.now() - begun;
      if (performance.now() - begun > 10_000) return Number.NaN;
    }
  }, path);
  await sleep(400);
  return took;
}

type BrowserWorld = {
  readonly document: {
    querySelector(selector: string): { click(): void; textContent: string | null; scrollTop: number } | null;
  };
  readonly performance: { now(): number };
  requestAnimationFrame(then: (at: number) => void): void;
};

/** A list of ten thousand rows is moved by 120 pixels a frame for 300 frames. */
async function scrollOfTenThousand(on: Looking, base: string, ground: ConsoleGround): Promise<void> {
  const { page, context } = await enter(on, base, ground);
  await page.route('**/api/queues/open?*', async (route) => {
    const url = new URL(route.request().url());
    const from = Number(url.searchParams.get('after') ?? 0);
    const limit = Number(url.searchParams.get('limit'));
    const next = from + limit < 10_000 ? { next: String(from + limit) } : {};
    await route.fulfill({
      json: { rows: Array.from({ length: limit }, (_, i) => rowOf(from + i)), ...next },
    });
  });
  await page.goto('/console/queue/open');
  await page.locator('.window li').first().waitFor();
  await sleep(3_000);
  const cdp = await context.newCDPSession(page);
  await cdp.send('Performance.enable');
  const before = await metricsOf(cdp);
  const frames = await page.evaluate(async () => {
    const { document, requestAnimationFrame } = globalThis as unknown as BrowserWorld;
    const list = document.querySelector('.window')!;
    for (let frame = 0; frame < 300; frame += 1) {
      list.scrollTop += 120;
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    return 300;
  });
  const after = await metricsOf(cdp);
  const ms = COUNTED.map((name) => ((after[name]! - before[name]!) * 1000) / frames);
  say({
    name: 'console, a list of 10,000 rows while it is scrolled',
    ours: `${ms.reduce((a, b) => a + b, 0).toFixed(1)} ms a frame`,
    method: `script, layout and style of ${frames} frames by the browser's own counters, the mean`,
    goal: '≤ 8 ms',
  });
}

async function metricsOf(cdp: CDPSession): Promise<Readonly<Record<string, number>>> {
  const { metrics } = await cdp.send('Performance.getMetrics');
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
}

/** From a report's acknowledgement to its row in an open queue. */
async function factsSeen(on: Looking, base: string, ground: ConsoleGround): Promise<void> {
  const { page } = await enter(on, base, ground);
  const seat = ground.post('seat');
  await ground.send(seat, '/api/desk/calls', {
    id: randomUUID(),
    words: '井盖翘起来了',
    kind: 'road.damage',
  });
  // The newest first, so that what is new is in the window.
  const since = new Date(Date.now() - 3_600_000).toISOString();
  await page.goto(`/console/queue/open?from=${since}`);
  const newest = page.locator('.window li').first();
  await newest.waitFor();
  const times: number[] = [];
  for (let run = 0; run < 7; run += 1) {
    const words = `第 ${randomUUID().slice(0, 6)} 号井盖翘起来了`;
    const before = await newest.innerHTML();
    await ground.send(seat, '/api/desk/calls', { id: randomUUID(), words, kind: 'road.damage' });
    const begun = performance.now();
    while ((await newest.innerHTML()) === before && performance.now() - begun < 15_000) await sleep(20);
    times.push(performance.now() - begun);
    await sleep(500);
  }
  say({
    name: 'console, from a fact to its row in an open queue',
    ours: `${spread(times)} s`,
    method: `${times.length} calls, from their acknowledgement: median (least–most)`,
    goal: '≤ 1 s',
  });
}

async function enter(on: Looking, base: string, ground: ConsoleGround) {
  const screen = await on.screen(base, DESK);
  await ground.enter(screen, ground.post('dispatcher'));
  await screen.page.goto('/console/queue');
  await screen.page.locator('main h1, main h2').first().waitFor();
  return screen;
}

function rowOf(i: number): object {
  const label = (zh: string): object => ({ zh, en: zh });
  return {
    caseId: `018f0000-0000-7000-8000-${String(i).padStart(12, '0')}`,
    seq: 1,
    kind: { code: 'k', name: label('道路破损井盖') },
    state: { name: 's', label: label('办理中') },
    phase: 'underway',
    flags: [],
    place: { code: 'p', name: '石桥街道东溪社区第三网格' },
    unit: { code: 'u', name: '石桥街道办事处' },
    openedAt: '2026-05-06T02:00:00Z',
    updatedAt: '2026-05-06T02:00:00Z',
    requests: 1,
    next: { clock: 'handle', dueAt: '2026-05-07T02:00:00Z', isPast: false },
    clock: label('办结'),
    excerpt: `第 ${i} 件`,
    link: '/api/cases/x',
  };
}

/** Seconds: the median, and between what. */
function spread(ms: readonly number[]): string {
  const sorted = ms.toSorted((a, b) => a - b);
  const at = (share: number): string => (sorted[Math.floor((sorted.length - 1) * share)]! / 1000).toFixed(2);
  return `${at(0.5)} (${at(0)}–${at(1)})`;
}

import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { browserBinary } from './browser-binary.ts';

const MODULES = fileURLToPath(new URL('../../node_modules', import.meta.url));
const FONT = join(MODULES, '@fontsource/noto-sans-sc');

/** How somebody looks at a page. */
export type Look = {
  /** Pixels; 360 × 740 (a phone) where left out. */
  readonly width?: number;
  readonly height?: number;
  readonly lang?: 'zh' | 'en';
  readonly dark?: boolean;
  /** Nothing stands between the browser and the network: for what is timed. It then shows what letters the machine has. */
  readonly isBare?: boolean;
};

/** A page somebody looks at, and what went wrong on it. */
export type Screen = {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors on the console, pages that threw, answers 5xx, and requests that would have left the machine. */
  troubles(): readonly string[];
  /** What stands in the way of somebody who cannot see, or not well (axe, WCAG 2.2 AA); empty is well. */
  barriers(): Promise<readonly string[]>;
};

export type Looking = { screen(base: string, look?: Look): Promise<Screen>; close(): Promise<void> };

/** A browser that came from npm. It speaks with `base` alone, and shows Chinese on machines without Chinese letters. */
export async function openBrowser(t?: Pick<TestContext, 'after'>): Promise<Looking> {
  const browser = await launch();
  const looking: Looking = {
    screen: (base, look = {}) => open(browser, base, look),
    close: () => browser.close(),
  };
  t?.after(() => looking.close());
  return looking;
}

async function launch(): Promise<Browser> {
  const { program, libraries } = await browserBinary();
  const args = ['--no-sandbox', '--disable-gpu', '--force-color-profile=srgb', '--font-render-hinting=none'];
  const start = (env: NodeJS.ProcessEnv): Promise<Browser> =>
    chromium.launch({ executablePath: program, args, env: env as Record<string, string> });
  try {
    return await start(process.env);
  } catch (error) {
    // A machine without the libraries of a desktop: those that came along.
    if (!/shared librar/.test(String(error))) throw error;
    return await start({ ...process.env, LD_LIBRARY_PATH: libraries });
  }
}

async function open(browser: Browser, base: string, look: Look): Promise<Screen> {
  const { width = 360, height = 740, lang = 'zh', dark = false, isBare = false } = look;
  const context = await browser.newContext({
    baseURL: base,
    viewport: { width, height },
    locale: lang === 'zh' ? 'zh-CN' : 'en-GB',
    timezoneId: 'Asia/Shanghai',
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    hasTouch: width < 800,
  });
  const troubles: string[] = [];
  if (!isBare) await stayHome(context, base, troubles);
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error' || /Content Security Policy/.test(message.text()))
      troubles.push(message.text());
  });
  page.on('pageerror', (error) => troubles.push(String(error.stack ?? error)));
  page.on('response', (answer) => {
    if (answer.status() >= 500) troubles.push(`${answer.status()} ${answer.url()}`);
  });
  return { page, context, troubles: () => troubles, barriers: () => barriersOn(page) };
}

/** Nothing leaves the machine; style sheets of the town get letters for Chinese, from a package of npm. */
async function stayHome(context: BrowserContext, base: string, troubles: string[]): Promise<void> {
  await context.route('**/*', async (route) => {
    const url = new URL(route.request().url());
    if (url.protocol !== 'http:' && url.protocol !== 'https:') return await route.fallback();
    if (url.origin !== new URL(base).origin) {
      troubles.push(`would have left the machine: ${url.href}`);
      return await route.abort();
    }
    if (url.pathname.startsWith('/_letters/')) {
      const name = url.pathname.split('/').at(-1)!;
      return await route.fulfill({
        body: await readFile(join(FONT, 'files', name)),
        contentType: 'font/woff2',
      });
    }
    if (!url.pathname.endsWith('.css')) return await route.fallback();
    // A page that is closed while it still fetches takes its requests with it.
    const sheet = await route.fetch().catch(() => undefined);
    if (!sheet) return;
    const headers = sheet.headers();
    delete headers['content-encoding'];
    delete headers['content-length'];
    return await route.fulfill({ status: sheet.status(), headers, body: (await sheet.text()) + LETTERS });
  });
}

/** “Noto Sans SC” stands last among the house's fonts: only machines without Chinese letters ask for these. */
const LETTERS = readFileSync(join(FONT, 'chinese-simplified-400.css'), 'utf8').replaceAll(
  /url\(\.\/files\/([^)]+)\)/g,
  'url(/_letters/$1)',
);

const AXE = readFileSync(join(MODULES, 'axe-core/axe.min.js'), 'utf8');

type Axe = {
  run(
    on: unknown,
    options: unknown,
  ): Promise<{
    violations: { id: string; help: string; nodes: { target: string[]; failureSummary: string }[] }[];
  }>;
};

async function barriersOn(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: Axe };
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const { violations } = await axe.run((globalThis as unknown as { document: unknown }).document, {
      runOnly: tags,
    });
    return violations.map(({ id, help, nodes }) => ({
      id,
      help,
      at: nodes.map(({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary}`),
    }));
  });
  return found.map(({ id, help, at }) => `${id}: ${help}\n    ${at.slice(0, 5).join('\n    ')}`);
}

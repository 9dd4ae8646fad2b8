import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { openBrowser } from '../kit/browser.ts';
import { consoleGround } from '../kit/console-ground.ts';
import { livelyTown } from '../kit/lively-town.ts';
import { until } from '../kit/until.ts';
import { type Shot, shotsOf } from './shots.ts';

/**
 * `npm run screens [address of a running made-up town]`: a picture of every screen into docs/screens, with a list of them. Without an
 * address it makes a town of its own.
 */
const FOLDER = fileURLToPath(new URL('../../docs/screens/', import.meta.url));
const BYTES_MAX = 120 * 1024;
const QUALITIES = [70, 55, 40, 25];
const SETTLE_MS = 600;
/** From here on a screen is a wall. */
const WALL_PX = 2_000;

const given = process.argv[2];
const town = given ? { url: given, close: async () => undefined } : await livelyTown(undefined, { days: 30 });
try {
  await takeAll(town.url);
} finally {
  await town.close();
}

async function takeAll(base: string): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  for (const name of await readdir(FOLDER)) if (name.endsWith('.jpg')) await rm(FOLDER + name);
  const ground = await consoleGround(base);
  const browser = await openBrowser();
  const shots = await shotsOf(ground);
  const troubles: string[] = [];
  for (const shot of shots) {
    const screen = await browser.screen(base, shot);
    if (shot.post) await ground.enter(screen, shot.post);
    await screen.page.goto(shot.path);
    await screen.page
      .locator('h1')
      .first()
      .waitFor({ timeout: 15_000 })
      .catch(() => troubles.push(`${shot.name}: no heading`));
    if (shot.width > WALL_PX) await screen.page.locator('.now-head button').click();
    await until(screen.page, `!document.querySelector('.state-dots')`);
    await screen.page.waitForTimeout(SETTLE_MS);
    await keep(screen.page, shot);
    troubles.push(...screen.troubles().map((trouble) => `${shot.name}: ${trouble}`));
    await screen.context.unrouteAll({ behavior: 'ignoreErrors' });
    await screen.context.close();
  }
  await browser.close();
  await writeFile(`${FOLDER}README.md`, indexOf(shots));
  for (const trouble of troubles) console.error(trouble);
  console.log(`${shots.length} pictures in docs/screens`);
}

/** As good as fits, a wall at half its size; what is too large even so is told. */
async function keep(page: Page, { name, width, height }: Shot): Promise<void> {
  const browser = await page.context().newCDPSession(page);
  const clip = { x: 0, y: 0, width, height, scale: width > WALL_PX ? 0.5 : 1 };
  for (const quality of QUALITIES) {
    const { data } = await browser.send('Page.captureScreenshot', { format: 'jpeg', quality, clip });
    const picture = Buffer.from(data, 'base64');
    if (picture.length > BYTES_MAX) continue;
    await writeFile(`${FOLDER}${name}.jpg`, picture);
    return;
  }
  throw new Error(`${name} is larger than ${BYTES_MAX} bytes.`);
}

function indexOf(shots: readonly Shot[]): string {
  const groups = Map.groupBy(shots, ({ app }) => app);
  const sections = [...groups].map(
    ([app, own]) =>
      `## ${app}\n\n| screen | picture | language | width |\n|---|---|---|---|\n${own
        .map(({ name, path, lang, width }) => `| \`${path}\` | \`${name}.jpg\` | ${lang} | ${width} |`)
        .join('\n')}\n`,
  );
  return `# Screens\n\nMade by \`npm run screens\` over the made-up town.\n\n${sections.join('\n')}`;
}

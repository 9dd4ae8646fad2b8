// Counts what a seat presses for a call, and how long the machine lets it wait, in a real browser; prints a line of JSON for each call. `npm run bench -- --only screens`.
import { randomUUID } from 'node:crypto';
import { openBrowser } from '../kit/browser.ts';
import { consoleGround } from '../kit/console-ground.ts';
import { livelyTown } from '../kit/lively-town.ts';

/** Keystroke-level model (Card, Moran & Newell, CACM 23(7), 1980), seconds: M, and K of an average and of a skilled typist. */
const MENTAL = 1.35;
const KEY = { average: 0.28, skilled: 0.2 } as const;

/** Words as somebody writes them by pinyin: each letter is a key, and one more takes the word that is proposed. */
const HERE: readonly (readonly [string, string])[] = [
  ['翠湖', 'cuihu'],
  ['社区', 'shequ'],
];
const LAMP: typeof HERE = [
  ['路灯', 'ludeng'],
  ['不亮', 'buliang'],
  ['了', 'le'],
];
const WATER: typeof HERE = [
  ['那儿', 'naer'],
  ['又', 'you'],
  ['冒水', 'maoshui'],
  ['了', 'le'],
  ['水管', 'shuiguan'],
  ['爆了', 'baole'],
];
/** Decisions that no key prepares: what to write, whether what was read is right, to send. */
const CALLS = [
  { name: 'a plain report', words: [...HERE, ...LAMP], choose: [], thoughts: 3, goal: '≤ 40 s' },
  {
    name: 'one more voice of a burst main',
    words: [...HERE, ...WATER],
    choose: ['Alt+1'],
    thoughts: 4,
    goal: '25 s',
  },
] as const;

const town = await livelyTown(undefined, { days: 8 });
const browser = await openBrowser();
try {
  const ground = await consoleGround(town.url);
  const seat = ground.post('seat');
  await ground.send(seat, '/api/desk/calls', {
    id: randomUUID(),
    words: '翠湖社区路口水管爆了，路面上都是水',
    kind: 'water.supply',
  });
  for (const call of CALLS) {
    const screen = await browser.screen(town.url, { width: 1440, height: 900, isBare: true });
    await ground.enter(screen, seat);
    const { page } = screen;
    await page.goto('/console/desk');
    await page.locator('#caller').waitFor();
    const waits: number[] = [];
    let keys = 0;
    const press = async (combination: string): Promise<void> => {
      keys += combination.split('+').length;
      await page.keyboard.press(combination);
    };
    for (const digit of '13900000009') await press(digit);
    await press('Tab');
    await press('Tab');
    for (const [word, pinyin] of call.words) {
      keys += pinyin.length + 1;
      await page.keyboard.insertText(word);
    }
    const typed = performance.now();
    await page.locator('.desk-panel .same, .desk-panel fieldset').first().waitFor();
    if (call.choose.length > 0) await page.locator('.same li').first().waitFor();
    waits.push(performance.now() - typed);
    for (const choice of call.choose) await press(choice);
    const sent = performance.now();
    await press('Control+Enter');
    await page.locator('.taken-number').waitFor();
    waits.push(performance.now() - sent);
    const waited = waits.reduce((sum, ms) => sum + ms, 0) / 1000;
    const seconds = (key: number): number =>
      Number((keys * key + call.thoughts * MENTAL + waited).toFixed(1));
    console.log(
      JSON.stringify({
        name: `desk: ${call.name}, by the keystroke-level model`,
        ours: `${seconds(KEY.skilled)} s (skilled typist), ${seconds(KEY.average)} s (average)`,
        method: `${keys} keys, ${call.thoughts} decisions, the machine waited for ${waits.map(Math.round).join(' + ')} ms`,
        goal: call.goal,
      }),
    );
    await screen.context.close();
  }
} finally {
  await browser.close();
  await town.close();
}

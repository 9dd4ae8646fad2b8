import assert from 'node:assert/strict';
import { test } from 'node:test';
import { builtWebApps } from '@gezhi/service';
import { openBrowser } from '../kit/browser.ts';
import { MARK } from './payloads.ts';
import { hostileWorld } from './world.ts';

const PAGES = [
  '/',
  '/report',
  '/my',
  '/editions',
  '/knowledge',
  '/powers',
  '/algorithms',
  '/staff',
  '/queue',
  '/desk',
];

/** Their scripts draw them, and they write style sheets and bring service workers. */
const WEB_APPS = ['/portal/', '/field/', '/console/'];

/** Ways by which text that came onto a page would run, had it come there. */
const ATTEMPTS: Readonly<Record<string, string>> = {
  'a script made on the page': `const s = document.createElement('script'); s.textContent = 'window.${MARK} = 1'; document.body.append(s)`,
  'markup from text': `document.body.insertAdjacentHTML('beforeend', '<img src=/none onerror="window.${MARK} = 1">')`,
  'an attribute that runs': `const b = document.createElement('button'); b.setAttribute('onclick', 'window.${MARK} = 1'); document.body.append(b); b.click()`,
  eval: `eval('window.${MARK} = 1')`,
  'a timer with text': `setTimeout('window.${MARK} = 1')`,
  'an address that runs': `const a = document.createElement('a'); a.href = 'javascript:window.${MARK} = 1'; document.body.append(a); a.click()`,
  'a policy of its own': `trustedTypes.createPolicy('theirs', { createHTML: (x) => x })`,
};

/** What Trusted Types refuse where it is tried, whatever `script-src` would do later. */
const THROWS: ReadonlySet<string> = new Set([
  'markup from text',
  'an attribute that runs',
  'eval',
  'a policy of its own',
]);

test('in a browser, pages work under their policy, and nothing that came onto them would run', async (t) => {
  const world = await hostileWorld(t, { webApps: builtWebApps() });
  const url = await world.server.listen({ port: 0, host: '127.0.0.1' });
  const staff = world.callers.find(({ name }) => name.endsWith('-seat1'))!;
  const browser = await openBrowser(t);
  const { page, context, troubles } = await browser.screen(url, { width: 1100 });
  const value = staff.headers.cookie!.slice('gezhi_staff='.length);
  await context.addCookies([{ name: 'gezhi_staff', value, url }]);
  for (const path of PAGES) {
    const answer = await page.goto(path);
    assert.equal(answer?.status(), 200, path);
  }
  // The desk reads while somebody writes: its one script may replace its panel.
  await page.locator('[data-desk] [name=words]').first().fill('三号楼门口的路灯不亮了');
  await page.locator('[data-panel]', { hasText: '路灯' }).waitFor();
  for (const path of WEB_APPS) {
    await page.goto(path);
    await page.locator('#app > *').first().waitFor();
    if (path !== '/console/')
      await page.evaluate('navigator.serviceWorker.ready.then(({ active }) => active.scriptURL)');
  }
  assert.deepEqual(troubles(), []);

  for (const path of ['/', '/desk', ...WEB_APPS]) {
    for (const [how, attempt] of Object.entries(ATTEMPTS)) {
      await page.goto(path);
      // From a timer of the page: what the debugger runs itself is let through.
      const program = `window.made = undefined; setTimeout(() => { try { ${attempt}; window.made = true } catch { window.made = false } })`;
      await page.evaluate(program);
      await page.waitForTimeout(100);
      assert.equal(await page.evaluate(`window.${MARK}`), undefined, `${how} on ${path}`);
      if (THROWS.has(how)) assert.equal(await page.evaluate('window.made'), false, `${how} on ${path}`);
    }
  }
});

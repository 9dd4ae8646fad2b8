import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { totp } from '@gezhi/accounts/testing';
import { makeTown, writeTown } from '@gezhi/demo';
import { buildApp } from '@gezhi/server';
import { testDatabase } from '@gezhi/storage/testing';
import { importTown, installationOn, readTownFolder } from '@gezhi/town';
import { openBrowser, type Screen } from './kit/browser.ts';

const PASSWORD = 'correct horse battery';

/** The made-up town on a port of this machine, under the name that a passkey is bound to. */
async function townAt(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'gezhi-accounts-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await writeTown(folder, makeTown(1));
  const db = await testDatabase(t);
  const installation = await installationOn(db);
  const kinds = [...installation.packs.values()].flatMap((pack) => pack.kinds.map(({ code }) => code));
  await importTown(db, await readTownFolder(folder), kinds, { now: Date.now() - 90 * 86_400_000 });
  await installation.reload();
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const server = await buildApp({ installation, baseUrl: url });
  t.after(() => server.close());
  await server.listen({ port, host: 'localhost' });
  return url;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, 'localhost', resolve));
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

async function seen(screen: Screen, name: string): Promise<void> {
  const folder = process.env.GEZHI_E2E_PICTURES;
  if (folder) await screen.page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
  assert.deepEqual(await screen.barriers(), [], name);
}

test('in a browser: the demo by one press, a passkey made and used, an account from its link to its second factor', async (t) => {
  const url = await townAt(t);
  const looking = await openBrowser(t);
  const admin = await looking.screen(url, { width: 1200, height: 900, lang: 'en' });
  const { page } = admin;
  await page.goto('/staff');
  await seen(admin, 'sign-in');
  const press = page.locator('form:has(input[name=admin][value=securityAdmin]) button');
  await press.click();
  await page.waitForURL('**/admin/security');
  await seen(admin, 'security');

  const cdp = await admin.context.newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await page.goto('/staff/account');
  await page.locator('form[data-passkey=add] input[name=label]').fill('this desk');
  await page.locator('form[data-passkey=add] button').click();
  await page.getByText('this desk').waitFor();
  await seen(admin, 'account');
  await page.locator('form[action="/staff/out"] button').click();
  await page.waitForURL(`${url}/`);
  await page.goto('/staff/passkey');
  await seen(admin, 'passkey');
  await page.locator('form[data-passkey=use] button').click();
  await page.waitForURL('**/admin/security');

  await page.locator('input[name=name]').fill('77001');
  await page.locator('form.filter button').click();
  const link = await page.locator('.good code').innerText();
  const phone = await looking.screen(url, { lang: 'zh' });
  await phone.page.goto(link);
  for (const field of ['password', 'again']) await phone.page.locator(`input[name=${field}]`).fill(PASSWORD);
  await seen(phone, 'link');
  await phone.page.locator('button.go').click();
  await phone.page.locator('input[name=password]').fill(PASSWORD);
  await phone.page.locator('button.go').click();
  await phone.page.locator('.qr svg').waitFor();
  await seen(phone, 'factor');
  const secret = (await phone.page.locator('p > code').first().innerText()).replaceAll(' ', '');
  await phone.page.locator('input[name=code]').fill(totp(secret));
  await phone.page.locator('button.go').click();
  await phone.page.waitForURL('**/staff/posts');
  await seen(phone, 'posts');
  for (const screen of [admin, phone]) assert.deepEqual(screen.troubles(), []);
});

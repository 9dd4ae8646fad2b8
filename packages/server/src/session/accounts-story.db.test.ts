import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findAccount, makeAccount, makeInvite, makeSetUpLink } from '@gezhi/accounts';
import { totp } from '@gezhi/accounts/testing';
import { isRefusal } from '@gezhi/basis';
import { isValidAt } from '@gezhi/duty';
import { type Browser, browserOn, formIn, type Seen, textOf } from '../pages/kit/testing-browser.ts';
import { demoApp, NOW, type TestApp } from '../testing/demo-town.ts';
import { gateKeeper } from './who.ts';

const PASSWORD = 'correct horse battery';

async function gateOf({ installation, clock }: TestApp) {
  const gate = await gateKeeper({ installation, now: () => clock.now, baseUrl: 'http://localhost:8080' })();
  assert.ok(gate);
  return gate;
}

/** Follows a link: password, second factor, in. Answers where it led and the key of the second factor. */
async function begin(browser: Browser, link: string): Promise<{ page: Seen; secret: string }> {
  const form = formIn(await browser.open(link), '/staff/link');
  const asked = await browser.send(form, { password: PASSWORD, again: PASSWORD });
  const shown = await browser.send(formIn(asked, '/staff/factor'), { password: PASSWORD });
  assert.match(shown.html, /<svg/);
  const secret = /<code>((?:[A-Z2-7]{4} ?)+[A-Z2-7]*)<\/code>/.exec(shown.html)![1]!.replaceAll(' ', '');
  const page = await browser.send(formIn(shown, '/staff/factor/confirm'), { code: totp(secret) });
  return { page, secret };
}

test('the first link names three administrators and lapses; the security administrator makes accounts; staff work', async (t) => {
  const api = await demoApp(t);
  const gate = await gateOf(api);
  const { key } = await makeSetUpLink(gate, api.town.district);
  const first = browserOn(api.server, { 'accept-language': 'en' });
  const form = formIn(await first.open(`/setup?key=${key}`), '/setup');
  const same = await first.send(form, { systemAdmin: '90001', securityAdmin: '90002', auditAdmin: '90001' });
  assert.equal(same.status, 422);
  const done = await first.send(form, { systemAdmin: '90001', securityAdmin: '90002', auditAdmin: '90003' });
  assert.equal(done.status, 200, textOf(done.html));
  const links = [...done.html.matchAll(/\/staff\/link\?key=[\w-]+/g)].map(([link]) => link);
  assert.equal(links.length, 3);
  assert.equal((await first.open(`/setup?key=${key}`)).status, 410);
  assert.equal(
    (await first.send(form, { systemAdmin: '1', securityAdmin: '2', auditAdmin: '3' })).status,
    410,
  );

  const security = browserOn(api.server, { 'accept-language': 'en' });
  const { page } = await begin(security, links[1]!);
  assert.equal(page.url, '/admin/security');
  assert.equal((await security.open('/admin/audit')).status, 403);
  assert.equal((await security.open('/queue')).url, '/staff');
  const cookie = `gezhi.session_token=${security.cookie('gezhi.session_token')}`;
  for (const url of ['/api/cases', '/api/facts', '/api/contacts'])
    assert.ok((await api.server.inject({ url, headers: { cookie } })).statusCode >= 400, url);
  const me = await api.server.inject({ url: '/api/me', headers: { cookie } });
  assert.deepEqual([me.json().post, me.json().roles], [null, ['securityAdmin']]);

  const seat = api.town.staff.find((s) => isValidAt(s, NOW) && api.town.posts.get(s.post)?.kind === 'seat')!;
  const made = await security.send(formIn(page, '/admin/security', { act: 'make' }), { name: seat.person });
  const invite = /\/staff\/link\?key=[\w-]+/.exec(made.html)![0];
  const worker = browserOn(api.server, { 'accept-language': 'en' });
  const { page: inside } = await begin(worker, invite);
  assert.ok(['/queue', '/staff/posts'].includes(inside.url), inside.url);
  assert.equal((await worker.open(invite)).status, 410, 'the link works once');
  const queue = inside.url === '/queue' ? inside : await worker.send(formIn(inside, '/staff/posts'));
  assert.equal(queue.url, '/queue');
  const own = `gezhi.session_token=${worker.cookie('gezhi.session_token')}`;
  assert.equal((await api.server.inject({ url: '/api/cases', headers: { cookie: own } })).statusCode, 200);

  const audit = browserOn(api.server, { 'accept-language': 'en' });
  const { page: log } = await begin(audit, links[2]!);
  assert.equal(log.url, '/admin/audit');
  assert.match(textOf(log.html), /Account made/);
  const system = browserOn(api.server, { 'accept-language': 'en' });
  assert.equal((await begin(system, links[0]!)).page.url, '/admin/system');

  await worker.send(formIn(queue, '/staff/out'));
  assert.equal((await api.server.inject({ url: '/api/cases', headers: { cookie: own } })).statusCode, 401);
});

test('by the API: number and password, the code, then what the roster gives; the post ends with the roster', async (t) => {
  const api = await demoApp(t);
  const gate = await gateOf(api);
  const { district } = api.town;
  const seat = api.town.staff.find((s) => isValidAt(s, NOW) && api.town.posts.get(s.post)?.kind === 'seat')!;
  const account = await makeAccount(gate, { district, name: seat.person, role: 'staff' });
  assert.ok(!isRefusal(account));
  const { key } = await makeInvite(gate, account);
  const { secret } = await begin(browserOn(api.server), `/staff/link?key=${key}`);
  const jar = new Map<string, string>();
  const post = async (payload: object) => {
    const answer = await api.server.inject({
      method: 'POST',
      url: '/api/session',
      headers: {
        'sec-fetch-site': 'same-origin',
        cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
      },
      payload,
    });
    for (const { name, value } of answer.cookies) jar.set(name, encodeURIComponent(value));
    return answer.json();
  };
  assert.equal((await post({ name: seat.person, password: 'wrong horse battery' })).code, 'wrong-sign-in');
  assert.equal((await post({ name: seat.person, password: PASSWORD })).next, 'code');
  assert.equal((await post({ code: '000000' })).code, 'wrong-code');
  const inside = await post({ code: totp(secret, Date.now(), 1) });
  assert.ok(
    inside.posts.some((one: { post: string }) => one.post === seat.post),
    JSON.stringify(inside),
  );
  assert.equal((await post({ post: seat.post })).post, seat.post);
  assert.equal((await post({ post: 'nobody' })).code, 'no-sign-in');
  const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  assert.equal((await api.server.inject({ url: '/api/cases', headers: { cookie } })).statusCode, 200);
  const found = await findAccount(gate, district, seat.person);
  assert.equal(found?.hasSecondFactor, true);
  await gate.pool.query('UPDATE account_session SET post = $1', ['another-post']);
  assert.equal((await api.server.inject({ url: '/api/cases', headers: { cookie } })).statusCode, 401);
});

test('the demo town has an account for each role, entered by one press', async (t) => {
  const api = await demoApp(t);
  const page = await browserOn(api.server, { 'accept-language': 'en' }).open('/staff');
  assert.match(textOf(page.html), /Demo accounts .* made up/);
  for (const role of ['systemAdmin', 'securityAdmin', 'auditAdmin']) {
    const browser = browserOn(api.server, { 'accept-language': 'en' });
    const inside = await browser.send(formIn(page, '/staff', { admin: role }));
    assert.match(inside.url, /^\/admin\//);
    assert.equal(inside.status, 200);
  }
  const posts = [...page.html.matchAll(/name="post" value="([^"]+)"/g)].map(([, post]) => post!);
  assert.ok(posts.length >= 6);
  for (const post of posts) {
    const browser = browserOn(api.server, { 'accept-language': 'en' });
    assert.equal((await browser.send(formIn(page, '/staff', { post }))).url, '/queue', post);
  }
});

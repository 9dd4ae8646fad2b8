import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { makeService } from '@gezhi/accounts';
import { isRefusal } from '@gezhi/basis';
import { endToken } from '@gezhi/town';
import type { CodeMessage } from '../session/resident-session.ts';
import { gateKeeper } from '../session/who.ts';
import { demoApp, reportEvent } from '../testing/demo-town.ts';

const PHONE = '000-0000-0042';

async function setUp(t: TestContext) {
  const sent: CodeMessage[] = [];
  const app = await demoApp(t, { sendCode: async (message) => void sent.push(message), rates: {} });
  const call = async (method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object, cookie = '') => {
    const headers = { 'sec-fetch-site': 'same-origin', ...(cookie ? { cookie } : {}) };
    const answer = await app.server.inject({ method, url, headers, ...(payload ? { payload } : {}) });
    return { status: answer.statusCode, body: answer.body ? answer.json() : undefined, answer };
  };
  return { app, sent, call };
}

test('who subscribes proves the address, sees what they are told of, and ends it with one press', async (t) => {
  const { app, sent, call } = await setUp(t);
  const { town } = app;
  const grid = town.places.places.find(({ layer }) => layer === 'grid')!;
  const add = { address: PHONE, place: grid.code };
  assert.equal((await call('POST', '/api/resident/subscriptions', add)).body.code, 'no-session');
  await call('POST', '/api/resident/codes', { address: PHONE });
  assert.equal(sent.length, 0, 'nobody here has that address');
  await call('POST', '/api/resident/codes', { address: PHONE, subscribes: true });
  assert.match(sent[0]!.text, /订阅|subscribe/);
  const code = /\d{6}/.exec(sent[0]!.text)![0];
  const opened = await call('POST', '/api/resident/session', { address: PHONE, code });
  const cookie = `gezhi_resident=${opened.answer.cookies[0]!.value}`;
  const made = await call('POST', '/api/resident/subscriptions', add, cookie);
  assert.deepEqual([made.status, made.body.place, made.body.name.zh], [200, grid.code, grid.name]);
  const twice = await call('POST', '/api/resident/subscriptions', add, cookie);
  assert.equal(twice.body.id, made.body.id);
  const other = { address: '000-0000-0043', place: grid.code };
  const refused = await call('POST', '/api/resident/subscriptions', other, cookie);
  assert.equal(refused.body.code, 'not-your-address');
  const list = async () => (await call('GET', '/api/resident/subscriptions', undefined, cookie)).body;
  assert.equal((await list()).subscriptions.length, 1);
  const link = `/unsubscribe/${endToken(town, made.body.id)}`;
  const looked = await app.server.inject({ url: link, headers: { accept: 'text/html' } });
  assert.match(looked.body, /<button class="go">/);
  assert.equal((await list()).subscriptions.length, 1, 'a look ends nothing');
  assert.equal((await app.server.inject({ method: 'POST', url: `${link}x` })).statusCode, 410);
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const ended = await app.server.inject({ method: 'POST', url: link, headers: form, payload: '' });
  assert.equal(ended.statusCode, 200);
  assert.deepEqual((await list()).subscriptions, []);
  const again = await call('POST', '/api/resident/subscriptions', add, cookie);
  const gone = await call('DELETE', `/api/resident/subscriptions/${again.body.id}`, undefined, cookie);
  assert.equal(gone.status, 204);
});

test('one’s own data: a copy, who looked, and what may be asked, by the code and by nobody on a post', async (t) => {
  const { app, call } = await setUp(t);
  const requester = { name: '张三（虚构）', reachMe: [{ way: 'phone', address: PHONE }] };
  const data = { words: '路灯不亮', kind: 'lamp.fault', channel: 'app', requester };
  const { number, code } = (await call('POST', '/api/signals', reportEvent('own', data))).body;
  const url = `/api/requests/${number}/data`;
  assert.equal(
    (await app.server.inject({ url, headers: app.staff('seat') })).json().code,
    'code-needed',
    'a post opens nobody’s data',
  );
  const own = (await call('GET', `${url}?code=${code}`)).body;
  assert.deepEqual([own.contact.requester.name, own.said], ['张三（虚构）', ['路灯不亮']]);
  assert.equal(own.looks.length >= 0 && own.putOff, 0);
  const ask = { id: '1', what: 'delete', words: '请删除' };
  const asked = (await call('POST', `${url}/asks?code=${code}`, ask)).body;
  assert.match(asked.number, /^\d{12}$/);
  assert.equal(asked.erasure, 'inUse', 'the matter is open');
  const same = (await call('POST', `${url}/asks?code=${code}`, ask)).body;
  assert.equal(same.number, asked.number);
  const copy = (await call('GET', `${url}?code=${code}`)).body;
  assert.ok(copy.looks.some(({ purposeName }: { purposeName: { zh: string } }) => purposeName.zh));
});

test('another system that proved an address hands its resident over, once, within a minute; no post can', async (t) => {
  const { app, call } = await setUp(t);
  const { server, town, clock } = app;
  const gate = await gateKeeper({ ...app, now: () => clock.now, baseUrl: 'http://localhost:8080' })();
  const post = [...town.posts.values()].find(({ kind }) => kind === 'seat')!.code;
  const scope = { routes: ['handOverResident'], powers: [], kinds: [], places: [] };
  const made = await makeService(gate!, { district: town.district, name: 'province-app', post, ...scope });
  if (isRefusal(made)) throw new Error(made.because);
  const requester = { reachMe: [{ way: 'phone', address: PHONE }] };
  const data = { words: '路灯不亮', kind: 'lamp.fault', channel: 'app', requester };
  const { number } = (await call('POST', '/api/signals', reportEvent('own', data))).body;
  const ticketBy = async (headers: Record<string, string>) =>
    (
      await server.inject({
        method: 'POST',
        url: '/api/resident/tickets',
        headers,
        payload: { address: PHONE },
      })
    ).json();
  assert.equal((await ticketBy(app.staff('seat'))).code, 'no-token');
  const authorization = `Bearer ${made.key}`;
  const { ticket } = await ticketBy({ authorization });
  const open = () => call('POST', '/api/resident/session', { ticket });
  const opened = await open();
  assert.deepEqual(
    opened.body.requests.map((one: { number: string }) => one.number),
    [number],
  );
  assert.equal((await open()).body.code, 'wrong-code', 'once');
  const late = await ticketBy({ authorization });
  clock.now += 61_000;
  assert.equal(
    (await call('POST', '/api/resident/session', { ticket: late.ticket })).body.code,
    'wrong-code',
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, MINUTE } from '@gezhi/basis';
import { browserOn, formIn, textOf } from '../pages/kit/testing-browser.ts';
import { demoApp, reportEvent, type TestApp } from '../testing/demo-town.ts';
import type { CodeMessage } from './resident-session.ts';

const PHONE = '000-0000-0042';
const MAIL = 'nobody@example.invalid';
const OURS = { 'sec-fetch-site': 'same-origin' };

async function setUp(t: Parameters<typeof demoApp>[0]) {
  const sent: CodeMessage[] = [];
  const api = await demoApp(t, {
    sendCode: async (message) => {
      sent.push(message);
    },
    rates: {},
  });
  const report = async (id: string, way: string, address: string): Promise<string> => {
    const requester = { name: '张三（虚构）', reachMe: [{ way, address }] };
    const data = { words: '三号楼门口的路灯不亮了', kind: 'lamp.fault', channel: 'app', requester };
    const answer = await api.server.inject({
      method: 'POST',
      url: '/api/signals',
      payload: reportEvent(id, data),
    });
    return answer.json().number;
  };
  return { api, sent, report };
}

function codeIn({ text }: CodeMessage): string {
  return /\d{6}/.exec(text)![0];
}

async function send({ server }: TestApp, path: string, payload: object, headers: object = OURS) {
  const answer = await server.inject({
    method: 'POST',
    url: `/api/resident/${path}`,
    headers: { ...headers },
    payload,
  });
  return { status: answer.statusCode, body: answer.json(), cookie: answer.cookies[0]?.value };
}

test('a code to the telephone opens the open requests of that number, and no others', async (t) => {
  const { api, sent, report } = await setUp(t);
  const number = await report('1', 'phone', PHONE);
  await report('2', 'phone', '000-0000-0043');
  const asked = await send(api, 'codes', { address: PHONE });
  assert.deepEqual([asked.status, asked.body], [202, { validMinutes: 10 }]);
  assert.equal(sent.length, 1);
  assert.deepEqual([sent[0]!.way, sent[0]!.address], ['sms', PHONE]);
  const opened = await send(api, 'session', { address: '０００００００００４２', code: codeIn(sent[0]!) });
  assert.equal(opened.status, 200, JSON.stringify(opened.body));
  assert.deepEqual(
    opened.body.requests.map((one: { number: string }) => one.number),
    [number],
  );
  const cookie = `gezhi_resident=${opened.cookie}`;
  const me = await api.server.inject({ url: '/api/resident/me', headers: { cookie } });
  const [mine] = me.json().requests;
  const own = await api.server.inject(`/api/requests/${mine.number}?code=${mine.code}`);
  assert.equal(own.statusCode, 200);
  const twice = await send(api, 'session', { address: PHONE, code: codeIn(sent[0]!) });
  assert.equal(twice.body.code, 'wrong-code', 'a code is good once');
  api.clock.now += HOUR;
  assert.equal((await api.server.inject({ url: '/api/resident/me', headers: { cookie } })).statusCode, 401);
});

test('an unknown address gets the same answer, and no message', async (t) => {
  const { api, sent } = await setUp(t);
  const asked = await send(api, 'codes', { address: '000-9999-9999' });
  assert.deepEqual([asked.status, asked.body], [202, { validMinutes: 10 }]);
  assert.equal(sent.length, 0);
  assert.equal((await send(api, 'codes', { address: 'none of both' })).body.code, 'no-contact');
  assert.equal(
    (await send(api, 'session', { address: '000-9999-9999', code: '123456' })).body.code,
    'wrong-code',
  );
});

test('five tries, ten minutes, three codes an hour; mail as well as telephone', async (t) => {
  const { api, sent, report } = await setUp(t);
  await report('1', 'mail', MAIL);
  await send(api, 'codes', { address: MAIL });
  const right = codeIn(sent[0]!);
  const wrong = right === '000000' ? '000001' : '000000';
  for (let i = 0; i < 5; i++) await send(api, 'session', { address: MAIL, code: wrong });
  assert.equal(
    (await send(api, 'session', { address: MAIL, code: right })).body.code,
    'wrong-code',
    'five tries',
  );
  await send(api, 'codes', { address: MAIL.toUpperCase() });
  api.clock.now += 10 * MINUTE;
  assert.equal(
    (await send(api, 'session', { address: MAIL, code: codeIn(sent[1]!) })).body.code,
    'wrong-code',
  );
  await send(api, 'codes', { address: MAIL });
  assert.equal((await send(api, 'session', { address: MAIL, code: codeIn(sent[2]!) })).status, 200);
  assert.equal((await send(api, 'codes', { address: MAIL })).body.code, 'too-many-tries');
  const elsewhere = { 'sec-fetch-site': 'cross-site' };
  assert.equal(
    (await send(api, 'session', { address: MAIL, code: '1'.repeat(6) }, elsewhere)).body.code,
    'cross-site',
  );
});

test('no address and no code lies in the database', async (t) => {
  const { api, sent, report } = await setUp(t);
  await report('1', 'phone', PHONE);
  await send(api, 'codes', { address: PHONE });
  await send(api, 'session', { address: PHONE, code: codeIn(sent[0]!) });
  const { pool } = api.town.db;
  for (const table of ['resident_code', 'resident_session', 'account_try', 'security_event']) {
    const { rows } = await pool.query(`SELECT t::text AS row FROM ${table} AS t`);
    const text = JSON.stringify(rows);
    assert.ok(rows.length > 0, table);
    for (const secret of [PHONE, '00000000042', codeIn(sent[0]!)])
      assert.ok(!text.includes(secret), `${table}: ${secret}`);
  }
  assert.deepEqual(api.faults, []);
});

test('on the pages without a script: ask, type, look, leave', async (t) => {
  const { api, sent, report } = await setUp(t);
  await report('1', 'phone', PHONE);
  const resident = browserOn(api.server, { 'accept-language': 'en' });
  const asked = await resident.send(formIn(await resident.open('/my'), '/my/code'), { address: PHONE });
  assert.match(textOf(asked.html), /a code is on its way/);
  const wrong = await resident.send(formIn(asked, '/my/code/open'), { code: '12' });
  assert.equal(wrong.status, 403);
  const mine = await resident.send(formIn(wrong, '/my/code/open'), { code: codeIn(sent[0]!) });
  assert.equal(mine.url, '/my/all');
  assert.equal((await resident.send(formIn(mine, '/my'))).url, '/my/request');
  await resident.send(formIn(await resident.open('/my/all'), '/my/all/leave'));
  assert.match((await resident.open('/my/all')).url, /^\/my(\/request)?$/);
  const other = browserOn(api.server, { 'accept-language': 'en' });
  const demo = await other.send({ action: '/my/demo', method: 'post', fields: new Map() });
  assert.equal(demo.url, '/my/all');
});

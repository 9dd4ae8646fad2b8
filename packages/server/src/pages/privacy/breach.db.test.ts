import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openGate, readSecurityLog } from '@gezhi/accounts';
import { demoApp, NOW } from '../../testing/demo-town.ts';
import { browserOn, formIn, textOf } from '../kit/testing-browser.ts';

const TOLD = { words: '导出文件误发到外部邮箱', people: '120', done: '已请对方删除', day: '2026-05-06' };

test('an administrator reports a breach, sees what it owes and by when, and not the case', async (t) => {
  const { server, town, installation, clock } = await demoApp(t);
  const browser = browserOn(server);
  await browser.send({ action: '/staff', method: 'post', fields: new Map([['admin', 'securityAdmin']]) });
  const form = formIn(await browser.open('/breach'), '/breach');
  const odd = await browser.send(form, { ...TOLD, data: 'name', time: '25:00' });
  assert.equal(odd.status, 422);
  assert.match(textOf(odd.html), /请写发现的日期和时刻/);
  const none = await browser.send(form, { ...TOLD, time: '09:30' });
  assert.match(textOf(none.html), /没有选择信息种类/);
  assert.ok(none.html.includes(TOLD.words), 'what was typed stays');
  const opened = await browser.send(form, { ...TOLD, data: 'name', time: '09:30' });
  const said = textOf(opened.html);
  assert.equal(opened.status, 200);
  for (const step of ['止损', '报告主管部门', '告知本人']) assert.ok(said.includes(step), step);
  assert.match(
    said,
    /报告主管部门 2026-05-07 周四 09:30/,
    'noticed at half past nine: told by then the next day',
  );
  const [, caseId = ''] = /<code>([0-9a-f-]{36})<\/code>/.exec(opened.html) ?? [];
  assert.ok(!opened.html.includes(`/cases/${caseId}`));
  assert.equal((await browser.open(`/cases/${caseId}`)).url, '/staff');
  const again = await browser.send(form, { ...TOLD, data: 'name', time: '09:30' });
  assert.ok(again.html.includes(caseId) && textOf(again.html).includes('此前已经立案'));
  const key = await town.keeping.keys.lookupKey();
  const gate = openGate({ pool: installation.db.pool, key, baseUrl: 'http://x', now: () => clock.now });
  const log = await readSecurityLog(gate, town.district);
  assert.equal(log.filter(({ event }) => event === 'breachReported').length, 1);
});

test('whoever is on a post reports it by the API; the hotline sees the case, the reporter of another unit does not', async (t) => {
  const { server, staff } = await demoApp(t);
  const body = { commandId: 'b-1', what: 'loss', words: '执法终端遗失', data: ['words', 'media'] };
  const send = (headers: object, payload: object) =>
    server.inject({ method: 'POST', url: '/api/breaches', headers: { ...headers }, payload });
  assert.equal((await send({}, body)).statusCode, 401);
  const desk = staff('desk', 'department');
  const opened = await send(desk, body);
  assert.equal(opened.statusCode, 201);
  const { caseId, owes } = opened.json();
  assert.deepEqual(
    owes.map(({ clock, dueAt }: { clock: string; dueAt: string }) => [
      clock,
      (Date.parse(dueAt) - NOW) / 3_600_000,
    ]),
    [
      ['accept', 1],
      ['authority', 24],
      ['persons', 24],
      ['handle', 720],
    ],
  );
  const look = (headers: object) => server.inject({ url: `/api/cases/${caseId}`, headers: { ...headers } });
  assert.equal((await look(desk)).statusCode, 404);
  assert.equal((await look(staff('head', 'hotline'))).statusCode, 200);
  const later = await send(desk, { ...body, commandId: 'b-2', noticedAt: '2026-05-06T10:01:00+08:00' });
  assert.deepEqual([later.statusCode, later.json().code], [422, 'noticed-later']);
});

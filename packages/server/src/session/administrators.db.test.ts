import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ADMIN_ROLES } from '@gezhi/accounts';
import { isRefusal } from '@gezhi/basis';
import { replay } from '@gezhi/cases';
import { addLookAlarm, inTransaction, loadFacts } from '@gezhi/storage';
import { mayIn, processOf } from '@gezhi/town';
import { browserOn } from '../pages/kit/testing-browser.ts';
import { demoApp, reportEvent } from '../testing/demo-town.ts';

test('none of the three administrators holds any power over a case, by a row that says so', async (t) => {
  const { server, town } = await demoApp(t);
  const data = { words: '三号楼门口的路灯不亮了', kind: 'lamp.fault', channel: 'app' };
  const sent = await server.inject({ method: 'POST', url: '/api/signals', payload: reportEvent('1', data) });
  const { caseId } = sent.json();
  const c = replay((await loadFacts(town.db.pool, town.district, [caseId])).get(caseId) ?? []);
  assert.ok(c && !isRefusal(c));
  const powers = new Set(Object.values(processOf(town, c).actions).map(({ power }) => power));
  for (const role of ADMIN_ROLES) {
    for (const power of ['see', ...powers]) {
      const { allowed, because } = mayIn(town, power, c, { post: role });
      assert.equal(allowed, false, `${role} ${power}`);
      assert.match(JSON.stringify(because), /administrators-stay-out/);
    }
    const browser = browserOn(server);
    await browser.send({ action: '/staff', method: 'post', fields: new Map([['admin', role]]) });
    const cookie = `gezhi.session_token=${browser.cookie('gezhi.session_token')}`;
    for (const url of ['/api/cases', `/api/cases/${caseId}`, '/api/facts', '/api/notices', '/api/stream'])
      assert.equal((await server.inject({ url, headers: { cookie } })).statusCode, 401, `${role} ${url}`);
    for (const url of ['/queue', `/cases/${caseId}`, '/notices'])
      assert.equal((await browser.open(url)).url, '/staff', `${role} ${url}`);
  }
});

test('each administrator has a page, and none of another', async (t) => {
  const { server } = await demoApp(t);
  const ways = { systemAdmin: '/admin/system', securityAdmin: '/admin/security', auditAdmin: '/admin/audit' };
  for (const role of ADMIN_ROLES) {
    const browser = browserOn(server);
    await browser.send({ action: '/staff', method: 'post', fields: new Map([['admin', role]]) });
    for (const [other, way] of Object.entries(ways))
      assert.equal((await browser.open(way)).status, other === role ? 200 : 403, `${role} ${way}`);
  }
});

test('the audit administrator sees that a unit tried to look at who complained about it', async (t) => {
  const { server, town, clock } = await demoApp(t);
  const post = [...town.posts.values()][0]!;
  const alarm = { number: '120000000014', at: clock.now, unit: post.unit, staff: 'Q1', purpose: 'handle' };
  await inTransaction(town.db.pool, (client) =>
    addLookAlarm(client, town.district, { ...alarm, post: post.code }),
  );
  const browser = browserOn(server);
  await browser.send({ action: '/staff', method: 'post', fields: new Map([['admin', 'auditAdmin']]) });
  const { html } = await browser.open('/admin/audit');
  assert.match(html, /被反映单位试图查看/);
  assert.ok(html.includes(post.name));
  assert.ok(!html.includes(alarm.number), 'whose matter it was is not told');
});

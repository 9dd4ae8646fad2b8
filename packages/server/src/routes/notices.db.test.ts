import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CaseId } from '@gezhi/basis';
import { headOf, insertNotices, inTransaction, type NewNotice } from '@gezhi/storage';
import { demoApp, NOW, reportEvent } from '../testing/demo-town.ts';

test('the delivery ledger: filtered, paged, what it says, sent again by who may; counted for Prometheus', async (t) => {
  const { server, town, staff, faults } = await demoApp(t);
  const point = [...town.assets.values()].find((asset) => asset.point)!.point!;
  const data = { kind: 'lamp.fault', words: '小桥头路灯不亮，晚上看不见路', point };
  const event = reportEvent('n1', {
    ...data,
    requester: { reachMe: [{ way: 'sms', address: '13900000000' }] },
  });
  const taken = await server.inject({
    method: 'POST',
    url: '/api/signals',
    headers: { 'content-type': 'application/json' },
    payload: JSON.stringify(event),
  });
  const { number, caseId } = taken.json<{ number: string; caseId: CaseId }>();
  const [unit] = town.units.keys();
  const position = await headOf(town.db.pool, town.district);
  const base = { caseId, step: 0, ways: ['sms', 'mail'], urgent: false, madeAt: NOW };
  const notices: NewNotice[] = [
    {
      ...base,
      id: '1.a',
      position: 1,
      rule: 'hotline.received',
      target: 'requester',
      targetCode: number,
      lane: 'a',
    },
    {
      ...base,
      id: '2.b',
      position,
      rule: 'hotline.gone',
      target: 'unit',
      targetCode: unit!,
      lane: 'b',
      state: 'refused',
      reason: '404',
    },
    {
      ...base,
      id: '3.c',
      position,
      rule: 'hotline.unsigned',
      step: 1,
      target: 'post',
      targetCode: 'x',
      lane: 'c',
    },
  ];
  await inTransaction(town.db.pool, (client) => insertNotices(client, town.district, notices));
  const get = async (url: string) =>
    (await server.inject({ method: 'GET', url, headers: staff('seat', 'hotline') })).json();

  assert.equal((await server.inject({ method: 'GET', url: '/api/notices' })).statusCode, 401);
  const all = await get(`/api/notices?case=${caseId}`);
  assert.deepEqual(
    all.notices.map((notice: { id: string }) => notice.id),
    ['3.c', '2.b', '1.a'],
  );
  const told = all.notices[2];
  assert.match(told.text.zh, new RegExp(`${number}（路灯.*）已受理`));
  assert.match(told.text.en, new RegExp(`Your request ${number}`));
  assert.doesNotMatch(JSON.stringify(all), /139|小桥头/);
  const first = await get('/api/notices?limit=2');
  assert.deepEqual(
    (await get(first.nextLink)).notices.map((notice: { id: string }) => notice.id),
    ['1.a'],
  );
  assert.equal((await get(`/api/notices?target=${number}`)).notices.length, 1);
  assert.equal((await get('/api/notices?state=refused')).notices[0].reason, '404');
  assert.equal((await get('/api/notices?after=nonsense')).status, 400);

  const metrics = (await server.inject({ method: 'GET', url: '/metrics' })).body;
  assert.match(metrics, /gezhi_notices\{district="990000",state="refused"\} 1/);
  const retry = (id: string, headers: Record<string, string>) =>
    server.inject({ method: 'POST', url: `/api/notices/${id}/retry`, headers });
  assert.equal((await retry('2.b', staff('gridWorker'))).statusCode, 403);
  assert.equal((await retry('2.b', staff('seat', 'hotline'))).json().state, 'waiting');
  assert.equal((await retry('2.b', staff('seat', 'hotline'))).statusCode, 409);
  assert.equal((await retry('9.z', staff('seat', 'hotline'))).statusCode, 404);
  assert.deepEqual(faults, []);
});

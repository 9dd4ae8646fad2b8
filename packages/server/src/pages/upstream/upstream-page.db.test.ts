import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRefusal } from '@gezhi/basis';
import { addUpstreamReply, inTransaction } from '@gezhi/storage';
import { readOrdersIn, takeOrders } from '@gezhi/town';
import { browserOn, formIn, textOf } from '../kit/testing-browser.ts';
import { pagesOver, postOf } from '../kit/testing-town.ts';

test('the hotline sees where the system above and we differ, and sends a reply again; a unit does not', async (t) => {
  const { server, town, clock } = await pagesOver(t);
  const order = {
    工单编号: 'SZ1',
    问题分类: 'lamp.fault',
    主要内容: '示例路口的路灯不亮',
    工单状态: '已办结',
    受理时间: '2026-05-06 09:00:00',
    办理时限: '2026-05-06 12:00:00',
    经度: '119.39958',
    纬度: '30.309503',
  };
  const { rows } = await readOrdersIn([order], clock.now);
  const taken = await takeOrders(town, 'city12345', rows, clock.now);
  assert.ok(!isRefusal(taken) && taken[0]?.outcome === 'received', JSON.stringify(taken));
  const { caseId } = taken[0];
  const reply = { id: '1.city12345.SZ1', position: 1, caseId: caseId!, system: 'city12345', number: 'SZ1' };
  await inTransaction(town.db.pool, (client) =>
    addUpstreamReply(client, town.district, { ...reply, what: 'done', madeAt: clock.now }),
  );
  await town.db.pool.query("UPDATE upstream_reply SET state = 'failed', reason = 'timeout', attempts = 10");
  const signIn = async (post: string) => {
    const browser = browserOn(server);
    await browser.send({ action: '/staff', method: 'post', fields: new Map([['post', post]]) });
    return browser;
  };
  const seat = await signIn(postOf(town, 'seat'));
  const page = await seat.open('/upstream');
  assert.match(
    textOf(page.html),
    /SZ1[\s\S]*上级已结，本地未结[\s\S]*上级时限更早[\s\S]*多次失败[\s\S]*timeout/,
  );
  assert.match(
    textOf((await seat.open('/upstream?lang=en')).html),
    /Where we differ[\s\S]*ended there, not here/,
  );
  const again = await seat.send(formIn(page, '/upstream/retry'), {});
  assert.equal(again.status, 200);
  const { rows: after } = await town.db.pool.query('SELECT state FROM upstream_reply');
  assert.deepEqual(after, [{ state: 'waiting' }]);
  const checker = await signIn(postOf(town, 'checker'));
  assert.equal((await checker.open('/upstream')).status, 403);
});

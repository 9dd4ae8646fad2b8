import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { isRefusal } from '@gezhi/basis';
import { clocksOf, replay } from '@gezhi/cases';
import { makeGateway, verify } from '@gezhi/connectors';
import { listReplies, loadFacts } from '@gezhi/storage';
import { dueIn, processOf, readOrdersIn, type Town, takeOrders, upstreamDifferences } from '@gezhi/town';
import { follow } from './follow.ts';
import { send, tinyTown } from './testing/tiny-town.ts';
import { deliverReplies } from './upstream-deliver.ts';
import { takeFolder } from './upstream-folder.ts';
import { upstreamFollower } from './upstream-follower.ts';

/** After the town was imported; whole seconds, as files write them. */
const NOW = Math.ceil(Date.now() / 1000) * 1000 + 60_000;
const HOUR_MS = 3_600_000;

/** As the other system writes a moment, in its zone. */
function there(at: number): string {
  return new Date(at + 8 * HOUR_MS).toISOString().slice(0, 19).replace('T', ' ');
}

const order = (number: string, other: Record<string, string> = {}): Record<string, string> => ({
  工单编号: number,
  工单类型: '求助',
  问题分类: 'lamp.fault',
  标题: '路灯不亮',
  主要内容: '示例路口的路灯不亮',
  工单状态: '已派单',
  来电人: '示例乙',
  '电话/账号': '13900000000',
  '村/社区': 'C1',
  受理时间: there(NOW - HOUR_MS),
  办理时限: there(NOW + 8 * HOUR_MS),
  ...other,
});

async function take(town: Town, rows: readonly object[], now = NOW) {
  const { rows: read, refused } = await readOrdersIn(rows, now);
  assert.deepEqual(refused, []);
  const taken = await takeOrders(town, 'city12345', read, now);
  assert.ok(!isRefusal(taken), JSON.stringify(taken));
  return taken;
}

test('orders come once, their number and term are kept and bind, and what changes becomes facts', async (t) => {
  const { town } = await tinyTown(t);
  const [first] = await take(town, [order('SZ2026001')]);
  assert.equal(first?.outcome, 'received');
  const state = async () => {
    const facts = (await loadFacts(town.db.pool, town.district, [first!.caseId!])).get(first!.caseId!)!;
    return { facts, c: replay(facts)! };
  };
  const { c } = await state();
  assert.deepEqual(c.externals, [{ system: 'city12345', number: 'SZ2026001', dueAt: NOW + 8 * HOUR_MS }]);
  assert.deepEqual((await take(town, [order('SZ2026001')]))[0]?.outcome, 'same');
  const changed = await take(town, [
    order('SZ2026001', { 主要内容: '又坏了一盏', 办理时限: there(NOW + 26 * HOUR_MS), 标签: '催办' }),
  ]);
  assert.deepEqual(changed[0]?.what, ['words', 'term', 'urged']);
  const withdrawn = await take(town, [
    order('SZ2026001', {
      主要内容: '又坏了一盏',
      办理时限: there(NOW + 26 * HOUR_MS),
      标签: '催办',
      工单状态: '已撤销',
    }),
  ]);
  assert.ok(withdrawn[0]?.what.includes('withdrawn'));
  const { facts, c: now } = await state();
  const types = facts.map(({ type }) => type);
  for (const type of ['followed', 'linked', 'noted'] as const) assert.ok(types.includes(type), type);
  assert.equal(now.externals[0]?.dueAt, NOW + 26 * HOUR_MS);
  const { rows } = await town.db.pool.query("SELECT what, reason FROM upstream_news WHERE what = 'refused'");
  assert.deepEqual(rows, [], 'nothing of it was refused');
  const [difference] = await upstreamDifferences(town, 10);
  assert.ok(difference?.what.includes('withdrawnThere'));
  const early = await take(town, [order('SZ2026002', { 办理时限: there(NOW + HOUR_MS / 12) })]);
  const other = replay(
    (await loadFacts(town.db.pool, town.district, [early[0]!.caseId!])).get(early[0]!.caseId!)!,
  )!;
  const handle = clocksOf(processOf(town, other), other, (stage, of, at) => dueIn(town, stage, of, at)).find(
    ({ clock }) => clock === 'handle',
  );
  assert.equal(handle?.boundBy, 'city12345 SZ2026002', 'an upper term binds');
  assert.ok((await upstreamDifferences(town, 10)).some(({ what }) => what.includes('termThere')));
  const none = await take(town, [order('')]);
  assert.deepEqual([none[0]?.outcome, none[0]?.reason], ['refused', 'no-number']);
});

test('a folder of files, in GB18030 or UTF-8, is taken in and put aside; what is wrong is said beside it', async (t) => {
  const { town } = await tinyTown(t);
  const folder = await mkdtemp(join(tmpdir(), 'gezhi-orders-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  // “工单编号,问题分类,主要内容” and one order, in GB18030.
  const gb = Buffer.from(
    'b9a4b5a5b1e0bac52cceca' +
      'cce2b7d6c0e02cd6f7d2aac4dac8dd0d0a535a392c6c616d702e6661756c742cc2b7b5c6bbb5c1cb0d0a',
    'hex',
  );
  await writeFile(join(folder, 'a.csv'), gb);
  await writeFile(join(folder, 'b.csv'), '编号乱了,别的\r\n1,2\r\n');
  for (const name of ['a.csv', 'b.csv']) await utimes(join(folder, name), new Date(0), new Date(0));
  assert.equal(await takeFolder(town, folder, 'city12345', () => NOW), 2);
  assert.deepEqual(await readdir(join(folder, 'done')), ['a.csv']);
  assert.deepEqual((await readdir(join(folder, 'refused'))).sort(), ['b.csv', 'b.csv.txt']);
  const { rows } = await town.db.pool.query('SELECT number FROM upstream_order');
  assert.deepEqual(rows, [{ number: 'SZ9' }]);
  assert.equal(await takeFolder(town, folder, 'city12345', () => NOW), 0);
});

test('replies go up in order, signed, once, tried again, and wait in the house without an address', async (t) => {
  const { town } = await tinyTown(t);
  const [taken] = await take(town, [order('SZ2026003')]);
  const caseId = taken!.caseId!;
  const go = async (action: string, post: string, input = {}): Promise<void> =>
    assert.equal(await send(town, caseId, action, post, input, NOW + 60_000), true, action);
  await go('accept', 'desk1');
  await go('contact', 'desk1', { way: 'phone' });
  await go('finish', 'desk1', { outcome: 'solved', words: '已更换灯头' });
  await go('check', 'check', { passed: true, unit: 'CK' });
  await follow(town, upstreamFollower);
  await follow(town, upstreamFollower);
  await deliverReplies(town, undefined, () => NOW + 120_000);
  assert.deepEqual(
    (await listReplies(town.db.pool, town.district, 'outbox', 10)).map(({ what }) => what),
    ['done', 'checked'],
  );
  await town.db.pool.query("UPDATE upstream_reply SET state = 'waiting'");
  const secret = Buffer.alloc(32, 7);
  const got: { id: string; row: Record<string, string> }[] = [];
  let failures = 1;
  const server = createServer((request, answer) => {
    let body = '';
    request.on('data', (piece) => {
      body += piece;
    });
    request.on('end', () => {
      const header = (name: string): string => String(request.headers[name]);
      const signed = {
        id: header('webhook-id'),
        timestamp: header('webhook-timestamp'),
        signature: header('webhook-signature'),
      };
      assert.ok(verify(secret, signed, body, Number(signed.timestamp)));
      if (failures > 0) {
        failures -= 1;
        answer.writeHead(503).end();
        return;
      }
      got.push(JSON.parse(body));
      answer.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  const gateway = makeGateway(`http://127.0.0.1:${port}/replies`, secret, { allowPrivate: true });
  let at = NOW + 180_000;
  for (let i = 0; i < 4; i += 1) {
    await deliverReplies(town, gateway, () => at);
    at += 3_600_000;
  }
  const [done, checked] = got;
  assert.equal(got.length, 2, 'each once');
  assert.equal(done?.row.工单编号, 'SZ2026003');
  assert.equal(done?.row.回复内容, '已更换灯头');
  assert.equal(done?.row.办理结果, '已解决');
  assert.ok(checked && Number(done.id.split('.')[0]) < Number(checked.id.split('.')[0]), 'in order');
  assert.doesNotMatch(JSON.stringify(got), /13900000000|示例乙/);
  const rows = await listReplies(town.db.pool, town.district, undefined, 10);
  assert.deepEqual(
    rows.map(({ state }) => state),
    ['sent', 'sent'],
  );
  assert.equal(rows.find(({ what }) => what === 'done')?.attempts, 2);
});

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { isRefusal } from '@gezhi/basis';
import { makeTown, writeTown } from '@gezhi/demo';
import { isCommunity } from '@gezhi/duty';
import { loadFacts } from '@gezhi/storage';
import { testDatabase } from '@gezhi/storage/testing';
import {
  act,
  type Incoming,
  importTown,
  installationOn,
  type Order,
  readTownFolder,
  type Town,
  takeIn,
  townOf,
} from './index.ts';

const NOW = Date.UTC(2026, 4, 6, 2);

async function qingxi(t: TestContext): Promise<Town> {
  const folder = await mkdtemp(join(tmpdir(), 'gezhi-town-'));
  t.after(() => rm(folder, { recursive: true }));
  await writeTown(folder, makeTown(7));
  const installation = await installationOn(await testDatabase(t));
  const read = await readTownFolder(folder);
  const kinds = [...installation.packs.get('hotline')!.kinds].map((kind) => kind.code);
  const done = await importTown(installation.db, read, kinds, { now: NOW - 1000 });
  assert.ok(
    done.imported,
    JSON.stringify(done.problems.filter((p) => p.severity === 'error').slice(0, 5), null, 1),
  );
  await installation.reload();
  return townOf(installation, '990000');
}

const report = (id: string, over: Partial<Incoming> = {}): Incoming => ({
  source: 'test',
  id,
  type: 'gezhi.report.v1',
  occurredAt: NOW,
  channel: 'phone',
  words: '银杏大道的路灯不亮了，晚上走路很危险',
  kind: 'lamp.fault',
  publicity: 'public',
  point: { lon: 119.39958, lat: 30.309503 },
  requester: { name: '张三', reachMe: [{ way: 'phone', address: '19900000001' }] },
  ...over,
});

test('from a report to a closed case', async (t) => {
  const town = await qingxi(t);
  const [receipt] = await takeIn(town, [report('1')], NOW);
  assert.ok(receipt && !isRefusal(receipt), JSON.stringify(receipt));
  const facts = (await loadFacts(town.db.pool, '990000', [receipt.caseId])).get(receipt.caseId)!;
  assert.deepEqual(
    facts.map((f) => f.type),
    ['opened', 'triaged', 'dispatched', 'promised'],
  );
  assert.deepEqual(
    facts.map((f) => f.position),
    [1, 2, 3, 4],
  );
  const lead = facts.find((f) => f.type === 'dispatched')!.data.lead;
  const desk = lead.post!;
  const checker = [...town.posts.values()].find((p) => p.kind === 'checker' && p.unit !== lead.unit)!.code;
  const seat = [...town.posts.values()].find((p) => p.kind === 'seat')!.code;
  let n = 0;
  const go = async (post: string, action: string, input: Order['input'] = {}): Promise<string> => {
    n += 1;
    const done = await act(
      town,
      { commandId: `c${n}`, caseId: receipt.caseId, action, by: { post }, input },
      NOW + n * 1000,
    );
    return isRefusal(done) ? done.code : done.state;
  };
  assert.equal(await go(seat, 'accept'), 'no-power');
  assert.equal(await go(desk, 'accept'), 'accepted');
  assert.equal(await go(desk, 'contact', { way: 'phone' }), 'contacted');
  assert.equal(await go(desk, 'finish', { outcome: 'solved', words: '已更换灯泡' }), 'replied');
  assert.equal(await go(desk, 'check', { passed: true, unit: lead.unit }), 'no-power');
  assert.equal(await go(checker, 'check', { passed: true, unit: 'x' }), 'checked');
  const answer = { contacted: 'yes', solved: 'yes', satisfied: 'satisfied' };
  assert.equal(await go(seat, 'callBack', { number: receipt.number, way: 'phone', answer }), 'closed');
});

test('nobody approves their own exception, whichever of their posts they name', async (t) => {
  const town = await qingxi(t);
  const [receipt] = await takeIn(town, [report('1')], NOW);
  assert.ok(receipt && !isRefusal(receipt), JSON.stringify(receipt));
  const { caseId } = receipt;
  const facts = (await loadFacts(town.db.pool, '990000', [caseId])).get(caseId)!;
  const { unit, post: desk } = facts.find((f) => f.type === 'dispatched')!.data.lead;
  const head = town.staff.find(({ post }) => town.posts.get(post)?.kind === 'head')!;
  let n = 0;
  const go = async (order: Partial<Order> & { action: string }): Promise<string> => {
    n += 1;
    const by = { post: desk!, person: head.person };
    const done = await act(town, { commandId: `c${n}`, caseId, by, ...order }, NOW + n * 1000);
    return isRefusal(done) ? done.code : done.state;
  };
  for (const action of ['accept', 'contact', 'task'])
    await go({ action, input: { way: 'phone', task: 't1', unit, what: '请协办' } });
  const finish = { action: 'finish', input: { outcome: 'solved', words: '已更换灯泡' } };
  assert.equal(await go(finish), 'guard');
  const bend = { reason: '协办单位已口头反馈', approver: head.post };
  assert.equal(await go({ ...finish, bend }), 'own-approval');
  assert.equal(await go({ ...finish, bend: { ...bend, approver: desk! } }), 'own-approval');
  assert.equal(await go({ ...finish, by: { post: desk!, person: 'S-0' }, bend }), 'replied');
});

test('a community is never made the lead outside its duty list, by hand neither', async (t) => {
  const town = await qingxi(t);
  const [receipt] = await takeIn(town, [report('1', { kind: 'unknown', words: '楼道里有一股怪味' })], NOW);
  assert.ok(receipt && !isRefusal(receipt), JSON.stringify(receipt));
  const seat = [...town.posts.values()].find((p) => p.kind === 'seat')!.code;
  const committee = [...town.units.values()].find((u) => isCommunity(u.kind))!.code;
  const street = [...town.units.values()].find((u) => u.kind === 'street')!.code;
  let n = 0;
  const go = async (action: string, input: Order['input'] = {}): Promise<string> => {
    n += 1;
    const order = { commandId: `c${n}`, caseId: receipt.caseId, action, by: { post: seat }, input };
    const done = await act(town, order, NOW + n * 1000);
    return isRefusal(done) ? done.code : done.state;
  };
  await go('setKind', { kind: 'lamp.fault' });
  await go('setPlace', { place: { code: 'unknown', layers: {} } });
  await go('triage');
  assert.equal(await go('dispatch', { lead: { unit: committee }, basis: '口头' }), 'community-list');
  assert.equal(await go('dispatch', { lead: { unit: street }, basis: '属地' }), 'dispatched');
});

test('sending twice is harmless, and the same words join the open case', async (t) => {
  const town = await qingxi(t);
  const [first, twice, neighbour] = await takeIn(town, [report('1'), report('1'), report('2')], NOW);
  assert.ok(first && twice && neighbour && !isRefusal(first) && !isRefusal(twice) && !isRefusal(neighbour));
  assert.equal(twice.number, first.number);
  assert.equal(neighbour.joined, true);
  assert.equal(neighbour.caseId, first.caseId);
  const [again] = await takeIn(town, [report('1')], NOW + 5000);
  assert.ok(again && !isRefusal(again));
  assert.deepEqual([again.known, again.number, again.code], [true, first.number, first.code]);
});

test('a thousand reports in one batch', async (t) => {
  const town = await qingxi(t);
  const many = Array.from({ length: 1000 }, (_, i) => report(`m${i}`, { words: `第${i}号路灯不亮` }));
  const receipts = await takeIn(town, many, NOW);
  assert.equal(receipts.filter((r) => !isRefusal(r)).length, 1000);
  const { rows } = await town.db.pool.query('SELECT count(*)::int AS n, max(position) AS last FROM fact');
  assert.deepEqual(rows, [{ n: 4000, last: 4000 }]);
});

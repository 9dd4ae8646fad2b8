import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRefusal } from '@gezhi/basis';
import { loadFacts } from '@gezhi/storage';
import { act, askKnowledge, commandFrom, dueKnowledge, findKnowledgeItem, writeKnowledge } from '@gezhi/town';
import { follow } from './follow.ts';
import { knowledgeFollower } from './knowledge-follower.ts';
import { lampSignal, send, takeInAll, tinyTown } from './testing/tiny-town.ts';

const learn = knowledgeFollower(Date.now);
const inquiry = (id: string, words: string) =>
  lampSignal(id, { words, requestKind: 'inquiry', kind: 'other.inquiry', statedPlaces: {} });

test('an inquiry that was answered proposes its answer, masked, once; answered from the item it counts and proposes nothing', async (t) => {
  const { town } = await tinyTown(t);
  const words = '路灯坏了几天修好？我姓名叫王小明，电话13800000000';
  const [first] = await takeInAll(town, [inquiry('1', words)]);
  const answer = '接报后三个工作日内修复，重要路段二十四小时内修复。';
  assert.ok(await send(town, first!.caseId, 'answer', 'seat', { words: answer }));
  await follow(town, learn);
  await follow(town, learn);
  const [proposed, ...others] = await dueKnowledge(town, Date.now());
  assert.equal(others.length, 0);
  assert.equal(proposed?.owner, 'HL');
  assert.equal(proposed?.sourceCase, first!.caseId);
  assert.doesNotMatch(proposed!.question, /13800000000/);
  const { status: _s, version: _v, answered: _a, ...item } = proposed!;
  const now = Date.now();
  const bare = await writeKnowledge(town, { item, version: 2, status: 'live' }, { post: 'seat' }, now);
  assert.ok(isRefusal(bare) && bare.code === 'bad-item' && bare.details?.field === 'basis');
  const live = { item: { ...item, basis: '示例养护规定第三条' }, version: 2, status: 'live' } as const;
  assert.ok(!isRefusal(await writeKnowledge(town, live, { post: 'seat' }, now)));

  const [second] = await takeInAll(town, [inquiry('2', '别的路口的路灯几天修好呢')]);
  const order = {
    commandId: commandFrom('page/1', item.id),
    caseId: second!.caseId,
    action: 'answer',
    by: { post: 'seat' },
    input: { words: answer },
  };
  assert.ok(!isRefusal(await act(town, order, now)));
  const facts = (await loadFacts(town.db.pool, town.district, [second!.caseId])).get(second!.caseId)!;
  const fact = facts.find((one) => one.type === 'answered')!;
  assert.equal(fact.cause, `page/1/knowledge/${item.id}`);
  assert.doesNotMatch(JSON.stringify(fact), /三个工作日/);
  await follow(town, learn);
  await follow(town, learn);
  assert.equal((await findKnowledgeItem(town, item.id, now))?.answered, 1);
  assert.equal((await askKnowledge(town, { text: '路灯 修好' }, now))[0]?.answered, 1);
  assert.deepEqual(await dueKnowledge(town, now), []);
});

test('no inquiry, a few words only, or an answer of long ago propose nothing', async (t) => {
  const { town } = await tinyTown(t);
  const [complaint, short, old] = await takeInAll(town, [
    lampSignal('1', { requestKind: 'complaint', kind: 'other.inquiry', statedPlaces: {} }),
    inquiry('2', '老年卡在哪里办理呢'),
    inquiry('3', '社保卡丢了怎么补办'),
  ]);
  const long = '请到街道便民服务中心二楼窗口办理，带身份证原件和一张照片。';
  assert.ok(await send(town, complaint!.caseId, 'answer', 'seat', { words: long }));
  assert.ok(await send(town, short!.caseId, 'answer', 'seat', { words: '已当场答复。' }));
  assert.ok(await send(town, old!.caseId, 'answer', 'seat', { words: long }));
  await follow(
    town,
    knowledgeFollower(() => Date.now() + 90 * 86_400_000),
  );
  assert.deepEqual(await dueKnowledge(town, Date.now()), []);
});

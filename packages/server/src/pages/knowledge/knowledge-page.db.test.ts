import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CaseId, isRefusal } from '@gezhi/basis';
import { loadFacts } from '@gezhi/storage';
import { itemOfCause, newKnowledge } from '@gezhi/town';
import { browserOn, formIn, textOf } from '../kit/testing-browser.ts';
import { pagesOver, postOf } from '../kit/testing-town.ts';

const FIELDS = {
  question: '老年卡在哪里办？',
  answer: '在街道便民服务中心办理。\n带身份证原件。',
  validUntil: '2027-05-01',
};

test('a unit writes an item, is told what it lacks, publishes it; anybody finds, reads and prints it; withdrawn it is gone', async (t) => {
  const { server, town } = await pagesOver(t);
  const resident = browserOn(server);
  assert.match(textOf((await resident.open('/knowledge')).html), /还没有现行有效的答复/);
  assert.match((await resident.open('/knowledge/desk')).html, /action="\/staff"/);

  const seat = browserOn(server);
  await seat.send({ action: '/staff', method: 'post', fields: new Map([['post', postOf(town, 'seat')]]) });
  assert.match(textOf((await seat.open('/knowledge/desk')).html), /推荐待审核 \(0\)/);
  const blank = formIn(await seat.open('/knowledge/desk/new'), '/knowledge/desk/new');
  const live = { ...blank, fields: new Map([...blank.fields, ['status', 'live']]) };
  const lacking = await seat.send(live, FIELDS);
  assert.equal(lacking.status, 409);
  assert.match(textOf(lacking.html), /写明依据[\s\S]*带身份证原件/);
  const wrongPlace = await seat.send(live, { ...FIELDS, basis: '示例优待办法第五条', places: 'nowhere' });
  assert.match(textOf(wrongPlace.html), /没有这个地点代码/);
  const saved = await seat.send(live, { ...FIELDS, basis: '示例优待办法第五条' });
  assert.match(textOf(saved.html), /已保存[\s\S]*第 1 版/);
  const id = /knowledge\/desk\/(item-[\w-]+)/.exec(saved.html)![1]!;

  const found = await resident.open(`/knowledge?q=${encodeURIComponent('老年卡怎么办理')}`);
  assert.match(textOf(found.html), /找到 1 条[\s\S]*老年卡在哪里办/);
  const item = await resident.open(`/knowledge/${id}`);
  assert.match(textOf(item.html), /示例优待办法第五条[\s\S]*2027/);
  assert.doesNotMatch(item.html, /knowledge\/desk/);
  assert.match(textOf((await resident.open('/knowledge?lang=en')).html), /Knowledge base/);
  assert.match((await resident.open('/report?lang=zh')).html, /也许已有答复/);

  const other = browserOn(server);
  await other.send({
    action: '/staff',
    method: 'post',
    fields: new Map([['post', postOf(town, 'desk')]]),
  });
  assert.match(textOf((await other.open(`/knowledge/desk/${id}`)).html), /由别的单位负责/);

  const form = formIn(await seat.open(`/knowledge/desk/${id}`), `/knowledge/desk/${id}`);
  const withdraw = { ...form, fields: new Map([...form.fields, ['status', 'withdrawn']]) };
  assert.match(textOf((await seat.send(withdraw)).html), /已撤下[\s\S]*第 2 版/);
  assert.match(textOf((await seat.send(withdraw)).html), /别人刚改过/);
  assert.equal((await resident.open(`/knowledge/${id}`)).status, 404);
});

test('on the page of an inquiry a seat answers from an item: its words are sent, and the fact names it', async (t) => {
  const { server, town, clock } = await pagesOver(t);
  const seatPost = postOf(town, 'seat');
  const item = await newKnowledge(
    town,
    {
      fields: {
        question: '老年卡在哪里办？',
        answer: '在街道便民服务中心办理，带身份证原件。',
        basis: '示例优待办法第五条',
        owner: town.posts.get(seatPost)!.unit,
        validUntil: clock.now + 300 * 86_400_000,
        kinds: [],
        places: [],
        language: 'zh',
      },
      status: 'live',
    },
    { post: seatPost },
    clock.now,
  );
  assert.ok(!isRefusal(item));
  const resident = browserOn(server);
  await resident.send(formIn(await resident.open('/report'), '/report'), { words: '请问老年卡在哪里办理' });
  const { rows } = await town.db.pool.query<{ case_id: CaseId }>('SELECT case_id FROM case_now');
  const caseId = rows[0]!.case_id;
  const seat = browserOn(server);
  await seat.send({ action: '/staff', method: 'post', fields: new Map([['post', seatPost]]) });
  const page = await seat.open(`/cases/${caseId}`);
  assert.match(textOf(page.html), /用现成的答复[\s\S]*老年卡在哪里办[\s\S]*示例优待办法第五条/);
  const form = page.html.match(
    /<form[^>]*>(?:(?!<\/form>)[\s\S])*value="answer"(?:(?!<\/form>)[\s\S])*<\/form>/,
  )![0];
  const hidden = [...form.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)];
  const fields = new Map([...hidden.map(([, name, value]) => [name!, value!] as const), ['item', item.id]]);
  const done = await seat.send({ action: `/cases/${caseId}/do`, method: 'post', fields });
  assert.equal(done.status, 200, textOf(done.html).slice(0, 800));
  assert.match(textOf(done.html), /带身份证原件/);
  const facts = (await loadFacts(town.db.pool, town.district, [caseId])).get(caseId)!;
  const answered = facts.find(({ type }) => type === 'answered')!;
  assert.equal(itemOfCause(answered.cause), item.id);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, isRefusal } from '@gezhi/basis';
import { replay } from '@gezhi/cases';
import { loadFacts, wordsOfCases } from '@gezhi/storage';
import { maySee } from '../powers/sight.ts';
import { type BreachReport, reportBreach } from './report-breach.ts';
import { NOW, sealedTown } from './testing.ts';

const LEAK: BreachReport = {
  what: 'leak',
  words: '导出文件误发到外部邮箱',
  data: ['name', 'reach'],
  people: 120,
  done: '已请对方删除',
  by: 'desk',
  commandId: 'one',
  lang: 'zh',
};

test('a breach opens its own case, secret, with the clocks of the notices that the law asks for', async (t) => {
  const { town } = await sealedTown(t);
  const opened = await reportBreach(town, { ...LEAK, noticedAt: NOW - HOUR / 2 }, NOW);
  assert.ok(!isRefusal(opened), JSON.stringify(opened));
  const { caseId } = opened;
  const c = replay((await loadFacts(town.db.pool, town.district, [caseId])).get(caseId)!)!;
  assert.deepEqual([c.kind, c.state], ['breach.leak', 'found']);
  const due = (name: string): number | undefined => opened.owes.find(({ clock }) => clock === name)?.dueAt;
  const noticed = NOW - HOUR / 2;
  assert.deepEqual(['accept', 'authority', 'persons'].map(due), [
    noticed + HOUR,
    noticed + 24 * HOUR,
    noticed + 24 * HOUR,
  ]);
  const [said] = await wordsOfCases(town.db.pool, town.district, [caseId]);
  assert.equal(
    said?.said,
    '导出文件误发到外部邮箱\n信息种类：姓名、电话、邮箱等联系方式\n涉及人数：120\n已采取的措施：已请对方删除',
  );
  const posts = [...town.posts.values()].filter((post) => maySee(town, c, { post: post.code }));
  const kinds = new Set(posts.map(({ unit }) => town.units.get(unit)?.kind));
  assert.ok(kinds.has('hotline') && !kinds.has('department') && !kinds.has('street'), [...kinds].join());
  const again = await reportBreach(town, LEAK, NOW + 1);
  assert.ok(!isRefusal(again) && again.known && again.caseId === caseId);
});

test('a breach without words, kinds of data or a past moment is refused', async (t) => {
  const { town } = await sealedTown(t);
  const refusals = [{ words: ' ' }, { data: [] }, { people: 1.5 }, { noticedAt: NOW + 1 }];
  const codes: string[] = [];
  for (const wrong of refusals) {
    const answer = await reportBreach(town, { ...LEAK, ...wrong }, NOW);
    codes.push(isRefusal(answer) ? answer.code : 'taken');
  }
  assert.deepEqual(codes, ['nothing-said', 'no-data-named', 'bad-count', 'noticed-later']);
});

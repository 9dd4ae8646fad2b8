import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, isRefusal } from '@gezhi/basis';
import { clocksOf, replay } from '@gezhi/cases';
import { loadFacts } from '@gezhi/storage';
import { dueIn } from '../context.ts';
import { maySee } from '../powers/sight.ts';
import { processOf } from '../town.ts';
import { reportBreach } from './report-breach.ts';
import { NOW, sealedTown } from './testing.ts';

test('a breach opens its own case, secret, with the clocks of the notices that the law asks for', async (t) => {
  const { town } = await sealedTown(t);
  const by = { post: [...town.posts.keys()][0]! };
  const breach = { what: 'leak', words: '导出文件误发到外部邮箱', by, commandId: 'one' } as const;
  const receipt = await reportBreach(town, breach, NOW);
  assert.ok(!isRefusal(receipt), JSON.stringify(receipt));
  const facts = (await loadFacts(town.db.pool, town.district, [receipt.caseId])).get(receipt.caseId)!;
  const c = replay(facts)!;
  assert.deepEqual([c.kind, c.state], ['breach.leak', 'found']);
  const clocks = clocksOf(processOf(town, c), c, (stage, of, at) => dueIn(town, stage, of, at));
  const due = (name: string): number | undefined => clocks.find(({ clock }) => clock === name)?.due?.dueAt;
  assert.deepEqual(['accept', 'authority', 'persons'].map(due), [
    NOW + HOUR,
    NOW + 24 * HOUR,
    NOW + 24 * HOUR,
  ]);
  const posts = [...town.posts.values()].filter((post) => maySee(town, c, { post: post.code }));
  const kinds = new Set(posts.map(({ unit }) => town.units.get(unit)?.kind));
  assert.ok(kinds.has('hotline') && !kinds.has('department') && !kinds.has('street'), [...kinds].join());
  const again = await reportBreach(town, breach, NOW + 1);
  assert.ok(!isRefusal(again) && again.known && again.caseId === receipt.caseId);
  const silent = await reportBreach(town, { ...breach, words: ' ', commandId: 'two' }, NOW);
  assert.ok(isRefusal(silent) && silent.code === 'nothing-said');
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { learnedNames } from '@gezhi/storage';
import { adoptNames, type Incoming, locate } from '@gezhi/town';
import { learnTownNames, takeUpNames } from './names-learner.ts';
import { lampSignal, send, takeInAll, tinyTown } from './testing/tiny-town.ts';

test('what people call a place is learned from cases whose place a person set: counts only, from three cases on', async (t) => {
  const { town } = await tinyTown(t);
  const seat = [...town.posts.values()].find(({ kind }) => kind === 'seat')!.code;
  const say = (id: string, words: string): Incoming => {
    const { statedPlaces: _, ...signal } = lampSignal(id, { words });
    return signal;
  };
  const called = ['幸福小区路灯坏了一盏', '昨晚幸福小区路灯不亮', '幸福小区东门路灯闪', '平安小区路灯坏了'];
  const now = Date.now();
  const receipts = await takeInAll(
    town,
    called.map((words, i) => say(String(i), words)),
    now,
  );
  for (const { caseId } of receipts)
    assert.ok(
      await send(town, caseId, 'setPlace', seat, { place: { statedPlaces: { division: 'C2' } } }, now),
    );
  assert.equal(await learnTownNames(town), 1);
  const known = [{ name: '幸福小区', place: 'place/division/C2', count: 3 }];
  assert.deepEqual(await learnedNames(town.db.pool, town.district), known);
  assert.equal(locate(town, say('x', '幸福小区又停电了')).code, 'C2');
  adoptNames(town, []);
  assert.equal(locate(town, say('x', '幸福小区又停电了')).code, 'unknown');
  await takeUpNames(town);
  assert.equal(locate(town, say('x', '幸福小区又停电了')).code, 'C2');
});

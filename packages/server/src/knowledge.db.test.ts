import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRefusal } from '@gezhi/basis';
import type { Case } from '@gezhi/cases';
import { askKnowledge, dueKnowledge, proposeKnowledge, writeKnowledge } from '@gezhi/town';
import { demoApp } from './testing/demo-town.ts';

const DAY = 86_400_000;

/** An inquiry that was answered, as far as knowledge asks. */
function inquiry(more: Partial<Case> = {}): Case {
  return {
    caseId: '019dfb8a-2800-7000-8000-000000000001',
    phase: 'answered',
    kind: 'other.inquiry',
    voices: { '1': { requestKind: 'inquiry' } },
    ...more,
  } as unknown as Case;
}

test('an answered inquiry becomes knowledge by its owner, and is found by anybody until its end', async (t) => {
  const { town, server, clock } = await demoApp(t);
  const [post] = [...town.posts.values()];
  const by = { post: post!.code };
  const ended = {
    case: inquiry(),
    question: '老年卡在哪里办？我的电话13800000000',
    answer: '在街道服务大厅办理。',
    owner: post!.unit,
  };
  const proposed = await proposeKnowledge(town, ended, by, clock.now);
  assert.ok(!isRefusal(proposed));
  assert.equal(proposed.status, 'proposed');
  assert.doesNotMatch(proposed.question, /13800000000/);
  const ask = async (q: string): Promise<{ id: string; owner: { name: string } }[]> =>
    (await server.inject(`/api/knowledge?q=${encodeURIComponent(q)}`)).json().items;
  assert.deepEqual(await ask('老年卡'), []);
  assert.deepEqual(
    (await dueKnowledge(town, clock.now, post!.unit)).map((item) => item.status),
    ['proposed'],
  );

  const { status: _status, version: _version, ...item } = proposed;
  const stranger = [...town.posts.values()].find((other) => other.unit !== post!.unit)!;
  const change = { item: { ...item, basis: 'a made-up rule' }, version: 2, status: 'live' } as const;
  const refused = await writeKnowledge(town, change, { post: stranger.code }, clock.now);
  assert.ok(isRefusal(refused) && refused.code === 'not-owner');
  assert.ok(!isRefusal(await writeKnowledge(town, change, by, clock.now)));
  const again = await writeKnowledge(town, change, by, clock.now);
  assert.ok(isRefusal(again) && again.code === 'stale');

  const [found] = await ask('老年卡怎么办');
  assert.equal(found?.id, item.id);
  assert.equal(found?.owner.name, town.units.get(post!.unit)!.name);
  const nearEnd = item.validUntil - DAY;
  assert.deepEqual(
    (await dueKnowledge(town, nearEnd)).map((one) => one.status),
    ['due'],
  );
  assert.deepEqual(await askKnowledge(town, { text: '老年卡' }, item.validUntil), []);
});

test('only an inquiry that was answered proposes, and an item without an end to come is refused', async (t) => {
  const { town, clock } = await demoApp(t);
  const [post] = [...town.posts.values()];
  const ended = { question: '怎么办？', answer: '这样办。', owner: post!.unit };
  const open = { ...ended, case: inquiry({ phase: 'dispatched' }) };
  const refused = await proposeKnowledge(town, open, { post: post!.code }, clock.now);
  assert.ok(isRefusal(refused) && refused.code === 'not-answered');
});

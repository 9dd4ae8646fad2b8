import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { type CaseId, DAY, HOUR, isRefusal } from '@gezhi/basis';
import { keepSamePairs, samePairs, samePolicies } from '@gezhi/storage';
import { DEFAULT_SAME_POLICY } from '@gezhi/text';
import { act, adoptSamePolicy, type Incoming, keepShown, samePolicyOf, type Town, takeIn } from '@gezhi/town';
import { learnSame, takeUpSamePolicy } from './same-learner.ts';
import { tinyTown } from './testing/tiny-town.ts';

const NOW = Date.UTC(2026, 4, 6, 2);

test('what is merged, undone and passed over is kept as numbers, and calibrates the chances', async (t) => {
  const { town } = await tinyTown(t);
  const { pool } = town.db;
  const open = async (id: string, words: string) => {
    const signal: Incoming = {
      source: 'seat',
      id,
      type: 'x',
      occurredAt: NOW,
      channel: 'phone',
      kind: 'lamp.fault',
      words,
    };
    const [receipt] = await takeIn(town, [signal], NOW);
    assert.ok(receipt && !isRefusal(receipt) && receipt.caseId);
    return receipt.caseId;
  };
  const seat = [...town.posts.values()].find(({ kind }) => kind === 'seat')!;
  const by = { post: seat.code, person: 'p1' };
  const carry = async (caseId: CaseId, kind: 'merge' | 'unmerge', input: Record<string, unknown>) => {
    const action = Object.values(town.pack.process.actions).find((one) => one.act === kind)!;
    const done = await act(
      town,
      { commandId: `${kind}${caseId}`, caseId, action: action.name, by, input },
      NOW + HOUR,
    );
    assert.ok(!isRefusal(done), JSON.stringify(done));
  };
  assert.equal(await learnSame(town, NOW), undefined, 'nothing is decided yet');
  const first = await open('a', '东门外第三根灯杆晚上不亮，老人摔了一跤');
  const second = await open('b', '第三根灯杆不亮，东门外面黑');
  const third = await open('c', '东门外的灯杆歪了');

  await t.test('what was shown to a seat; nothing that was not proposed', async () => {
    await keepShown(
      town,
      { caseId: second, text: '第三根灯杆不亮，东门外面黑', kind: 'lamp.fault' },
      [first, randomUUID()],
      NOW,
    );
    const rows = await samePairs(pool, town.district, 10);
    assert.deepEqual(
      rows.map(({ caseId, otherId, same }) => [caseId, otherId, same]),
      [[second, first, null]],
    );
    assert.ok(rows[0]!.words > 0 && rows[0]!.kind === 1);
  });
  await t.test('a merge confirms; who was merged with nobody is told apart after two weeks', async () => {
    await carry(second, 'merge', { into: first });
    const learned = await learnSame(town, NOW + 2 * HOUR);
    assert.deepEqual([learned?.state, learned?.why], ['kept', 'too few pairs']);
    assert.deepEqual(
      (await samePairs(pool, town.district, 10)).map(({ same }) => same),
      [true],
    );
    assert.equal(samePolicyOf(town), DEFAULT_SAME_POLICY);
  });
  await t.test(
    'merged without having been shown: kept from the log, by the words that each began with',
    async () => {
      await carry(third, 'merge', { into: first });
      await learnSame(town, NOW + 3 * HOUR);
      const row = (await samePairs(pool, town.district, 10)).find(({ caseId }) => caseId === third);
      assert.deepEqual([row?.otherId, row?.same], [first, true]);
      assert.ok(row!.within < 1, 'what was merged into it meanwhile is not compared');
    },
  );
  await t.test('undone is not the same', async () => {
    await carry(third, 'unmerge', { from: first });
    await learnSame(town, NOW + 4 * HOUR);
    const row = (await samePairs(pool, town.district, 10)).find(({ caseId }) => caseId === third);
    assert.equal(row?.same, false);
  });
  await t.test('enough pairs of another habit: adopted where held-back ones are told better', () =>
    adopts(town, carry),
  );
});

type Carry = (caseId: CaseId, kind: 'merge' | 'unmerge', input: Record<string, unknown>) => Promise<void>;

async function adopts(town: Town, carry: Carry): Promise<void> {
  const { pool } = town.db;
  const told = (id: string, what: string): Incoming => {
    const words = `${what}，${id}，东门外灯杆旁边`;
    return {
      source: 'seat',
      id,
      type: 'x',
      occurredAt: NOW,
      channel: 'phone',
      kind: 'lamp.fault',
      words,
    };
  };
  const twins = Array.from({ length: 45 }, (_, i) => [told(`x${i}`, '灯罩裂了'), told(`y${i}`, '灯罩碎了')]);
  const receipts = await takeIn(town, twins.flat(), NOW);
  const ids = receipts.flatMap((receipt) => (isRefusal(receipt) ? [] : (receipt.caseId ?? [])));
  for (let i = 0; i < ids.length; i += 2) await carry(ids[i]!, 'merge', { into: ids[i + 1]! });
  const alike = { words: 0.9, within: 0.9, kind: 1, near: 0, place: 1, fresh: 0.2 };
  const passedOver = Array.from({ length: 200 }, () => ({
    caseId: randomUUID() as CaseId,
    otherId: randomUUID() as CaseId,
    shownAt: NOW,
    ...alike,
  }));
  await keepSamePairs(pool, town.district, passedOver);
  const learned = await learnSame(town, NOW + 20 * DAY);
  assert.deepEqual([learned?.state, learned?.why], ['adopted', 'better']);
  assert.equal(samePolicyOf(town).origin, 'confirmed');
  const [row] = await samePolicies(pool, town.district);
  const { before, after } = row!.report as { before: number; after: number };
  assert.ok(after < before, `${after} ${before}`);
  const again = await learnSame(town, NOW + 20 * DAY);
  assert.equal(again?.state, 'kept', 'the same pairs again are no better');
  adoptSamePolicy(town, DEFAULT_SAME_POLICY);
  await takeUpSamePolicy(town);
  assert.equal(samePolicyOf(town).origin, 'confirmed');
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CaseId, isRefusal } from '@gezhi/basis';
import { loadFacts } from '@gezhi/storage';
import { act, type Order, type Town } from '@gezhi/town';
import { lampSignal, takeInAll, tinyTown } from './testing/tiny-town.ts';

// What would prop a rate up is refused where it is done; what is not refused is seen beside the rates (packages/measures/src/edition).

const MORE = { 'posts.csv': 'arb,HL,arbiter,仲裁,,\nseat2,HL,seat,话务二,,\nchk1,U1,checker,街道核查,,\n' };
const GOOD = { contacted: 'yes', solved: 'yes', satisfied: 'satisfied' };

async function doneCase(town: Town): Promise<{ caseId: CaseId; number: string; go: Go }> {
  const [receipt] = await takeInAll(town, [lampSignal('1')]);
  const { caseId, number } = receipt!;
  const go: Go = async (action, post, input = {}) => {
    const order: Order = {
      commandId: `${action}-${post}-${Math.random()}`,
      caseId,
      action,
      by: { post },
      input,
    };
    const done = await act(town, order, Date.now());
    return isRefusal(done) ? done.code : 'done';
  };
  assert.equal(await go('accept', 'desk1'), 'done');
  assert.equal(await go('contact', 'desk1', { way: 'phone' }), 'done');
  assert.equal(await go('finish', 'desk1', { outcome: 'solved', words: '已修好' }), 'done');
  return { caseId, number: number!, go };
}

type Go = (action: string, post: string, input?: Order['input']) => Promise<string>;

test('staff rate themselves: the unit that did the work neither checks it, nor calls back, nor answers for the requester', async (t) => {
  const { town } = await tinyTown(t, MORE);
  const { caseId, number, go } = await doneCase(town);
  assert.equal(
    await go('check', 'chk1', { passed: true, unit: 'U1' }),
    'no-power',
    'a checker of the same unit',
  );
  assert.equal(await go('check', 'check', { passed: true, unit: 'CK' }), 'done');
  for (const post of ['desk1', 'chk1', 'desk2'])
    assert.equal(await go('callBack', post, { number, way: 'phone', answer: GOOD }), 'no-power', post);
  const types = (await loadFacts(town.db.pool, town.district, [caseId])).get(caseId)!.map(({ type }) => type);
  assert.ok(!types.includes('calledBack'), 'no answer, no rate');
});

test('unreachable on purpose: one try, or three at once by one way, is not enough', async (t) => {
  const { town } = await tinyTown(t, MORE);
  const { number, go } = await doneCase(town);
  assert.equal(await go('check', 'check', { passed: true, unit: 'CK' }), 'done');
  const give = () => go('callBack', 'seat', { number, unreachable: ['phone'] });
  assert.notEqual(await give(), 'done');
  for (let i = 0; i < 3; i += 1)
    assert.equal(await go('tryCallback', 'seat', { number, way: 'phone' }), 'done');
  assert.notEqual(await give(), 'done', 'three at the same hour by one way');
});

test('exclusions: never by one post, nor by the unit that is measured', async (t) => {
  const { town } = await tinyTown(t, MORE);
  const { number, go } = await doneCase(town);
  const asked = { number, exclusion: 'beyondDuty', reason: '示例理由' };
  assert.equal(await go('proposeExclusion', 'desk1', asked), 'no-power');
  assert.equal(await go('proposeExclusion', 'head', asked), 'done');
  const ruling = { granted: true, words: '同意' };
  assert.equal(await go('ruleExclusion', 'head', ruling), 'own-approval');
  assert.equal(await go('ruleExclusion', 'desk1', ruling), 'no-power');
  assert.equal(await go('ruleExclusion', 'arb', ruling), 'done');
});

test('objection ping-pong: two objections, then the ruling is final', async (t) => {
  const { town } = await tinyTown(t, MORE);
  const [receipt] = await takeInAll(town, [lampSignal('2')]);
  const { caseId } = receipt!;
  let n = 0;
  const go: Go = async (action, post, input = {}) => {
    n += 1;
    const done = await act(town, { commandId: `pp-${n}`, caseId, action, by: { post }, input }, Date.now());
    return isRefusal(done) ? done.code : 'done';
  };
  const objection = { reason: '示例', basis: '示例清单' };
  const to = (unit: string, post: string) => ({
    granted: true,
    words: '示例',
    basis: '示例',
    lead: { unit, post },
  });
  assert.equal(await go('object', 'desk1', objection), 'done');
  assert.equal(await go('ruleObjection', 'arb', to('U2', 'desk2')), 'done');
  assert.equal(await go('object', 'desk2', objection), 'done');
  assert.equal(await go('ruleObjection', 'arb', to('U1', 'desk1')), 'done');
  assert.equal(await go('object', 'desk1', objection), 'guard');
  const facts = (await loadFacts(town.db.pool, town.district, [caseId])).get(caseId)!;
  const promised = facts.flatMap((fact) => (fact.type === 'promised' ? [fact.data.due.dueAt] : []));
  assert.equal(new Set(promised).size, 1, 'the promise never moved');
  const last = facts.findLast((fact) => fact.type === 'ruled');
  assert.ok(last?.type === 'ruled' && last.data.final);
});

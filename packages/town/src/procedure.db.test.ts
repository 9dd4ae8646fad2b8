import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type CaseId, DAY, HOUR, isRefusal } from '@gezhi/basis';
import { type Case, type Fact, replay } from '@gezhi/cases';
import { makeTown, writeTown } from '@gezhi/demo';
import { loadFacts } from '@gezhi/storage';
import { testDatabase } from '@gezhi/storage/testing';
import {
  act,
  type Done,
  importTown,
  installationOn,
  type Order,
  readTownFolder,
  type Town,
  takeIn,
  townOf,
} from './index.ts';

/** A Wednesday morning. */
const NOW = Date.UTC(2026, 4, 6, 2);

/** A made-up town, and a hand that acts for any of its posts, an hour later each time where nothing else is said. */
class Desk {
  readonly town: Town;
  now = NOW;
  #n = 0;

  constructor(town: Town) {
    this.town = town;
  }

  post(kind: string, unitKind: string, but?: string): string {
    const found = [...this.town.posts.values()].find(
      (post) => post.kind === kind && this.town.units.get(post.unit)?.kind === unitKind && post.unit !== but,
    );
    assert.ok(found, `the town has a ${kind} of a ${unitKind}`);
    return found.code;
  }

  async report(kind: string): Promise<CaseId> {
    this.#n += 1;
    const said = { source: 'test', id: String(this.#n), type: 'gezhi.report.v1', channel: 'phone', kind };
    const where = { point: { lon: 119.39958, lat: 30.309503 }, words: `第${this.#n}次反映` };
    const [receipt] = await takeIn(this.town, [{ ...said, ...where, occurredAt: this.now }], this.now);
    assert.ok(receipt && !isRefusal(receipt), JSON.stringify(receipt));
    return receipt.caseId;
  }

  async do(caseId: CaseId, post: string, action: string, input: Order['input'] = {}): Promise<Done> {
    const done = await this.attempt(caseId, post, action, input);
    assert.ok(typeof done !== 'string', `${action}: ${String(done)}`);
    return done;
  }

  /** What it did, or the code of the refusal. */
  async attempt(
    caseId: CaseId,
    post: string,
    action: string,
    input: Order['input'] = {},
  ): Promise<Done | string> {
    this.#n += 1;
    this.now += HOUR;
    const person = `made-up-${post}`;
    const order = { commandId: `c${this.#n}`, caseId, action, by: { post, person }, input };
    const done = await act(this.town, order, this.now);
    return isRefusal(done) ? done.code : done;
  }

  async facts(caseId: CaseId): Promise<readonly Fact[]> {
    return (await loadFacts(this.town.db.pool, this.town.district, [caseId])).get(caseId) ?? [];
  }

  async case(caseId: CaseId): Promise<Case> {
    return replay(await this.facts(caseId))!;
  }
}

async function desk(t: TestContext): Promise<Desk> {
  const folder = await mkdtemp(join(tmpdir(), 'gezhi-town-'));
  t.after(() => rm(folder, { recursive: true }));
  await writeTown(folder, makeTown(7));
  const installation = await installationOn(await testDatabase(t));
  const kinds = [...installation.packs.values()].flatMap((pack) => pack.kinds.map((kind) => kind.code));
  const done = await importTown(installation.db, await readTownFolder(folder), kinds, { now: NOW - 1000 });
  assert.ok(done.imported);
  await installation.reload();
  return new Desk(townOf(installation, '990000'));
}

test('an objection is ruled on by the hotline; the next unit has its own term, the promise stands', async (t) => {
  const d = await desk(t);
  const caseId = await d.report('lamp.fault');
  const { lead, voices } = await d.case(caseId);
  const head = d.post('head', 'hotline');
  const other = [...d.town.units.values()].find(
    (u) => u.kind === 'department' && u.code !== lead!.unit,
  )!.code;
  const promised = Object.values(voices)[0]!.promised!.dueAt;
  await d.do(caseId, lead!.post!, 'object', { reason: '该灯杆属另一单位管养', basis: '权力清单第12项' });
  assert.equal(
    await d.attempt(caseId, lead!.post!, 'ruleObjection', { granted: true, words: '同意' }),
    'no-power',
  );
  const ruling = {
    granted: true,
    words: '依权力清单由该单位办理',
    lead: { unit: other },
    basis: '权力清单第12项',
  };
  await d.do(caseId, head, 'ruleObjection', ruling);
  const after = await d.case(caseId);
  assert.equal(after.lead?.unit, other);
  assert.equal(after.state, 'dispatched');
  assert.equal(Object.values(after.voices)[0]!.promised!.dueAt, promised);
  const applied = (await d.facts(caseId)).find((fact) => fact.type === 'applied')!;
  assert.ok(!JSON.stringify(applied).includes('灯杆'), 'no words lie in a fact');
});

test('a whistle is a part of its own: called, arrived, concluded, rated, and the matter shows it while it lasts', async (t) => {
  const d = await desk(t);
  const head = d.post('head', 'street');
  const street = d.town.posts.get(head)!.unit;
  const caseId = await d.report('noise.night');
  const hotline = d.post('dispatcher', 'hotline');
  const { lead } = await d.case(caseId);
  if (lead?.unit !== street)
    await d.do(caseId, hotline, 'redispatch', { lead: { unit: street }, basis: '属地管理' });
  const [one, two] = [...d.town.units.values()].filter((u) => u.kind === 'department').map((u) => u.code);
  const calls = { kind: 'whistle.hot', words: '夜间施工屡禁不止', units: [one, two] };
  const done = await d.do(caseId, head, 'whistle', { children: [calls] });
  const whistle = done.children![0]!;
  assert.ok((await d.case(caseId)).flags.includes('whistled'));
  assert.deepEqual(
    (await d.case(whistle)).tasks.map(({ unit }) => unit),
    [one, two],
  );
  assert.equal((await d.case(whistle)).lead?.unit, street);
  const first = d.post('desk', 'department', two);
  assert.equal(await d.attempt(whistle, first, 'approve'), 'no-power');
  await d.do(whistle, head, 'approve');
  for (const unit of [one!, two!]) {
    const post = [...d.town.posts.values()].find((p) => p.unit === unit)!.code;
    await d.do(whistle, post, 'report', { task: unit, step: 'arrived', way: 'onSite' });
    await d.do(whistle, post, 'deliver', { task: unit, words: '已到场处置' });
  }
  await d.do(whistle, head, 'conclude', { outcome: 'solved', words: '共同结论：夜间停工' });
  await d.do(whistle, head, 'rate', { of: one!, marks: { speed: 5, work: 4 } });
  await d.do(whistle, head, 'dismiss');
  const parent = await d.case(caseId);
  assert.ok(!parent.flags.includes('whistled'));
  assert.deepEqual(parent.endedChildren, [whistle]);
});

test('more time is granted by the hotline and promised anew; a request leaves the rates by two persons only', async (t) => {
  const d = await desk(t);
  const caseId = await d.report('lamp.fault');
  const { lead, voices } = await d.case(caseId);
  const number = Object.keys(voices)[0]!;
  await d.do(caseId, lead!.post!, 'accept');
  await d.do(caseId, lead!.post!, 'contact', { way: 'phone' });
  const until = NOW + 20 * DAY;
  await d.do(caseId, lead!.post!, 'askExtension', { reason: '待料', until });
  await d.do(caseId, d.post('head', 'hotline'), 'grantExtension', { granted: true, words: '同意' });
  assert.equal((await d.case(caseId)).voices[number]!.promised!.dueAt, until);
  const seat = d.post('seat', 'hotline');
  await d.do(caseId, seat, 'proposeExclusion', { number, exclusion: 'duplicate', reason: '同一人重复登记' });
  assert.equal(await d.attempt(caseId, seat, 'ruleExclusion', { granted: true, words: '同意' }), 'no-power');
  await d.do(caseId, d.post('head', 'hotline'), 'ruleExclusion', { granted: true, words: '证据确凿' });
  assert.equal((await d.case(caseId)).voices[number]!.excluded?.reason, 'duplicate');
});

test('a unit that a matter is about has no hand in it and does not read it', async (t) => {
  const d = await desk(t);
  const caseId = await d.report('staff.complaint');
  const desk1 = d.post('desk', 'department');
  const { unit } = d.town.posts.get(desk1)!;
  await d.do(caseId, d.post('seat', 'hotline'), 'concern', { units: [unit] });
  const after = await d.case(caseId);
  assert.deepEqual(after.against, [unit]);
  assert.notEqual(after.lead?.unit, unit);
  assert.equal(await d.attempt(caseId, desk1, 'note', { words: '试图插手' }), 'no-power');
});

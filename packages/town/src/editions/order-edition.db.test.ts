import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { DAY, isRefusal } from '@gezhi/basis';
import { makeTown, writeTown } from '@gezhi/demo';
import { canonicalJson, draftEdition, isWhole } from '@gezhi/measures';
import { testDatabase } from '@gezhi/storage/testing';
import {
  act,
  editionId,
  findEdition,
  type Incoming,
  importTown,
  installationOn,
  listEditions,
  type Order,
  orderEdition,
  partOf,
  publishedTexts,
  readInput,
  readList,
  readText,
  readTownFolder,
  sha256,
  type Town,
  takeIn,
  townOf,
} from '../index.ts';

/** 10:00 on 6 May 2026 in the town: inside the assessment month 2026-05. */
const NOW = Date.UTC(2026, 4, 6, 2);
const AFTER = Date.UTC(2026, 4, 20, 2);

async function qingxi(t: TestContext): Promise<Town> {
  const folder = await mkdtemp(join(tmpdir(), 'gezhi-editions-'));
  t.after(() => rm(folder, { recursive: true }));
  await writeTown(folder, makeTown(7));
  const installation = await installationOn(await testDatabase(t));
  const kinds = [...installation.packs.values()].flatMap((pack) => pack.kinds.map(({ code }) => code));
  const done = await importTown(installation.db, await readTownFolder(folder), kinds, { now: NOW - 1000 });
  assert.ok(done.imported);
  await installation.reload();
  return townOf(installation, '990000');
}

const report = (id: string): Incoming => ({
  source: 'test',
  id,
  type: 'gezhi.report.v1',
  occurredAt: NOW,
  channel: 'phone',
  words: `银杏大道第 ${id} 盏路灯不亮了`,
  kind: 'lamp.fault',
  publicity: 'public',
  point: { lon: 119.39958, lat: 30.309503 },
});

/** A post of a kind in a unit of a kind, with somebody who sits on it. */
function seat(town: Town, postKind: string, unitKind: string): { post: string; person: string } {
  for (const { post, person } of town.staff) {
    const found = town.posts.get(post);
    if (found?.kind === postKind && town.units.get(found.unit)?.kind === unitKind) return { post, person };
  }
  throw new Error(`nobody sits on a ${postKind} of a ${unitKind}`);
}

async function closed(
  town: Town,
  receipt: { caseId: string; number: string },
  solved: 'yes' | 'no',
): Promise<void> {
  const lead = (await stateOf(town, receipt.caseId)).lead;
  const desk = lead.post!;
  const checker = [...town.posts.values()].find((p) => p.kind === 'checker' && p.unit !== lead.unit)!.code;
  const go = async (post: string, action: string, input: Order['input'] = {}): Promise<void> => {
    const commandId = `${receipt.number}-${action}`;
    const order = { commandId, caseId: receipt.caseId as Order['caseId'], action, by: { post }, input };
    const done = await act(town, order, NOW + 3_600_000);
    assert.ok(!isRefusal(done), JSON.stringify(done));
  };
  await go(desk, 'accept');
  await go(desk, 'contact', { way: 'phone' });
  await go(desk, 'finish', { outcome: 'solved', words: '已更换灯泡' });
  await go(checker, 'check', { passed: true, unit: 'x' });
  const answer = { contacted: 'yes', solved, satisfied: solved === 'yes' ? 'satisfied' : 'dissatisfied' };
  await go(seat(town, 'seat', 'hotline').post, 'callBack', { number: receipt.number, way: 'phone', answer });
}

async function stateOf(town: Town, caseId: string): Promise<{ lead: { unit: string; post?: string } }> {
  const { rows } = await town.db.pool.query<{ data: { lead: { unit: string; post?: string } } }>(
    `SELECT data FROM fact WHERE district = '990000' AND case_id = $1 AND type = 'dispatched'`,
    [caseId],
  );
  return rows[0]!.data;
}

test('the edition of a month, from the facts to the third revision of nothing hidden', async (t) => {
  const town = await qingxi(t);
  const receipts = await takeIn(town, [report('1'), report('2'), report('3')], NOW);
  const voices = receipts.map((r) => {
    assert.ok(!isRefusal(r) && r.number, JSON.stringify(r));
    return { caseId: r.caseId, number: r.number };
  });
  const [one, two, three] = voices;
  await closed(town, one!, 'yes');
  await closed(town, two!, 'no');

  const id = editionId('2026-05', 'unit');
  const head = seat(town, 'head', 'hotline');
  const lead = (await stateOf(town, two!.caseId)).lead;
  const go = async (
    who: { post: string; person?: string },
    order: Parameters<typeof orderEdition>[2],
    at = AFTER,
  ) => {
    const done = await orderEdition(town, id, order, who, at);
    return isRefusal(done) ? done.code : done.phase;
  };

  const draft = { do: 'draft', month: '2026-05', by: 'unit' } as const;
  assert.equal(await go({ post: lead.post! }, draft), 'no-power');
  assert.equal(await go(head, draft, NOW), 'period-not-over');
  assert.equal(await go(head, draft), 'drafted');
  assert.equal(await go(head, draft), 'edition-same', 'computed twice, the same bytes');
  const first = (await findEdition(town, id))!.state;
  const edition = await readText(town, id, first.hash);
  assert.ok(isWhole(edition, sha256));
  const row = edition.rows.find(({ subject }) => subject === lead.unit)!;
  assert.deepEqual(
    [row.rates.volume, row.rates.n, row.rates.solve?.numerator, row.rates.uncalled],
    [3, 2, 1000, 1],
  );
  const list = await readList(town, id, first.hash);
  assert.deepEqual(list.map(({ number }) => number).sort(), voices.map(({ number }) => number).sort());

  assert.equal(await go(head, { do: 'show', until: AFTER + 5 * DAY }), 'shown');
  const appeal = {
    do: 'appeal',
    number: two!.number,
    reason: 'beyondDuty',
    words: '不属于本单位职责',
  } as const;
  const other = seat(town, 'head', 'street');
  assert.equal(await go(other, appeal), 'not-yours');
  assert.equal(await go({ post: lead.post! }, appeal), 'appealed');
  const appealId = Object.keys((await findEdition(town, id))!.state.appeals)[0]!;
  const vote = { do: 'decide', appeal: appealId, verdict: 'exclude' } as const;
  assert.equal(await go({ post: lead.post! }, vote), 'no-power');
  assert.equal(await go(head, vote), 'appealed');
  assert.equal(await go(head, vote), 'second-person');
  const second = seat(town, 'dispatcher', 'hotline');
  assert.equal(await go(second, vote), 'appealed');

  assert.equal(await go(head, { do: 'freeze' }), 'appeals-run');
  assert.equal(await go(head, { do: 'freeze' }, AFTER + 6 * DAY), 'frozen');
  assert.equal(await go(other, { do: 'publish' }, AFTER + 6 * DAY), 'no-power');
  assert.equal(await go(head, { do: 'publish' }, AFTER + 6 * DAY), 'published');
  const published = (await findEdition(town, id))!;
  const frozen = await readText(town, id, published.state.hash);
  assert.deepEqual(frozen.exclusions, [
    { subject: lead.unit, number: two!.number, reason: 'beyondDuty', evidence: appealId },
  ]);
  assert.equal(frozen.position['990000'], edition.position['990000']);

  // Anybody with its input computes the same bytes again.
  const input = await readInput(town, id, published.state.hash);
  const again = draftEdition(frozen, input, frozen.policy, sha256).edition;
  assert.equal(canonicalJson(again), await partOf(town, id, published.state.hash, 'content'));

  await closed(town, three!, 'yes');
  assert.equal(await go(head, { do: 'revise', reason: 'laterCallbacks' }, AFTER + 9 * DAY), 'revised');
  const texts = publishedTexts((await findEdition(town, id))!);
  assert.deepEqual(
    texts.map(({ revision }) => revision),
    [0, 1],
  );
  const [old, now] = await Promise.all(texts.map(({ hash }) => readText(town, id, hash)));
  const nOf = (of: typeof old) => of!.rows.find(({ subject }) => subject === lead.unit)!.rates.n;
  assert.deepEqual([nOf(old), nOf(now)], [1, 2], 'the old numbers stay, the new ones stand beside');
  assert.equal((await listEditions(town)).length, 1);
});

test('of two who act at once on one edition, one is told to look again', async (t) => {
  const town = await qingxi(t);
  await takeIn(town, [report('1')], NOW);
  const head = seat(town, 'head', 'hotline');
  const id = editionId('2026-05', 'street');
  const draft = { do: 'draft', month: '2026-05', by: 'street' } as const;
  const both = await Promise.all([1, 2].map(() => orderEdition(town, id, draft, head, AFTER)));
  const codes = both.map((done) => (isRefusal(done) ? done.code : done.phase)).sort();
  assert.ok(['drafted'].includes(codes[0]!) && ['stale', 'edition-same'].includes(codes[1]!), codes.join());
  await assert.rejects(
    town.db.pool.query(`SET ROLE gezhi_service; UPDATE edition_act SET post = 'x'`),
    /permission denied/,
  );
});

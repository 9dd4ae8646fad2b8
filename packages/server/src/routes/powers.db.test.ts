import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRefusal } from '@gezhi/basis';
import { replay } from '@gezhi/cases';
import { listCases, loadFacts } from '@gezhi/storage';
import { allowExport, checkPowers, heldBy, MASS_EXPORT_FROM, mayIn, takeIn } from '@gezhi/town';
import { demoApp, NOW } from '../testing/demo-town.ts';

test('the published list is what runs: over the API, on a page in both languages, explained', async (t) => {
  const { server, town, installation, staff } = await demoApp(t);
  for (const pack of installation.packs.values()) assert.deepEqual(checkPowers(pack), [], pack.scene.id);
  const { lists } = (await server.inject('/api/powers')).json();
  assert.equal(lists[0].scene, 'hotline');
  const [forbid] = lists[0].policies.filter(({ id }: { id: string }) => id === 'never-check-own-work');
  assert.match(forbid.cedar, /@basis\("[^"]+"\)[\s\S]*^forbid \(principal, action in \[Action::"check"\]/m);
  for (const [lang, word] of [
    ['zh', '承办单位及其下级不得核查自己的工作'],
    ['en', 'never checks it'],
  ]) {
    for (const by of ['power', 'role']) {
      const page = await server.inject(`/powers?lang=${lang}&by=${by}`);
      assert.equal(page.statusCode, 200);
      assert.match(page.body, new RegExp(word!));
    }
  }
  assert.match((await server.inject('/')).body, /href="\/powers"/);
  const headers = staff('seat', 'hotline');
  const place = [...town.units.values()].find((unit) => unit.place)?.place;
  const kind = town.pack.kinds[0]!.code;
  const seat = [...town.posts.values()].find((post) => post.kind === 'seat')!;
  const url = (who: string, power: string) =>
    `/api/powers/explain?${new URLSearchParams({ who, power, what: `${kind}@${place}` })}`;
  const { answers } = (await server.inject({ url: url(seat.code, 'see'), headers })).json();
  assert.deepEqual([answers[0].allowed, answers[0].because.policy], [true, 'hotline-sees']);
  const no = (await server.inject({ url: url(seat.code, 'exclude'), headers })).json().answers[0];
  assert.deepEqual([no.allowed, no.because.policy], [false, 'default-deny']);
  // A policy written in Cedar beside the rows: it beats the row that permits.
  const mayor = [...town.posts.values()].find((post) => post.code === '990000-ZF-head1')!;
  const listing = (await server.inject({ url: url(mayor.code, 'supervise'), headers })).json().answers[0];
  assert.deepEqual([listing.allowed, listing.because.policy], [false, 'listing-needs-a-lead']);
  assert.match(listing.because.basis, /第28条/);
  assert.equal((await server.inject(url(seat.code, 'see'))).statusCode, 401);
  assert.equal((await server.inject({ url: url('nobody', 'see'), headers })).json().code, 'no-such-post');
});

test('a mass export is asked for by the data steward and allowed by somebody else; the file says so', async (t) => {
  const { town } = await demoApp(t);
  const much = { what: 'facts', records: MASS_EXPORT_FROM };
  const few = allowExport(town, { ...much, records: MASS_EXPORT_FROM - 1 }, NOW);
  assert.deepEqual(!isRefusal(few) && [few.madeBy, few.records, few.steward], [
    'operator',
    MASS_EXPORT_FROM - 1,
    undefined,
  ]);
  const codeOf = (more: object): string => {
    const answer = allowExport(town, { ...much, ...more }, NOW);
    return isRefusal(answer) ? answer.code : 'allowed';
  };
  const [steward, head, seat] = ['990000-RX-dataSteward1', '990000-RX-head1', '990000-RX-seat1'];
  const purpose = '年度统计';
  assert.equal(codeOf({}), 'mass-export');
  assert.equal(codeOf({ steward, second: head }), 'mass-export', 'for what?');
  assert.equal(codeOf({ steward, second: seat, purpose }), 'no-power');
  assert.equal(codeOf({ steward: head, second: head, purpose }), 'no-power');
  assert.equal(codeOf({ steward, second: steward, purpose }), 'own-approval');
  const stamp = allowExport(town, { ...much, steward, second: head, purpose }, NOW);
  assert.ok(!isRefusal(stamp));
  assert.deepEqual(
    [stamp.madeAt, stamp.purpose, stamp.steward?.post, stamp.second?.post, stamp.second?.policy],
    ['2026-05-06T02:00:00.000Z', purpose, steward, head, 'second-person-allows-export'],
  );
});

test('a list holds exactly what the gate allows one by one, for every kind of post', async (t) => {
  const { town } = await demoApp(t);
  const words = ['路灯不亮', '自来水管爆了', '噪音扰民', '井盖松动', '垃圾没人清', '信访反映拆迁'];
  const taken = await takeIn(
    town,
    words.map((said, i) => ({
      source: 'x',
      id: `${i}`,
      type: 'x',
      occurredAt: NOW,
      channel: 'web' as const,
      words: said,
    })),
    NOW,
  );
  assert.equal(taken.length, words.length);
  const { pool } = town.db;
  const all = await listCases(pool, town.district, {}, 100);
  const histories = await loadFacts(
    pool,
    town.district,
    all.map((row) => row.case_id),
  );
  assert.ok(all.length > 0);
  // One post of each kind in each kind of unit.
  const kinds = new Map(
    [...town.posts.values()].map((p) => [`${p.kind}/${town.units.get(p.unit)?.kind}`, p.code]),
  );
  for (const post of kinds.values()) {
    const held = heldBy(town, { post }, 'see');
    const listed = await listCases(pool, town.district, { held }, 100);
    const allowed = all.filter(
      (row) => mayIn(town, 'see', replay(histories.get(row.case_id)!)!, { post }).allowed,
    );
    assert.deepEqual(
      listed.map((row) => row.case_id),
      allowed.map((row) => row.case_id),
      post,
    );
  }
});

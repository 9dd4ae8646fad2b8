import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRefusal } from '@gezhi/basis';
import { replay } from '@gezhi/cases';
import { listRulings, loadFacts } from '@gezhi/storage';
import { orderRuling } from '@gezhi/town';
import { followRulings } from './rulings-follower.ts';
import { lampSignal, send, takeInAll, tinyTown } from './testing/tiny-town.ts';

const MORE = {
  'places.csv': 'division,street,S2,南桥街道,,,,,,\ndivision,community,C3,南溪社区,S2,,,,,\n',
  'units.csv': 'J1,东溪居委会,residentsCommittee,community,U1,C1,,\nD1,区政府,government,district,,,,\n',
  'posts.csv': 'chief,D1,head,区长岗,,\narb,HL,arbiter,仲裁,,\n',
};

const objection = { reason: '不属于本单位职责', basis: '示例权责清单第3条' };
const toWater = {
  granted: true,
  words: '由水务公司负责',
  basis: '示例条例第9条',
  lead: { unit: 'U2', post: 'desk2' },
};

test('an upheld objection becomes a ruling, is applied to the same kind and street with its number said, and its owner adopts or withdraws it', async (t) => {
  const { town } = await tinyTown(t, MORE);
  const { pool } = town.db;
  const route = async (id: string, other = {}): Promise<string | undefined> => {
    const [receipt] = await takeInAll(town, [lampSignal(id, other)]);
    const c = replay((await loadFacts(pool, town.district, [receipt!.caseId])).get(receipt!.caseId)!);
    return c!.lead?.unit;
  };
  const [first] = await takeInAll(town, [lampSignal('1')]);
  assert.equal(await send(town, first!.caseId, 'object', 'desk1', objection), true);
  assert.equal(await send(town, first!.caseId, 'ruleObjection', 'arb', toWater), true);
  assert.equal(await route('2'), 'U1', 'not known before the follower has seen it');
  await followRulings(town);
  const [ruling] = await listRulings(pool, town.district);
  assert.equal(ruling?.number, 1);
  assert.deepEqual(
    [ruling.kind, ruling.layer, ruling.place, ruling.fromUnit, ruling.toUnit, ruling.state, ruling.final],
    ['lamp.fault', 'division', 'S1', 'U1', 'U2', 'proposed', false],
  );
  const [second] = await takeInAll(town, [lampSignal('3', { statedPlaces: { division: 'C2' } })]);
  const facts = (await loadFacts(pool, town.district, [second!.caseId])).get(second!.caseId)!;
  const sent = facts.find((fact) => fact.type === 'dispatched')!;
  assert.ok(sent.type === 'dispatched');
  assert.equal(sent.data.lead.unit, 'U2');
  assert.deepEqual(sent.data.because.at(-1), {
    code: 'ruling-applied',
    ruling: 'R-1',
    unit: 'U2',
    applied: 0,
    state: 'proposed',
  });
  assert.equal(
    await route('4', { statedPlaces: { division: 'C3' } }),
    'U1',
    'another street has its own line',
  );
  await followRulings(town);
  assert.equal((await listRulings(pool, town.district))[0]?.applied, 1);
  const own = await orderRuling(
    town,
    { number: 1, act: 'adopted', basis: '目录第12行' },
    { post: 'arb' },
    Date.now(),
  );
  assert.ok(isRefusal(own) && own.code === 'no-power');
  const adopted = await orderRuling(
    town,
    { number: 1, act: 'adopted', basis: '目录第12行' },
    { post: 'chief' },
    Date.now(),
  );
  assert.ok(!isRefusal(adopted) && adopted.state === 'adopted');
  const withdrawn = await orderRuling(
    town,
    { number: 1, act: 'withdrawn', basis: '目录已改' },
    { post: 'chief' },
    Date.now(),
  );
  assert.ok(!isRefusal(withdrawn));
  assert.equal(await route('5'), 'U1');
  const again = await orderRuling(
    town,
    { number: 1, act: 'adopted', basis: '目录' },
    { post: 'chief' },
    Date.now(),
  );
  assert.ok(isRefusal(again) && again.code === 'no-change');
  const none = await orderRuling(
    town,
    { number: 9, act: 'adopted', basis: '目录' },
    { post: 'chief' },
    Date.now(),
  );
  assert.ok(isRefusal(none) && none.code === 'no-such-ruling');
});

test('no ruling sends a matter to a committee of residents outside its list, and following twice counts once', async (t) => {
  const { town } = await tinyTown(t, MORE);
  const { pool } = town.db;
  const [first] = await takeInAll(town, [lampSignal('1')]);
  await send(town, first!.caseId, 'object', 'desk1', objection);
  const lead = { unit: 'J1' };
  assert.equal(await send(town, first!.caseId, 'ruleObjection', 'arb', { ...toWater, lead }), false);
  assert.equal(await send(town, first!.caseId, 'ruleObjection', 'arb', toWater), true);
  await followRulings(town);
  await followRulings(town);
  assert.equal((await listRulings(pool, town.district)).length, 1);
  await pool.query(`UPDATE ruling SET to_unit = 'J1', to_post = NULL`);
  await town.rulings.refresh();
  const [next] = await takeInAll(town, [lampSignal('2')]);
  const facts = (await loadFacts(pool, town.district, [next!.caseId])).get(next!.caseId)!;
  const sent = facts.find((fact) => fact.type === 'dispatched')!;
  assert.ok(sent.type === 'dispatched' && sent.data.lead.unit === 'U1');
  assert.equal(sent.data.because.at(-1)?.code, 'ruling-passed-over');
});

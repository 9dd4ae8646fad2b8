import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRefusal } from '@gezhi/basis';
import fc from 'fast-check';
import { DEFAULT_DENY, may } from './may.ts';
import { makePowerTable, type PowerRow, type PowerTable, readPowerTable } from './power-table.ts';
import { type Actor, RELATIONS, type Resource } from './relation.ts';

// A made-up county: C above D above S above V; W beside D.
const PARENT: Readonly<Record<string, string>> = { D: 'C', S: 'D', V: 'S', W: 'C' };
function unitAncestors(unit: string): readonly string[] {
  const parent = PARENT[unit];
  return parent === undefined ? [] : [parent, ...unitAncestors(parent)];
}

const KIND: Readonly<Record<string, [kind: string, level: string]>> = {
  C: ['centre', 'city'],
  D: ['department', 'district'],
  S: ['street', 'street'],
  V: ['residentsCommittee', 'community'],
  W: ['utility', 'city'],
};
function at(unit: string, kind = 'desk', place?: string): Actor {
  const [unitKind = '', unitLevel = ''] = KIND[unit] ?? [];
  return {
    person: `${unit}-007`,
    post: { code: `${unit}-1`, kind, unit, unitKind, unitLevel, place },
    roles: [],
  };
}
const resident: Actor = { person: 'r-1', roles: [] };
const matter: Resource = {
  kind: 'water.burst',
  leadUnit: 'S',
  coUnits: ['W'],
  requester: 'r-1',
  places: ['c', 'd', 's'],
  unitAncestors,
};

const text = { zh: '按清单。', en: 'By the list.' };
const list = [
  {
    id: 'work-lead',
    effect: 'permit',
    power: ['case.sign', 'case.done'],
    relation: 'lead',
    basis: 'L1',
    text,
  },
  { id: 'work-co', effect: 'permit', power: 'case.contact', relation: 'leadOrCo', basis: 'L1', text },
  { id: 'urge-above', effect: 'permit', power: 'case.urge', relation: 'above', basis: 'L2', text },
  { id: 'check', effect: 'permit', power: 'case.verify', postKinds: ['checker'], basis: 'L3', text },
  {
    id: 'check-by-others',
    effect: 'forbid',
    power: 'case.verify',
    relation: 'doerOrBelow',
    basis: 'L3',
    text: {
      zh: '办理单位及其下级不得核查自己办的事。',
      en: 'Who did the work, or is below, does not check it.',
    },
  },
  { id: 'rate', effect: 'permit', power: 'request.rate', relation: 'requester', basis: 'L1 Art. 8', text },
  { id: 'whistle', effect: 'permit', power: 'case.whistle', unitLevels: ['street'], basis: 'L2', text },
  {
    id: 'no-committee',
    effect: 'forbid',
    power: 'case.whistle',
    unitKinds: ['residentsCommittee'],
    basis: 'L2',
    text,
  },
  {
    id: 'see-here',
    effect: 'permit',
    power: 'case.see',
    relation: 'samePlace',
    kinds: ['water.'],
    basis: 'L4',
    text,
  },
  { id: 'audit', effect: 'permit', power: 'ledger.', roles: ['auditor'], basis: 'L5', text },
  { id: 'relief', effect: 'permit', power: 'case.relief', during: ['flood'], basis: 'L6', text },
  { id: 'pass-on', effect: 'forbid', power: 'case.passOn', relation: 'notLead', basis: 'L1 Art. 14', text },
];
function tableOf(data: unknown): PowerTable {
  const table = readPowerTable(data);
  assert.ok(!isRefusal(table), JSON.stringify(table));
  return table;
}
const table = tableOf(list);

test('who may do what, to what, and by which row', () => {
  const rows: [actor: Actor, power: string, resource: Partial<Resource>, allowed: boolean, policy: string][] =
    [
      [at('S'), 'case.sign', {}, true, 'work-lead'],
      [at('W'), 'case.sign', {}, false, DEFAULT_DENY],
      [at('W'), 'case.contact', {}, true, 'work-co'],
      [at('D'), 'case.urge', {}, true, 'urge-above'],
      [at('C'), 'case.urge', {}, true, 'urge-above'],
      [at('S'), 'case.urge', {}, false, DEFAULT_DENY],
      [at('V'), 'case.urge', {}, false, DEFAULT_DENY],
      [at('D'), 'case.urge', { leadUnit: undefined }, false, DEFAULT_DENY],
      [at('D', 'checker'), 'case.verify', {}, true, 'check'],
      [at('D'), 'case.verify', {}, false, DEFAULT_DENY],
      [at('S', 'checker'), 'case.verify', {}, false, 'check-by-others'],
      [at('V', 'checker'), 'case.verify', {}, false, 'check-by-others'],
      [at('W', 'checker'), 'case.verify', {}, true, 'check'],
      [at('W', 'checker'), 'case.verify', { doneBy: ['S', 'W'] }, false, 'check-by-others'],
      [at('S', 'checker'), 'case.verify', { doneBy: ['W'] }, true, 'check'],
      [resident, 'request.rate', {}, true, 'rate'],
      [{ ...resident, person: 'r-2' }, 'request.rate', {}, false, DEFAULT_DENY],
      [resident, 'request.rate', { requester: undefined }, false, DEFAULT_DENY],
      [resident, 'case.whistle', {}, false, DEFAULT_DENY],
      [at('S'), 'case.whistle', {}, true, 'whistle'],
      [at('V'), 'case.whistle', {}, false, 'no-committee'],
      [at('V', 'gridWorker', 's'), 'case.see', {}, true, 'see-here'],
      [at('V', 'gridWorker', 'x'), 'case.see', {}, false, DEFAULT_DENY],
      [at('V', 'gridWorker', 's'), 'case.see', { kind: 'noise' }, false, DEFAULT_DENY],
      [{ ...at('C'), roles: ['auditor'] }, 'ledger.read', {}, true, 'audit'],
      [at('C'), 'ledger.read', {}, false, DEFAULT_DENY],
      [at('W'), 'case.passOn', {}, false, 'pass-on'],
      [at('W'), 'case.relief', {}, false, DEFAULT_DENY],
      [at('W'), 'case.relief', { during: ['drought'] }, false, DEFAULT_DENY],
      [at('W'), 'case.relief', { during: ['drought', 'flood'] }, true, 'relief'],
    ];
  for (const [actor, power, more, allowed, policy] of rows) {
    const decision = may(actor, power, { ...matter, ...more }, table);
    assert.deepEqual(
      [decision.allowed, decision.because.policy],
      [allowed, policy],
      `${actor.person} ${power}`,
    );
  }
});

test('the reason can be read: the row, its words, its basis', () => {
  const { because } = may(at('S', 'checker'), 'case.verify', matter, table);
  assert.equal(because.basis, 'L3');
  assert.equal(because.text.zh, '办理单位及其下级不得核查自己办的事。');
  const silent = may(at('S'), 'case.unheardOf', matter, table).because;
  assert.match(silent.text.en, /does not give this post the power "case.unheardOf"/);
  assert.match(silent.basis ?? '', /法无授权不可为/);
});

test('a list that cannot be read is refused with row and remedy', () => {
  const good = list[0]!;
  const rows: [data: unknown, says: RegExp][] = [
    [{}, /list of rows/],
    [[3], /Row 1: a row is an object/],
    [[{ ...good, id: '' }], /id is missing/],
    [[good, good], /Row 2 \("work-lead"\): this id is used twice/],
    [[{ ...good, effect: 'allow' }], /permit or forbid/],
    [[{ ...good, relation: 'friend' }], /relation "friend" is none of/],
    [[{ ...good, relation: 'toString' }], /relation "toString" is none of/],
    [[{ ...good, basis: ' ' }], /basis is missing/],
    [[{ ...good, text: { zh: '按清单。' } }], /zh and in en/],
    [[{ ...good, power: [] }], /power is missing/],
    [[{ ...good, postKinds: [] }], /postKinds must be a list/],
    [[{ ...good, unitKinds: 'street' }], /unitKinds must be a list/],
    [[{ ...good, postKind: ['desk'] }], /"postKind" is no field/],
  ];
  for (const [data, says] of rows) {
    const refused = readPowerTable(data);
    assert.ok(isRefusal(refused), String(says));
    assert.match(refused.because, says);
  }
});

const word = <T>(...words: T[]): fc.Arbitrary<T> => fc.constantFrom(...words);
const some = (...words: string[]) => fc.option(fc.subarray(words, { minLength: 1 }), { nil: undefined });
const powerRows: fc.Arbitrary<PowerRow> = fc.record({
  id: fc.uuid(),
  effect: word('permit', 'forbid'),
  powers: fc.subarray(['case.sign', 'case.', '*', 'x'], { minLength: 1 }),
  postKinds: some('desk', 'checker'),
  unitKinds: some('street', 'department', 'utility'),
  relation: word(...RELATIONS),
  basis: fc.constant('L'),
  text: fc.constant(text),
});
const lists = fc.array(powerRows, { maxLength: 8 });
const actors = fc.oneof(
  fc.constant(resident),
  fc.tuple(word('C', 'D', 'S', 'V', 'W'), word('desk', 'checker')).map(([unit, kind]) => at(unit, kind, 's')),
);
const powers = word('case.sign', 'x', 'y');

test('law: forbidding more never allows, permitting more never forbids, and the order of rows is nothing', () => {
  fc.assert(
    fc.property(lists, powerRows, actors, powers, (rows, row, actor, power) => {
      const decide = (all: readonly PowerRow[]) => may(actor, power, matter, makePowerTable(all));
      const before = decide(rows);
      const after = decide([...rows, row]);
      if (row.effect === 'forbid') assert.ok(before.allowed || !after.allowed);
      else assert.ok(!before.allowed || after.allowed);
      assert.deepEqual(decide(rows.toReversed()), before);
    }),
  );
});

test('law: an empty list allows nothing, and whoever sits where the work was done never checks it', () => {
  fc.assert(
    fc.property(lists, actors, powers, (rows, actor, power) => {
      assert.equal(may(actor, power, matter, makePowerTable([])).allowed, false);
      const own: PowerRow = {
        id: '0',
        effect: 'forbid',
        powers: ['*'],
        relation: 'doerOrBelow',
        basis: 'L',
        text,
      };
      const checked = may(actor, power, matter, makePowerTable([...rows, own]));
      if (actor.post && ['S', 'V'].includes(actor.post.unit)) assert.equal(checked.allowed, false);
    }),
  );
});

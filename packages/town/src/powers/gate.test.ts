import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRefusal } from '@gezhi/basis';
import {
  type Actor,
  askCedar,
  attributesOf,
  checkPolicies,
  DEFAULT_DENY,
  makeGate,
  makePowerTable,
  may,
  type PowerRow,
  policiesOfRows,
  predicateOf,
  RELATIONS,
  type Resource,
  readCedarPolicies,
} from '@gezhi/powers';
import fc from 'fast-check';
import { cedar } from './cedar.ts';

const engine = cedar();

// A made-up county: C above D above S above V; W beside D.
const PARENT: Readonly<Record<string, string>> = { D: 'C', S: 'D', V: 'S', W: 'C' };
function unitsAbove(unit: string): readonly string[] {
  const parent = PARENT[unit];
  return parent === undefined ? [] : [parent, ...unitsAbove(parent)];
}
const UNITS = ['C', 'D', 'S', 'V', 'W'];
const text = { zh: '按“清单”。', en: 'By the "list".\n' };

const word = <T>(...words: T[]): fc.Arbitrary<T> => fc.constantFrom(...words);
const some = (...words: string[]) => fc.option(fc.subarray(words, { minLength: 1 }), { nil: undefined });
const rows: fc.Arbitrary<readonly PowerRow[]> = fc.uniqueArray(
  fc.record({
    id: word('a', 'b', 'c', 'd', 'e', 'f', 'g'),
    effect: word('permit', 'permit', 'forbid'),
    powers: fc.subarray(['see', 'edition.', 'edition.read', '*', 'x"y'], { minLength: 1 }),
    postKinds: some('desk', 'checker'),
    unitKinds: some('street', 'department', 'hotline'),
    unitLevels: some('street', 'district'),
    roles: some('system', 'auditor'),
    kinds: some('water.', 'noise', '*', 'wat*er.'),
    during: some('flood', 'dro"ught'),
    relation: word(...RELATIONS),
    basis: fc.constant('《条例》第8条'),
    text: fc.constant(text),
  }) as fc.Arbitrary<PowerRow>,
  { selector: ({ id }) => id, maxLength: 6 },
);
const posts = fc.record({
  code: fc.constant('p-1'),
  kind: word('desk', 'checker'),
  unit: word(...UNITS),
  unitKind: word('street', 'department', 'hotline'),
  unitLevel: word('street', 'district'),
  place: fc.option(word('s', 'v'), { nil: undefined }),
});
const actors: fc.Arbitrary<Actor> = fc
  .record({
    person: word('r-1', 'S-1'),
    roles: fc.subarray(['system', 'auditor']),
    post: fc.option(posts, { nil: undefined }),
  })
  .map(({ post, ...who }) => ({ ...who, ...(post ? { post } : {}) }) as Actor);
const matters: fc.Arbitrary<Resource> = fc
  .record({
    kind: fc.option(word('water', 'water.burst', 'waters', 'noise', 'wat*er.x'), { nil: undefined }),
    leadUnit: fc.option(word(...UNITS), { nil: undefined }),
    coUnits: fc.subarray(UNITS),
    doneBy: fc.option(fc.subarray(UNITS), { nil: undefined }),
    against: fc.option(fc.subarray(UNITS), { nil: undefined }),
    requester: fc.option(word('r-1', 'r-2'), { nil: undefined }),
    finder: fc.option(word('p-1', 'p-2'), { nil: undefined }),
    places: fc.subarray(['s', 'v', 'w']),
    during: fc.option(fc.subarray(['flood', 'dro"ught']), { nil: undefined }),
  })
  .map((matter) => ({ ...matter, unitAncestors: unitsAbove }) as Resource);
const powers = word('see', 'edition.read', 'edition', 'x"y', 'unheardOf');

test('law: the row, Cedar asked one by one, and what Cedar leaves of it agree, and name a policy that decided', () => {
  fc.assert(
    fc.property(
      rows,
      fc.array(actors, { minLength: 1, maxLength: 3 }),
      powers,
      fc.array(matters, { minLength: 1, maxLength: 6 }),
      (list, people, power, all) => {
        const table = makePowerTable(list);
        const policies = policiesOfRows(table);
        // One gate for all of them: what is evaluated for a sort of person is filled in for each.
        const gate = makeGate(engine, policies, unitsAbove);
        const asked = people.flatMap((actor) => all.map((resource) => ({ actor, resource })));
        for (const { actor, resource } of asked) {
          const passes = predicateOf(gate.testOf(actor, power));
          const above = actor.post ? unitsAbove(actor.post.unit) : [];
          const decision = gate.decide(actor, power, resource);
          assert.deepEqual(decision, may(actor, power, resource, table));
          const oracle = askCedar(engine, policies, { actor, above, power, resource });
          assert.equal(oracle.errors, 0);
          assert.equal(oracle.allowed, decision.allowed);
          assert.equal(passes(attributesOf(resource)), decision.allowed);
          const { policy } = decision.because;
          assert.ok(policy === DEFAULT_DENY ? oracle.by.length === 0 : oracle.by.includes(policy));
        }
      },
    ),
    { numRuns: 150 },
  );
});

test('law: each row is a policy that fits the schema', () => {
  fc.assert(
    fc.property(rows, (list) => {
      const policies = policiesOfRows(makePowerTable(list));
      assert.deepEqual(checkPolicies(engine, policies, ['see', 'edition.read', 'x"y', 'edition.draft']), []);
      for (const { cedar: published, because } of policies) {
        const read = readCedarPolicies(engine, published);
        assert.ok(!isRefusal(read), JSON.stringify(read));
        assert.deepEqual(read[0]?.because, because);
      }
    }),
    { numRuns: 25 },
  );
});

const NOTES = '@id("own") @basis("B") @zh("中") @en("E") ';

test('policies written in Cedar: what they ask beyond rows is asked, what cannot become a filter is refused', () => {
  const written = `${NOTES}permit (principal is Post, action == Action::"see", resource)
    when { resource.coUnits.containsAll([Unit::"S", principal.unit]) && !(resource.against.isEmpty()) }
    unless { if resource.secret then principal.unitKind != "hotline" else resource.kind like "a*b*" };`;
  const policies = readCedarPolicies(engine, written);
  assert.ok(!isRefusal(policies), JSON.stringify(policies));
  assert.deepEqual(checkPolicies(engine, policies, ['see']), []);
  const gate = makeGate(engine, policies, unitsAbove);
  fc.assert(
    fc.property(
      actors,
      matters,
      fc.boolean(),
      word('axb', 'ab', 'a', 'bab'),
      (actor, matter, secret, kind) => {
        const resource = { ...matter, secret, kind };
        const above = actor.post ? unitsAbove(actor.post.unit) : [];
        const oracle = askCedar(engine, policies, { actor, above, power: 'see', resource });
        assert.equal(gate.decide(actor, 'see', resource).allowed, oracle.allowed);
      },
    ),
    { numRuns: 100 },
  );
});

test('a policy written in Cedar that cannot stand is refused with its number and the remedy', () => {
  const wrong: readonly [text: string, says: RegExp][] = [
    ['permit (principal, action, resource)', /unexpected/],
    ['permit (principal, action, resource);', /Policy 1: @id is missing/],
    [`${NOTES}permit (principal == ?principal, action, resource);`, /template/],
    [
      `${NOTES}permit (principal, action, resource);${NOTES}forbid (principal, action, resource);`,
      /used twice/,
    ],
    [`${NOTES}permit (principal, action, resource) when { resource.lead in Unit::"D" };`, /"in" cannot/],
    [`${NOTES}permit (principal, action, resource) when { resource.kind == resource.lead };`, /is not known/],
    [
      `${NOTES}permit (principal, action, resource) when { resource.score == 3 };`,
      /no attribute of a matter/,
    ],
  ];
  for (const [said, says] of wrong) {
    const read = readCedarPolicies(engine, said);
    assert.ok(isRefusal(read), said);
    assert.match(read.because, says);
  }
});

test('the schema finds a power that nobody knows and an attribute of no post', () => {
  const rows: readonly [text: string, says: RegExp][] = [
    [`${NOTES}permit (principal, action == Action::"sea", resource);`, /unrecognized action/],
    [`${NOTES}permit (principal is Post, action, resource) when { principal.rank == 3 };`, /rank/],
  ];
  for (const [said, says] of rows) {
    const policies = readCedarPolicies(engine, said);
    assert.ok(!isRefusal(policies), JSON.stringify(policies));
    const [fault] = checkPolicies(engine, policies, ['see']);
    assert.equal(fault?.policy, 'own');
    assert.match(fault.problem, says);
    assert.ok(fault.remedy.length > 0);
  }
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mintCaseId } from '@gezhi/basis';
import {
  type Actor,
  askCedar,
  attributesOf,
  makeGate,
  makePowerTable,
  type PowerRow,
  policiesOfRows,
  predicateOf,
  RELATIONS,
  type Relation,
  type Resource,
} from '@gezhi/powers';
import { type CaseNow, insertCases, isFilterable, listCases } from '@gezhi/storage';
import { testDatabase } from '@gezhi/storage/testing';
import fc from 'fast-check';
import { cedar } from './cedar.ts';

// A made-up county: C above D above S above V; W beside D.
const PARENT: Readonly<Record<string, string>> = { D: 'C', S: 'D', V: 'S', W: 'C' };
const UNITS = ['C', 'D', 'S', 'V', 'W'];
function unitsAbove(unit: string): readonly string[] {
  const parent = PARENT[unit];
  return parent === undefined ? [] : [parent, ...unitsAbove(parent)];
}
const unitsBelow = (unit: string) => UNITS.filter((below) => unitsAbove(below).includes(unit));

const SCENES = ['hotline', 'report'];
const KINDS = ['water', 'water.burst', 'waters', 'noi_se', 'abuse'];
// Of three places a flood holds at two, a drought at the third.
const PLACES = ['p', 'q', 'r'];
const HOLDS: Readonly<Record<string, readonly string[]>> = { flood: ['p', 'q'], drought: ['r'] };
const placesDuring = (state: string) => HOLDS[state] ?? [];
const NOW = Date.UTC(2026, 4, 6);

type Matter = { readonly scene: string | null; readonly resource: Resource; readonly row: CaseNow };

const word = <T>(...words: T[]): fc.Arbitrary<T> => fc.constantFrom(...words);
const matters: fc.Arbitrary<readonly Matter[]> = fc
  .array(
    fc.record({
      scene: word(...SCENES, null),
      kind: word(...KINDS),
      place: word(...PLACES),
      lead: fc.option(word(...UNITS), { nil: null }),
      parties: fc.subarray(UNITS),
      against: fc.subarray(UNITS, { maxLength: 2 }),
      finder: word('p-1', null),
    }),
    { minLength: 60, maxLength: 60 },
  )
  .map((all) => all.map(matterOf));

function matterOf(
  m: {
    scene: string | null;
    kind: string;
    place: string;
    lead: string | null;
    parties: string[];
    against: string[];
    finder: string | null;
  },
  i: number,
): Matter {
  const { scene, kind, place, lead, parties, against, finder } = m;
  const resource: Resource = {
    kind,
    secret: kind === 'abuse',
    ...(lead === null ? {} : { leadUnit: lead }),
    coUnits: parties,
    against,
    ...(finder === null ? {} : { finder }),
    places: [],
    during: Object.keys(HOLDS).filter((state) => placesDuring(state).includes(place)),
    unitAncestors: unitsAbove,
  };
  const row: CaseNow = {
    caseId: mintCaseId(NOW + i, new Uint8Array(10).fill(i)),
    seq: 1,
    kind,
    state: 's',
    phase: 'dispatched',
    flags: [],
    place,
    unit: lead,
    post: null,
    helpers: [],
    openedAt: NOW,
    updatedAt: NOW,
    requests: 1,
    public: false,
    lon: null,
    lat: null,
    nextDue: null,
    nextClock: null,
    scene,
    parties: parties.length === 0 ? null : parties,
    against: against.length === 0 ? null : against,
    finder,
  };
  return { scene, resource, row };
}

const ASKED_OF_NO_COLUMN: readonly Relation[] = ['samePlace', 'requester'];
const some = (...words: string[]) => fc.option(fc.subarray(words, { minLength: 1 }), { nil: undefined });
const lists: fc.Arbitrary<readonly PowerRow[]> = fc.uniqueArray(
  fc.record({
    id: word('a', 'b', 'c', 'd', 'e'),
    effect: word('permit', 'permit', 'forbid'),
    powers: fc.constant(['see']),
    unitKinds: some('street', 'hotline'),
    kinds: some('water.', 'noi_se', 'wat'),
    during: some('flood', 'drought', 'strike'),
    relation: word(...RELATIONS.filter((relation) => !ASKED_OF_NO_COLUMN.includes(relation))),
    basis: fc.constant('L'),
    text: fc.constant({ zh: '中', en: 'E' }),
  }) as fc.Arbitrary<PowerRow>,
  { selector: ({ id }) => id, maxLength: 5 },
);
const actors: fc.Arbitrary<Actor> = fc
  .record({ unit: word(...UNITS), unitKind: word('street', 'hotline') })
  .map((post) => ({
    person: 'S-1',
    roles: [],
    post: { code: 'p-1', kind: 'desk', unitLevel: 'x', ...post },
  }));

test('law: a list holds exactly those cases that Cedar allows one by one, and that the predicate passes', async (t) => {
  const { pool } = await testDatabase(t);
  const secretKinds = ['abuse'];
  let district = 0;
  await fc.assert(
    fc.asyncProperty(matters, lists, lists, actors, async (all, hotline, report, actor) => {
      district += 1;
      const client = await pool.connect();
      try {
        await insertCases(
          client,
          `d${district}`,
          all.map(({ row }) => row),
        );
      } finally {
        client.release();
      }
      const above = unitsAbove(actor.post!.unit);
      const scenes = [hotline, report].map((rows, i) => {
        const policies = policiesOfRows(makePowerTable(rows));
        const gate = makeGate(cedar(), policies, unitsAbove);
        return { scene: SCENES[i]!, policies, gate, test: gate.testOf(actor, 'see') };
      });
      assert.ok(scenes.every((scene) => isFilterable(scene.test)));
      const held = { scenes, secretKinds, unitsBelow, placesDuring };
      const listed = await listCases(pool, `d${district}`, { held }, 100);
      const allowed = all.filter(({ scene: code, resource }) => {
        const scene = scenes.find((one) => one.scene === code);
        if (!scene) return false;
        const one = askCedar(cedar(), scene.policies, { actor, above, power: 'see', resource }).allowed;
        assert.equal(predicateOf(scene.test)(attributesOf(resource)), one);
        return one;
      });
      assert.deepEqual(
        listed.map((row) => row.case_id),
        allowed.map(({ row }) => row.caseId).toReversed(),
      );
    }),
    { numRuns: 40 },
  );
});

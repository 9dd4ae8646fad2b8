import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { answer, cases as measuredCases } from '../arbitraries.test.ts';
import { canonicalJson } from './canonical-json.ts';
import { type Drafted, draftEdition, isWhole } from './draft-edition.ts';
import type { EditionRow } from './edition.ts';
import type { EditionCase, Subject } from './edition-case.ts';
import { EDITION_POLICY, type EditionPolicy } from './edition-policy.ts';
import { HEAD, many, POLICY, sha256, subject, told } from './testing.test.ts';

const SUBJECTS = [subject('east'), subject('north', 'rural'), subject('west')];

function draft(
  cases: readonly EditionCase[],
  policy: EditionPolicy = POLICY,
  subjects: readonly Subject[] = SUBJECTS,
): Drafted {
  return draftEdition(HEAD, { cases, subjects }, policy, sha256);
}

function row({ edition }: Drafted, code: string): EditionRow {
  return edition.rows.find((one) => one.subject === code)!;
}

const editionCases: fc.Arbitrary<EditionCase[]> = fc
  .array(fc.tuple(measuredCases, fc.array(fc.constantFrom('east', 'north', 'west', undefined))), {
    maxLength: 8,
  })
  .map((all) =>
    all.map(([of, streets], at) => ({
      ...of,
      caseId: `c${at}`,
      requests: of.requests.map((request, i) => {
        const street = streets[i];
        return street === undefined ? request : { ...request, subject: street };
      }),
    })),
  )
  .map((all) =>
    all.map((of, c) => ({
      ...of,
      requests: of.requests.map((request, at) => ({ ...request, number: `n${c}-${at}` })),
    })),
  );

test('law: the same cases in any order, the same bytes', () => {
  fc.assert(
    fc.property(editionCases, (cases) => {
      const text = canonicalJson(draft(cases));
      const turned = draftEdition(
        { ...HEAD },
        {
          cases: cases.map((of) => ({ ...of, requests: of.requests.toReversed() })).toReversed(),
          subjects: SUBJECTS.toReversed(),
        },
        structuredClone(POLICY),
        sha256,
      );
      assert.equal(canonicalJson(turned), text);
    }),
  );
});

test('law: a request that is excluded with its reason changes no rate, its own street’s neither, and is listed', () => {
  fc.assert(
    fc.property(editionCases, fc.constantFrom('east', 'north'), (cases, street) => {
      const excluded = { reason: 'duplicate' as const, evidence: 'doc-1' };
      const more = told(street, [answer('n/n/d')], {}, { excluded });
      const [before, after] = [draft(cases), draft([...cases, more])];
      for (const { subject: code, rates } of after.edition.rows) {
        const { response, solve, satisfaction, score, n } = row(before, code).rates;
        const now = rates;
        assert.deepEqual(
          [now.response, now.solve, now.satisfaction, now.score, now.n],
          [response, solve, satisfaction, score, n],
        );
      }
      assert.ok(after.edition.exclusions.some(({ number }) => number === more.requests[0]!.number));
      assert.equal(row(after, street).rates.volume, row(before, street).rates.volume + 1);
    }),
  );
});

test('law: merging cases loses no voice and moves no rate', () => {
  fc.assert(
    fc.property(editionCases, (cases) => {
      const [first, ...rest] = cases;
      if (!first) return;
      const merged = [{ ...first, requests: cases.flatMap(({ requests }) => requests) }, ...rest].map(
        (of, at) => (at === 0 ? of : { ...of, requests: [] }),
      );
      const [apart, together] = [draft(cases).edition, draft(merged).edition];
      assert.deepEqual(
        together.rows.map(({ rates }) => rates),
        apart.rows.map(({ rates }) => rates),
      );
      assert.deepEqual(together.pooled, apart.pooled);
    }),
  );
});

test('law: every request of the period is in the list once or outside, and the rates are sums over the list', () => {
  fc.assert(
    fc.property(editionCases, (cases) => {
      const { edition, list } = draft(cases);
      assert.equal(new Set(list.map(({ number }) => number)).size, list.length);
      for (const { subject: code, rates } of edition.rows) {
        const own = list.filter((one) => one.subject === code);
        const valid = own.filter(({ counts }) => counts === 'valid');
        assert.equal(own.length, rates.volume);
        assert.equal(valid.length, rates.n);
        const solved = valid.reduce((sum, { earned }) => sum + earned!.solve, 0);
        assert.equal(solved, rates.solve?.numerator ?? 0);
      }
    }),
  );
});

test('what an appeal brought out is excluded with its reason; what the facts say already stays', () => {
  const one = told('east', [answer('y/n/d'), answer('y/y/s')]);
  const number = one.requests[0]!.number;
  const decided = { [number]: { reason: 'beyondDuty' as const, evidence: 'appeal-1' } };
  const { edition } = draftEdition(HEAD, { cases: [one], subjects: SUBJECTS, decided }, POLICY, sha256);
  assert.deepEqual(edition.exclusions, [
    { subject: 'east', number, reason: 'beyondDuty', evidence: 'appeal-1' },
  ]);
  assert.equal(edition.rows[0]!.rates.solve?.value, 1);
  assert.deepEqual(edition.exclusionsByReason, { beyondDuty: 1 });
});

test('nobody called back: rates null, no standing, the street is there', () => {
  const { edition } = draft([told('east', [undefined])]);
  assert.deepEqual(
    edition.rows.map(({ subject: code, rates, standing }) => [code, rates.score, standing.kind]),
    [
      ['east', null, 'belowFloor'],
      ['north', null, 'belowFloor'],
      ['west', null, 'belowFloor'],
    ],
  );
});

test('overlapping intervals share a tier; only what lies wholly apart is told apart', () => {
  const cases = [
    ...many('east', 40, 'y/y/s'),
    ...many('west', 38, 'y/y/s'),
    ...many('west', 2, 'y/n/d'),
    ...many('north', 40, 'n/n/d'),
  ];
  const told3 = draft(cases);
  assert.deepEqual(row(told3, 'east').standing, {
    kind: 'tier',
    tier: 1,
    tiers: 2,
    best: 1,
    worst: 2,
    of: 3,
  });
  assert.deepEqual(row(told3, 'west').standing, {
    kind: 'tier',
    tier: 1,
    tiers: 2,
    best: 1,
    worst: 2,
    of: 3,
  });
  assert.deepEqual(row(told3, 'north').standing, {
    kind: 'tier',
    tier: 2,
    tiers: 2,
    best: 3,
    worst: 3,
    of: 3,
  });
});

test('urban and rural are not compared, nor small with large', () => {
  const cases = [...many('east', 40, 'y/y/s'), ...many('west', 40, 'n/n/d'), ...many('north', 40, 'n/n/d')];
  const split = draft(cases, { ...POLICY, peers: { volumeGroups: 1, bySettlement: true } });
  assert.deepEqual(row(split, 'north').standing, { kind: 'noPeers' });
  assert.equal(row(split, 'west').standing.kind, 'tier');
  const bySize = draft([...cases, ...many('east', 60, 'y/y/s')], {
    ...POLICY,
    peers: { volumeGroups: 2, bySettlement: false },
  });
  assert.deepEqual(
    bySize.edition.rows.map(({ peers }) => peers.volume),
    [1, 1, 1],
    'east is above; west and north are equal, and equals are never parted',
  );
});

test('an edition is of what it says: a changed figure shows', () => {
  const { edition } = draft(many('east', 3, 'y/y/s'));
  assert.ok(isWhole(edition, sha256));
  assert.ok(isWhole(JSON.parse(canonicalJson(edition)), sha256));
  assert.ok(!isWhole({ ...edition, outside: 1 }, sha256));
});

test('a voice that stands in two cases is a fault, never two voices', () => {
  const one = told('east', [undefined]);
  assert.throws(() => draft([one, { ...one, caseId: 'other' }]), { code: 'request-twice' });
});

test('a policy out of bounds is refused by field', () => {
  assert.throws(() => draft([], { ...EDITION_POLICY, appealDays: 0 }), {
    code: 'bad-policy',
    message: /appealDays is 0/,
  });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY, HOUR } from '@gezhi/basis';
import { START } from '../arbitraries.test.ts';
import { compareEditions, compareLists } from './compare-editions.ts';
import { draftEdition } from './draft-edition.ts';
import type { EditionCase } from './edition-case.ts';
import { helpPlan, needsHelp } from './help-plan.ts';
import { HEAD, many, POLICY, sha256, subject, told } from './testing.test.ts';

const east8 = () => 480;

function at(day: number, kind: string, point: string, change: Partial<EditionCase> = {}): EditionCase {
  const createdAt = START + day * DAY + 9 * HOUR;
  return told('east', [undefined], { kind, point, openedAt: createdAt, ...change }, { createdAt });
}

test('a help plan says when, what, where, what rose and what is old; it bears no mark', () => {
  const cases = [
    ...Array.from({ length: 16 }, (_, i) => at(i, 'noise', 'market')),
    ...Array.from({ length: 4 }, (_, i) => at(-20 + i, 'noise', 'market')),
    ...Array.from({ length: 6 }, (_, i) => at(i, 'lamp', `lamp-${i}`)),
    ...Array.from({ length: 6 }, (_, i) => at(-10 + i, 'lamp', `lamp-${i}`)),
    at(-200, 'drain', 'bridge'),
    told('west', [undefined]),
  ];
  const plan = helpPlan('east', cases, HEAD.period, POLICY, east8);
  assert.deepEqual([plan.requests, plan.before], [22, 10]);
  assert.deepEqual(
    plan.kinds.map(({ code, requests, before, trend }) => [code, requests, before, trend]),
    [
      ['noise', 16, 4, 'rose'],
      ['lamp', 6, 6, 'steady'],
    ],
  );
  assert.equal(plan.points[0]!.code, 'market');
  assert.equal(plan.points[0]!.cases.length, 16);
  assert.deepEqual(plan.repeated.map(({ point, cases: ids }) => [point, ids.length])[0], ['market', 20]);
  assert.deepEqual(
    plan.old.map(({ kind, days }) => [kind, days]),
    [['drain', 229]],
  );
  assert.equal(plan.hours[9], 33);
  assert.equal(plan.months.at(-1)?.month, '2026-05');
  assert.equal(
    Object.values(plan.seasons).reduce((a, b) => a + b),
    33,
  );
  assert.doesNotMatch(JSON.stringify(plan), /score|rank|tier/);
});

test('only places of the highest volume get one', () => {
  const policy = {
    ...POLICY,
    help: { ...POLICY.help, volumeMin: 3 },
    peers: { volumeGroups: 2, bySettlement: false },
  };
  const cases = [...many('east', 5, 'y/y/s'), ...many('west', 2, 'y/y/s')];
  const { edition } = draftEdition(
    HEAD,
    { cases, subjects: [subject('east'), subject('west')] },
    policy,
    sha256,
  );
  assert.deepEqual(
    edition.rows.map((row) => needsHelp(row, policy)),
    [true, false],
  );
});

test('a revision says which numbers changed, and by which requests', () => {
  const [first, later] = [told('east', [undefined]), many('east', 1, 'y/n/d')[0]!];
  const now = {
    ...first,
    requests: first.requests.map((r) => ({ ...r, callback: later.requests[0]!.callback! })),
  };
  const of = (cases: readonly EditionCase[]) =>
    draftEdition(HEAD, { cases, subjects: [subject('east')] }, POLICY, sha256);
  const [before, after] = [of([first]), of([now])];
  assert.deepEqual(
    compareEditions(before.edition, after.edition).map(({ figure, before: a, after: b }) => [figure, a, b]),
    [
      ['n', 0, 1],
      ['response', null, 1],
      ['solve', null, 0],
      ['satisfaction', null, 0],
      ['score', null, 10],
      ['unreachable', null, 0],
    ],
  );
  assert.deepEqual(compareLists(before.list, after.list), [
    { subject: 'east', number: first.requests[0]!.number, before: 'uncalled', after: 'valid' },
  ]);
  assert.deepEqual(compareEditions(after.edition, after.edition), []);
});

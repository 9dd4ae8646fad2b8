import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY, HOUR, MINUTE } from '@gezhi/basis';
import { answer, START } from '../arbitraries.test.ts';
import { conductOf } from './beside.ts';
import { draftEdition } from './draft-edition.ts';
import type { EditionRow } from './edition.ts';
import type { EditionCase } from './edition-case.ts';
import { HEAD, many, POLICY, sha256, told } from './testing.test.ts';

// Each way of propping up the rates that the field knows: it leaves them unmoved, or is seen beside them.

function east(cases: readonly EditionCase[]): EditionRow {
  const subjects = [{ code: 'east', settlement: 'urban' as const }];
  return draftEdition(HEAD, { cases, subjects }, POLICY, sha256).edition.rows[0]!;
}

const honest = [...many('east', 6, 'y/y/s'), ...many('east', 4, 'y/n/d')];
const before = east(honest);

test('merging the discontented away: every voice still counts', () => {
  const bad = honest.slice(6);
  const merged = [...honest.slice(0, 6), { ...bad[0]!, requests: bad.flatMap(({ requests }) => requests) }];
  const after = east(merged);
  assert.deepEqual(after.rates, before.rates);
  assert.equal(after.beside.mergedVoices, 3);
});

test('self-entered tickets: they lift the rate, and their share says so', () => {
  const own = Array.from({ length: 10 }, () =>
    told('east', [answer('y/y/s')], {}, { enteredBy: 'office-east' }),
  );
  const after = east([...honest, ...own]);
  assert.ok(after.rates.solve!.value > before.rates.solve!.value);
  assert.deepEqual([before.beside.selfEntered?.value, after.beside.selfEntered?.value], [0, 0.5]);
});

test('closed at 23:59: no rate moves, the share of the last hour shows it', () => {
  const termEndAt = START + 7 * DAY;
  const at = (doneAt: number) =>
    east(honest.map((of) => ({ ...of, doneAt, requests: of.requests.map((r) => ({ ...r, termEndAt })) })));
  const [early, late] = [at(termEndAt - 2 * HOUR), at(termEndAt - MINUTE)];
  assert.deepEqual(late.rates, early.rates);
  assert.deepEqual([early.beside.lastHour?.value, late.beside.lastHour?.value], [0, 1]);
  assert.equal(at(termEndAt + 1).beside.lastHour, null, 'what was late is not in time');
});

test('unreachable on purpose: the discontented leave the rates, and the share of unreachable shows it', () => {
  const after = east([
    ...honest.slice(0, 6),
    ...honest.slice(6).map((of) => ({
      ...of,
      requests: of.requests.map((r) => ({ ...r, callback: 'unreachable' as const })),
    })),
  ]);
  assert.equal(after.rates.solve?.value, 1);
  assert.deepEqual([before.rates.unreachable?.value, after.rates.unreachable?.value], [0, 0.4]);
});

test('exclusions: the rate rises, the share excluded and the list of reasons show it', () => {
  const excluded = { reason: 'other' as const, evidence: 'doc-2' };
  const cases = honest.map((of, at) =>
    at < 6 ? of : { ...of, requests: of.requests.map((r) => ({ ...r, excluded })) },
  );
  const after = east(cases);
  assert.equal(after.rates.solve?.value, 1);
  assert.equal(after.beside.excluded?.value, 0.4);
  assert.equal(after.rates.excluded.byReason.other, 4);
});

test('objection ping-pong: no rate moves, and minutes and objections stand under the unit they were lost at', () => {
  const tossed = honest.map((of, at) =>
    at > 0
      ? of
      : {
          ...of,
          objections: ['roads', 'parks', 'roads'],
          lost: [
            { unit: 'roads', minutes: 60 },
            { unit: 'parks', minutes: 90 },
            { unit: 'roads', minutes: 30 },
          ],
        },
  );
  const after = east(tossed);
  assert.deepEqual(after.rates, before.rates);
  assert.equal(after.beside.objectedCases, 1);
  assert.deepEqual(conductOf(tossed), [
    { unit: 'parks', objections: 1, casesLost: 1, minutesLost: 90, meanMinutesLost: 90 },
    { unit: 'roads', objections: 2, casesLost: 1, minutesLost: 90, meanMinutesLost: 90 },
  ]);
});

import { DAY, HOUR } from '@gezhi/basis';
import fc from 'fast-check';
import type { CallbackAnswer, MeasuredCase, MeasuredRequest } from './measured-case.ts';
import { HUAIROU, type ThreeRatesPolicy } from './three-rates-policy.ts';

// Made-up cases and policies for the property tests beside; holds no tests of its own.

/** 19 April 2026, 00:00 at +08:00. */
export const START = Date.UTC(2026, 3, 18, 16);

const moments = fc.integer({ min: 0, max: 40 * 24 * 12 }).map((steps) => START + steps * (HOUR / 12));
const maybeMoment = fc.option(moments, { nil: undefined });
const places = fc.constantFrom('990000001001', '990000001002', '990000002001', 'unknown');
const kinds = fc.constantFrom('city.litter', 'city.lamp', 'noise');
const units = fc.constantFrom('clean', 'lamps', 'street', 'none');

export const answers: fc.Arbitrary<CallbackAnswer> = fc.record({
  contacted: fc.constantFrom('yes', 'yes', 'no', 'noAnswer'),
  solved: fc.constantFrom('yes', 'partly', 'no', 'noAnswer'),
  satisfied: fc.constantFrom('satisfied', 'basically', 'dissatisfied', 'noAnswer'),
});

const exclusions = fc.record({
  reason: fc.constantFrom('duplicate', 'unlawful', 'inLegalProcedure', 'other'),
  evidence: fc.constantFrom('doc-1', 'doc-2'),
});

let serial = 0;

export const requests: fc.Arbitrary<MeasuredRequest> = fc
  .record(
    {
      place: places,
      kind: kinds,
      unit: units,
      channel: fc.constantFrom('phone', 'web'),
      requestKind: fc.constantFrom('inquiry', 'help', 'complaint', 'tipOff', 'suggestion', 'thanks'),
      createdAt: moments,
      termEndAt: moments,
      calledBackAt: moments,
      callback: fc.oneof(
        { weight: 1, arbitrary: fc.constant('unreachable' as const) },
        { weight: 4, arbitrary: answers },
      ),
      excluded: fc.option(exclusions, { nil: undefined, freq: 4 }),
    },
    { requiredKeys: ['place', 'kind', 'unit', 'channel', 'requestKind', 'createdAt'] },
  )
  .map((request) => {
    serial += 1;
    return { number: `r${String(serial).padStart(9, '0')}`, ...request };
  });

export const cases: fc.Arbitrary<MeasuredCase> = fc
  .record({
    caseId: fc.constantFrom('case-1', 'case-2', 'case-3', 'case-4'),
    place: places,
    kind: kinds,
    unit: units,
    openedAt: moments,
    dispatchedAt: maybeMoment,
    dueAt: maybeMoment,
    doneAt: maybeMoment,
    closedAt: maybeMoment,
    checkedAt: maybeMoment,
    outcome: fc.constantFrom(
      'solved',
      'partly',
      'explainedUnsolvable',
      'withdrawn',
      'answered',
      'stated',
      undefined,
    ),
    reworks: fc.nat(5),
    extensions: fc.nat(5),
    dispatches: fc.nat(3),
    wrong: fc.nat(3),
    merged: fc.boolean(),
    requests: fc.array(requests, { maxLength: 5 }),
  })
  .map(({ wrong, ...rest }) => ({ ...rest, wrongDispatches: Math.min(wrong, rest.dispatches) }));

export const policies: fc.Arbitrary<ThreeRatesPolicy> = fc.record({
  id: fc.constant('made-up'),
  version: fc.constant(1),
  source: fc.constant('test'),
  weights: fc.record({
    response: fc.nat(100),
    solve: fc.nat(100),
    satisfaction: fc.integer({ min: 1, max: 100 }),
  }),
  basicallyWeight: fc.nat(1000),
  dateBasis: fc.constantFrom('created', 'termEnd', 'calledBack'),
  window: fc.constant(HUAIROU.window),
  partly: fc.constantFrom('no', 'half', 'yes'),
  noAnswer: fc.constantFrom('invalid', 'no'),
  floor: fc.integer({ min: 1, max: 5 }),
  decimals: fc.constantFrom(0, 1, 2),
  interval: fc.record({ method: fc.constant('wilson'), z: fc.constantFrom(1, 1.645, 1.96, 2.576) }),
});

/** A plain case with one request, to be bent by `with`. */
export function caseOf(change: Partial<MeasuredCase> = {}): MeasuredCase {
  return {
    caseId: 'case-1',
    place: '990000001001',
    kind: 'city.litter',
    unit: 'clean',
    openedAt: START,
    reworks: 0,
    extensions: 0,
    dispatches: 0,
    wrongDispatches: 0,
    merged: false,
    requests: [],
    ...change,
  };
}

export function requestOf(change: Partial<MeasuredRequest> = {}): MeasuredRequest {
  return {
    number: '120000000018',
    place: '990000001001',
    kind: 'city.litter',
    unit: 'clean',
    channel: 'phone',
    requestKind: 'complaint',
    createdAt: START,
    termEndAt: START + 7 * DAY,
    ...change,
  };
}

/** `y/p/b`: contacted, solved, satisfied by first letters; `-` for an open question. */
export function answer(text: string): CallbackAnswer {
  const [contacted = '', solved = '', satisfied = ''] = text.split('/');
  return {
    contacted: ({ y: 'yes', n: 'no' } as const)[contacted] ?? 'noAnswer',
    solved: ({ y: 'yes', p: 'partly', n: 'no' } as const)[solved] ?? 'noAnswer',
    satisfied: ({ s: 'satisfied', b: 'basically', d: 'dissatisfied' } as const)[satisfied] ?? 'noAnswer',
  };
}

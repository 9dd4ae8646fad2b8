import { createHash } from 'node:crypto';
import { DAY, HOUR } from '@gezhi/basis';
import { answer, caseOf, requestOf, START } from '../arbitraries.test.ts';
import type { CallbackAnswer } from '../measured-case.ts';
import type { EditionHead } from './edition.ts';
import type { EditionCase, EditionRequest, Subject } from './edition-case.ts';
import { EDITION_POLICY, type EditionPolicy } from './edition-policy.ts';

// Made-up editions for the tests beside; holds no tests of its own.

export const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

export const HEAD: EditionHead = {
  id: '990000-2026-05-street',
  district: '990000',
  by: 'street',
  period: { name: '2026-05', from: START, to: START + 30 * DAY },
  position: { 990000: 700 },
  revision: 0,
};

/** The usual policy with a low floor and one group of peers. */
export const POLICY: EditionPolicy = {
  ...EDITION_POLICY,
  rates: { ...EDITION_POLICY.rates, floor: 1 },
  peers: { volumeGroups: 1, bySettlement: false },
};

export function subject(code: string, settlement: Subject['settlement'] = 'urban'): Subject {
  return { code, settlement };
}

let serial = 0;

/** A case of `requests` voices of a street, each answered so; numbers run on. */
export function told(
  street: string,
  answers: readonly (CallbackAnswer | 'unreachable' | undefined)[],
  change: Partial<EditionCase> = {},
  request: Partial<EditionRequest> = {},
): EditionCase {
  serial += 1;
  const caseId = `case-${serial}`;
  const requests = answers.map((callback, at): EditionRequest => {
    const number = `${caseId}-${at}`;
    const base = requestOf({ number, unit: `office-${street}`, createdAt: START + HOUR });
    return {
      ...base,
      subject: street,
      ...(callback ? { callback, calledBackAt: START + DAY } : {}),
      ...request,
    };
  });
  return { ...caseOf({ caseId, unit: `office-${street}`, openedAt: START + HOUR }), requests, ...change };
}

/** `n` cases of one voice, all answered so. */
export function many(
  street: string,
  n: number,
  text: string,
  change: Partial<EditionCase> = {},
): EditionCase[] {
  return Array.from({ length: n }, () => told(street, [answer(text)], change));
}

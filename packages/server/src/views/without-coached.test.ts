import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Fact } from '@gezhi/cases';
import { wireFact } from './wire.ts';

const ANSWER = { contacted: 'yes', solved: 'no', satisfied: 'dissatisfied' } as const;
const HEAD = {
  district: '990000',
  caseId: '01a1ee13-0cbe-7a2d-9931-5896136fffa6',
  seq: 2,
  position: 9,
  occurredAt: 0,
  recordedAt: 0,
  by: { post: 'seat' },
  cause: 'c',
  v: 1,
};

test('what was said about being asked for a good answer leaves with no fact, in an answer or in a voice that moves', () => {
  const answer = { ...ANSWER, coached: 'yes' } as const;
  const facts = [
    { ...HEAD, type: 'calledBack', data: { number: '120000500000', answer, way: 'phone' } },
    {
      ...HEAD,
      type: 'absorbed',
      data: { from: HEAD.caseId, voices: [{ callback: { at: 1, answer, way: 'web' } }] },
    },
  ] as unknown as readonly Fact[];
  for (const fact of facts) {
    const told = JSON.stringify(wireFact(fact));
    assert.doesNotMatch(told, /coached/);
    assert.match(told, /dissatisfied/);
  }
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MINUTE } from '@gezhi/basis';
import type { Fact } from '@gezhi/cases';
import { heldMinutes, promisesOf } from './held-minutes.ts';

function fact(type: Fact['type'], minute: number, data: object): Fact {
  return { type, occurredAt: minute * MINUTE, data } as unknown as Fact;
}

const lead = (unit: string): object => ({ lead: { unit } });
const due = (dueAt: number, term = '3wd') => ({ number: '1', due: { dueAt, term } });

test('each unit, and the arbiter, is told its own minutes; a refused objection gives them back to the lead', () => {
  const stays = heldMinutes(
    [
      fact('dispatched', 0, lead('A')),
      fact('applied', 30, { about: 'objection', unit: 'A' }),
      fact('ruled', 90, { about: 'objection', granted: true }),
      fact('dispatched', 90, lead('B')),
      fact('applied', 100, { about: 'objection', unit: 'B' }),
      fact('ruled', 120, { about: 'objection', granted: false }),
      fact('done', 200, {}),
      fact('reopened', 300, {}),
    ],
    310 * MINUTE,
  );
  assert.deepEqual(
    stays.map(({ with: who, unit, minutes }) => [who, unit, minutes]),
    [
      ['unit', 'A', 30],
      ['arbiter', 'A', 60],
      ['unit', 'B', 10],
      ['arbiter', 'B', 20],
      ['unit', 'B', 80],
      ['unit', 'B', 10],
    ],
  );
  assert.equal(stays.at(-1)?.to, undefined, 'it still lies there');
});

test('a promise that was said again is the same; only another moment moved it', () => {
  assert.deepEqual(promisesOf([fact('promised', 0, due(9)), fact('promised', 1, due(9))]), [
    { number: '1', dueAt: 9 },
  ]);
  const moved = promisesOf([fact('promised', 0, due(9)), fact('promised', 1, due(20, 'extension'))]);
  assert.equal(moved[0]?.movedBy, 'extension');
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { zoneOf } from '@gezhi/clock';
import { eveningBefore } from './evening-before.ts';

const inChina = (text: string): number => Date.parse(`${text}+08:00`);
const nightOf = (text: string): number => eveningBefore(inChina(text), zoneOf('Asia/Shanghai'));

test('in the morning the night begins at 18:00 of the day before', () => {
  assert.equal(nightOf('2026-05-06T08:10:00'), inChina('2026-05-05T18:00:00'));
  assert.equal(nightOf('2026-05-06T16:00:00'), inChina('2026-05-05T18:00:00'));
});

test('late in the evening it is still the night before that is read', () => {
  assert.equal(nightOf('2026-05-06T23:00:00'), inChina('2026-05-05T18:00:00'));
});

test('a town abroad has evenings of its own, over a change of summer time too', () => {
  const night = eveningBefore(Date.parse('2026-03-08T08:00:00-05:00'), zoneOf('America/Chicago'));
  assert.equal(night, Date.parse('2026-03-07T18:00:00-06:00'));
});

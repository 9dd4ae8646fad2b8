import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeUpKnowledge } from './knowledge.ts';
import { makeTown } from './town/make-town.ts';

test('ten made-up items, each of a unit that the made-up town has', () => {
  const items = makeUpKnowledge(Date.UTC(2026, 4, 6));
  const units = makeTown(1).get('units.csv')!;
  assert.equal(items.length, 10);
  assert.equal(new Set(items.map(({ id }) => id)).size, 10);
  for (const { owner } of items) assert.ok(units.includes(`${owner},`), owner);
  for (const { status, basis } of items) assert.equal(status === 'proposed', basis === '—');
});

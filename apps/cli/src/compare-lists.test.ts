import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makePowerTable, type PowerRow } from '@gezhi/powers';
import { comparePowers } from '@gezhi/town';
import { sayChanges } from './compare-lists.ts';

const text = { zh: '中', en: 'E' };
const lead: PowerRow = {
  id: 'lead',
  effect: 'permit',
  powers: ['handle'],
  relation: 'lead',
  basis: 'L',
  text,
};
const urge: PowerRow = {
  id: 'urge',
  effect: 'permit',
  powers: ['urge'],
  relation: 'above',
  basis: 'L',
  text,
};
const hotline: PowerRow = { ...urge, id: 'hotline-urges', unitKinds: ['hotline'], relation: 'any' };
const concerned: PowerRow = {
  ...lead,
  id: 'concerned',
  effect: 'forbid',
  powers: ['*'],
  relation: 'concerned',
};
const listOf = (...rows: readonly PowerRow[]) => ({ scene: { id: 'made-up' }, powers: makePowerTable(rows) });

test('a list against itself, or with other words only, changes nothing', () => {
  const other = { ...urge, text: { zh: '催', en: 'urges' } };
  const changes = comparePowers(listOf(lead, urge), listOf(other, lead));
  assert.deepEqual(changes, []);
  assert.deepEqual(sayChanges('en', changes), ['power list: nobody gains or loses a power']);
});

test('who gains and who loses is told by power, kind of post and policy', () => {
  const changes = comparePowers(listOf(lead, urge), listOf(urge, hotline));
  const told = sayChanges('en', changes).join('\n');
  assert.match(told, /lose handle: lead → default-deny\n {2}other @ other, other \(lead\)/);
  assert.match(told, /gain urge: default-deny → hotline-urges/);
  assert.ok(changes.every(({ power, post }) => power !== 'urge' || post.includes('hotline')));
});

test('a new prohibition takes, in the cases it is about alone', () => {
  const changes = comparePowers(listOf(lead), listOf(lead, concerned));
  assert.deepEqual(
    changes.map(({ power, change, cases, after }) => ({ power, change, cases, after })),
    changes.map(() => ({
      power: 'handle',
      change: 'loses',
      cases: ['other, against lead'],
      after: 'concerned',
    })),
  );
  assert.ok(changes.length > 0);
});

test('policies written in Cedar count', () => {
  const own = `@id("own") @basis("L") @zh("中") @en("E")
    permit (principal is Post, action == Action::"urge", resource) when { resource.against.isEmpty() };`;
  const before = listOf(lead);
  const changes = comparePowers(before, { ...before, powers: { ...before.powers, cedar: own } });
  assert.ok(changes.length > 0);
  assert.ok(
    changes.every(({ power, change, after }) => power === 'urge' && change === 'gains' && after === 'own'),
  );
});

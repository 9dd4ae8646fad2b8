import assert from 'node:assert/strict';
import { test } from 'node:test';
import { quietAt } from '../day/quiet.ts';
import { codeIn } from './code-in.ts';
import { byClock, byDistance, metresBetween } from './near.ts';
import { sayMetres } from './say-metres.ts';

test('a degree of latitude is 111 km, one of longitude shrinks by the cosine', () => {
  const here = { lon: 120, lat: 30 };
  assert.equal(Math.round(metresBetween(here, { lon: 120, lat: 31 })), 111_195);
  assert.ok(Math.abs(metresBetween(here, { lon: 121, lat: 30 }) - 111_195 * Math.cos(Math.PI / 6)) < 60);
  assert.equal(metresBetween(here, here), 0);
});

test('the nearest stands first, what has no point last', () => {
  const points = { far: { lon: 121, lat: 30 }, near: { lon: 120.01, lat: 30 }, lost: undefined };
  const names = ['lost', 'far', 'near'] as const;
  assert.deepEqual(
    byDistance(names, { lon: 120, lat: 30 }, (name) => points[name]),
    ['near', 'far', 'lost'],
  );
});

test('what is due first stands first, what has no term last', () => {
  const at = (dueAt: string | undefined, openedAt: string) => ({
    clocks: dueAt ? [{ dueAt }] : [],
    openedAt,
  });
  const late = at('2026-05-06T01:00:00Z', '2026-05-06T00:00:00Z');
  const soon = at('2026-05-06T05:00:00Z', '2026-05-01T00:00:00Z');
  const old = at(undefined, '2026-04-01T00:00:00Z');
  const young = at(undefined, '2026-05-01T00:00:00Z');
  assert.deepEqual(byClock([young, soon, old, late]), [late, soon, old, young]);
});

test('distances are said as people say them', () => {
  assert.equal(sayMetres(123, 'zh'), '120米');
  assert.equal(sayMetres(1_460, 'en'), '1.5 km');
});

test('off duty it is quiet until the next hours; a duty post is never quiet; old hours say nothing', () => {
  const hours = [{ from: '2026-05-06T00:00:00Z', to: '2026-05-06T09:30:00Z' }];
  const at = (time: string): number => Date.parse(time);
  assert.deepEqual(quietAt({ always: false, hours }, at('2026-05-06T03:00:00Z')), { quiet: false });
  assert.deepEqual(quietAt({ always: false, hours }, at('2026-05-05T23:00:00Z')), {
    quiet: true,
    until: '2026-05-06T00:00:00Z',
  });
  assert.deepEqual(quietAt({ always: false, hours }, at('2026-05-06T09:30:00Z')), { quiet: true });
  assert.deepEqual(quietAt({ always: true, hours: [] }, 0), { quiet: false });
});

test('a code is read alone or out of an address', () => {
  assert.equal(codeIn(' DT990101000001 '), 'DT990101000001');
  assert.equal(codeIn('https://town.example/assets/9901012101000003'), '9901012101000003');
  assert.equal(codeIn('https://town.example/report?asset=SP990101000002'), 'SP990101000002');
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fuzz } from './fuzz.ts';
import { hostileWorld } from './world.ts';

/** A part of what `npm run fuzz` sends; another seed there, the same here. */
const SOME = { seed: 715, requests: 900 };

test('hostile requests over every route: no 5xx, nothing told that is not theirs, and the service goes on', async (t) => {
  const world = await hostileWorld(t);
  const report = await fuzz(world, SOME);
  assert.ok(report.requests > 2 * report.routes, `${report.routes} routes`);
  assert.deepEqual(
    report.findings.map(
      ({ n, asked, found }) => `#${n} ${asked.method} ${asked.route.url}: ${found.join('; ')}`,
    ),
    [],
  );
  assert.deepEqual(report.faults, []);
  assert.ok((report.statuses['200'] ?? 0) > 100 && (report.statuses['400'] ?? 0) > 50);
});

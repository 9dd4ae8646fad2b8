import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY } from '@gezhi/basis';
import { type Fact, replay } from '@gezhi/cases';
import { makeTown } from '@gezhi/demo';
import { testDatabase } from '@gezhi/storage/testing';
import { openInstallation } from '@gezhi/town';
import { liveHistory } from './demo-history.ts';
import { importMadeUpTown } from './make-demo.ts';

const NOW = Date.UTC(2026, 4, 20, 4);
const DAYS = 25;

test('in a month of the made-up town the whole procedure comes about, and each case can be told from its facts', async (t) => {
  const { host, port, user, database } = (await testDatabase(t)).admin;
  const url = `postgres://${user}@localhost:${port}/${database}?host=${encodeURIComponent(String(host))}`;
  const installation = await openInstallation({ url, connectionsMax: 4 });
  t.after(() => installation.close());
  const town = makeTown(1);
  await importMadeUpTown(installation, town, NOW - (DAYS + 30) * DAY);
  const facts: Fact[] = [];
  const made = await liveHistory(installation, {
    seed: 1,
    town,
    days: DAYS,
    perDay: 50,
    now: NOW,
    write: async (batch) => {
      facts.push(...batch.facts);
    },
  });

  assert.equal(made.facts, facts.length);
  const told = new Set(facts.map(nameOf));
  assert.deepEqual(
    EXPECTED.filter((name) => !told.has(name)),
    [],
    'what nobody did in a month',
  );
  for (const history of Map.groupBy(facts, (fact) => fact.caseId).values()) {
    assert.ok(replay(history));
    assert.ok(
      history.every((fact) => fact.recordedAt <= NOW),
      'nothing is known before it happens',
    );
  }
  const refused = Object.values(made.refused).reduce((sum, n) => sum + n, 0);
  assert.ok(refused < made.cases / 50, `steps that were refused: ${JSON.stringify(made.refused)}`);
});

/** `ruled.objection`, `opened.whistle`: what a fact is about, where it can be about several things. */
function nameOf({ type, data }: Fact): string {
  const of = data as { about?: string; step?: string; scene?: string };
  return [type, of.about ?? of.step ?? of.scene].filter(Boolean).join('.');
}

const EXPECTED = [
  'applied.objection',
  'ruled.objection',
  'tasked',
  'taskStepped.signed',
  'taskDone',
  'applied.extension',
  'ruled.extension',
  'extended',
  'applied.suspension',
  'suspended',
  'urged',
  'escalated',
  'advanced.sendBack',
  'leaderTook',
  'opened.whistle',
  'advanced.approve',
  'taskStepped.arrived',
  'advanced.convene',
  'rated',
  'childEnded',
  'applied.exclusion',
  'ruled.exclusion',
  'handedOff',
  'acknowledged',
  'callbackTried',
  'unreachable',
  'concerned',
  'deadlinePassed',
];

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  EXTENDED_STATUSES,
  extendedStatusOfPhase,
  type Phase,
  parseExtendedStatus,
  statusOfPhase,
} from './status.ts';

test('phase → status → extended status', () => {
  const table: readonly (readonly [Phase, string, string])[] = [
    ['received', 'open', 'open'],
    ['triage', 'open', 'for_triage'],
    ['dispatched', 'open', 'investigating'],
    ['underway', 'open', 'in_progress'],
    ['done', 'open', 'in_progress'],
    ['check', 'open', 'in_progress'],
    ['answered', 'closed', 'closed'],
    ['referred', 'closed', 'not_councils_responsibility'],
    ['closed', 'closed', 'closed'],
    ['declined', 'closed', 'no_further_action'],
  ];
  for (const [phase, status, extended] of table) {
    assert.deepEqual([statusOfPhase(phase), extendedStatusOfPhase(phase)], [status, extended], phase);
  }
});

test('fixed is said of what was found solved, never of what a unit calls done', () => {
  assert.equal(extendedStatusOfPhase('closed', { solved: true }), 'fixed');
  assert.equal(extendedStatusOfPhase('done', { solved: true }), 'in_progress');
  assert.equal(extendedStatusOfPhase('closed', { merged: true }), 'duplicate');
});

test('extended statuses are read in any case', () => {
  for (const status of EXTENDED_STATUSES) assert.equal(parseExtendedStatus(status.toUpperCase()), status);
  assert.equal(parseExtendedStatus('SLEEPING'), undefined);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeLog } from './log.ts';

test('a log drops what is below its level and says when', () => {
  const lines: string[] = [];
  const log = makeLog(
    'warn',
    (line) => lines.push(line),
    () => 0,
  );
  log.info('nothing of note');
  log.warn('the disk is nearly full');
  log.error('the disk is full');
  assert.deepEqual(lines, [
    '1970-01-01T00:00:00.000Z warn  the disk is nearly full',
    '1970-01-01T00:00:00.000Z error the disk is full',
  ]);
});

test('a silent log says nothing', () => {
  const lines: string[] = [];
  makeLog('silent', (line) => lines.push(line)).error('anything');
  assert.deepEqual(lines, []);
});

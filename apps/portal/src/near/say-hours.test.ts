import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sayHours } from './say-hours.ts';

const DAYS = { mon: '周一', fri: '周五', sat: '周六' };

test('weekly hours are said with days as people say them', () => {
  assert.equal(
    sayHours('mon-fri 08:00-17:30;sat 08:30-12:00', DAYS),
    '周一-周五 08:00–17:30 · 周六 08:30–12:00',
  );
  assert.equal(sayHours('sun 22:00-06:00', DAYS), 'sun 22:00–06:00', 'a day without a word stays as it is');
});

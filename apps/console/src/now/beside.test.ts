import assert from 'node:assert/strict';
import { test } from 'node:test';
import { standing } from './beside.ts';

const weeks = { expected: 8, least: 6, most: 10, weeks: 8 };

test('a count stands above or below only what all the weeks before had', () => {
  assert.equal(standing({ ...weeks, count: 11 }), 'above');
  assert.equal(standing({ ...weeks, count: 10 }), 'usual');
  assert.equal(standing({ ...weeks, count: 5 }), 'below');
});

test('too few weeks say nothing', () => {
  assert.equal(standing({ ...weeks, weeks: 3, count: 99 }), undefined);
  assert.equal(standing({ expected: null, least: null, most: null, weeks: 0, count: 1 }), undefined);
});

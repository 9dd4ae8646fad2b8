import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemOfFault } from '../problems/problems.ts';
import { DEFENCE_PROBLEM_ROWS } from './defence-problem-words.ts';

test('a query that was stopped is told as such, and nothing of it', () => {
  const error = Object.assign(new Error('canceling statement due to statement timeout: SELECT words'), {
    code: '57014',
  });
  const { answer, isOurs } = problemOfFault(error, 'en');
  assert.equal(answer.status, 503);
  assert.equal(answer.body.code, 'took-too-long');
  assert.ok(answer.headers['retry-after'] && !isOurs);
  assert.doesNotMatch(JSON.stringify(answer.body), /SELECT|statement/);
});

test('everything said at the door is said in both languages', () => {
  for (const { title, remedy } of Object.values(DEFENCE_PROBLEM_ROWS)) {
    for (const label of [title, remedy]) assert.ok(label.zh.length > 2 && label.en.length > 5);
  }
});

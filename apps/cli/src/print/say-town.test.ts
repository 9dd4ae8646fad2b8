import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FolderProblem } from '@gezhi/town';
import { groupProblems, sayTownImport } from './say-town.ts';

const missing = (record: number): FolderProblem => ({
  file: 'posts.csv',
  record,
  severity: 'warning',
  problem: `Nobody sits on the post "desk-${record}". Name somebody in staff.csv.`,
});

test('problems that differ only in names and numbers are one group, the most frequent first', () => {
  const other: FolderProblem = { file: 'duties.csv', severity: 'warning', problem: 'Nobody leads "lamp".' };
  const groups = groupProblems([other, missing(1), missing(2), missing(30)]);
  assert.deepEqual(
    groups.map(({ file, problems }) => [file, problems.length]),
    [
      ['posts.csv', 3],
      ['duties.csv', 1],
    ],
  );
});

test('a group tells three and counts the rest by row, as an editor counts', () => {
  const result = {
    district: '990000',
    added: { post: 6 },
    changed: {},
    gone: {},
    imported: true,
    problems: [1, 2, 3, 4, 5, 6].map(missing),
  };
  const lines = sayTownImport('en', result, false);
  assert.equal(lines[0], '990000: imported');
  assert.ok(lines.includes('  posts.csv:2  Nobody sits on the post "desk-1". Name somebody in staff.csv.'));
  assert.equal(lines.at(-1), '    and 3 more like this (5, 6, 7)');
});

test('errors stop an import, and it says so', () => {
  const error: FolderProblem = {
    file: 'places.csv',
    record: 2,
    severity: 'error',
    problem: 'name is empty. Fill it in.',
  };
  const lines = sayTownImport(
    'zh',
    { district: '990000', added: {}, changed: {}, gone: {}, imported: false, problems: [error] },
    false,
  );
  assert.equal(lines[0], '990000：有 1 处错误，未作任何改动');
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowsWithoutTest } from './security.ts';
import { readFiles } from './source.ts';
import { tidy } from './tidy.ts';

test('each row of docs/security.md names a test that is there, or says why it has none', () => {
  const files = readFiles();
  const page = files.find(({ path }) => path === 'docs/security.md');
  assert.ok(page);
  tidy(rowsWithoutTest(page, new Set(files.map(({ path }) => path))));
});

test('a row without test or reason, a test that is gone, and a table that shrank are told', () => {
  const text = `## At the door
| what | test |
|---|---|
| a | \`e2e/there.test.ts\` |
| b | \`e2e/gone.test.ts\` |
| c | does not apply: |
| d | does not apply: there is nothing of this kind in the house |
| e | it is well known |
`;
  const told = rowsWithoutTest({ path: 'docs/security.md', text }, new Set(['e2e/there.test.ts']));
  assert.match(told.join('\n'), /"b" names e2e\/gone/);
  assert.match(told.join('\n'), /"c" names no test/);
  assert.match(told.join('\n'), /"e" names no test/);
  assert.match(told.join('\n'), /"At the door" has 5 rows/);
  assert.ok(!told.some((one) => /"[ad]" /.test(one)));
});

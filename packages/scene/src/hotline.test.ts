import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { compileCondition, readPack, runAcceptance } from './index.ts';

const folder = fileURLToPath(new URL('../../../scenes/hotline', import.meta.url));

test('the hotline has nothing wrong with it, and its own tests hold', async () => {
  const { pack, findings } = await readPack(folder);
  assert.deepEqual(findings, []);
  assert.deepEqual(runAcceptance(pack!), []);
});

test('a misspelt field is found when the pack loads', () => {
  assert.throws(() => compileCondition('case.kindd == "x"'), /No such key: kindd/);
  assert.throws(() => compileCondition('case.requests'), /answers int, not true or false/);
});

test('a pattern that would hang a backtracking engine answers at once', () => {
  const slow = compileCondition('case.kind.matches("^(a+)+$")');
  assert.equal(slow({ case: { kind: `${'a'.repeat(30)}!` }, input: {} }), false);
  assert.equal(slow({ case: { kind: 'aaaa' }, input: {} }), true);
});

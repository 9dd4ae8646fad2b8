import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileCondition } from './cel.ts';

test('a pattern in a condition runs in the time of its text, however it is written', () => {
  const patterns = ['(a+)+$', '^(a|a)*$', '(a*)*b', '([a-z]+)*1$', '^(.*.*.*.*)x$'];
  for (const pattern of patterns) {
    const condition = compileCondition(`case.kind.matches("${pattern}")`);
    const view = { case: { kind: `${'a'.repeat(20_000)}!` }, input: {} } as never;
    assert.equal(condition(view), false, pattern);
  }
});

test('what RE2 does not have is told when a pack is read, or when it is asked, and never run', () => {
  for (const pattern of ['(a)\\\\1', '(?=a)b', '(?<!a)b']) {
    assert.throws(() =>
      compileCondition(`case.kind.matches("${pattern}")`)({ case: { kind: 'aa' }, input: {} } as never),
    );
  }
});

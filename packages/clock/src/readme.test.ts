import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { calendarOf, deadline, explainDeadline, parseTerm, sayExplanation } from '@gezhi/clock';

function example() {
  // README
  const calendar = calendarOf('cn', 'Asia/Shanghai');
  const start = Date.parse('2024-09-30T17:00:00+08:00');
  const { dueAt } = deadline({ start, term: parseTerm('4wh'), calendar });
  const sentences = sayExplanation(explainDeadline({ start, term: parseTerm('4wh'), calendar }), 'en');
  // END
  return { dueAt, sentences };
}

const page = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

test('the example in the README is this code, and says what it says there', () => {
  const own = readFileSync(new URL(import.meta.url), 'utf8');
  const code = own.slice(own.indexOf('// README\n') + 10, own.indexOf('  // END')).replaceAll(/^ {2}/gm, '');
  assert.ok(page.includes(code), code);
  const { dueAt, sentences } = example();
  assert.equal(dueAt, Date.parse('2024-10-08T11:00:00+08:00'));
  assert.ok(page.includes(sentences.join('\n')), sentences.join('\n'));
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createContext, Script } from 'node:vm';
import { openApi } from '@gezhi/contract';

/** A pattern that goes back and forth over this much text without end is stopped after so long, and named. */
const WATCHDOG_MS = 5_000;
const LONG = 30_000;

const UNITS = [
  'a',
  '0',
  '1',
  ' ',
  '-',
  'a1',
  '1 ',
  '1-',
  '. ',
  '/',
  'é',
  '路',
  ';',
  'data:image/',
  '+',
  '2026-',
];

test('no pattern of the contract can be made to run without end', () => {
  const patterns = new Set<string>();
  JSON.stringify(openApi(), (name, value: unknown) => {
    if (name === 'pattern' && typeof value === 'string') patterns.add(value);
    return value;
  });
  assert.ok(patterns.size > 5);
  const script = new Script('new RegExp(pattern, "u").test(text)');
  for (const pattern of patterns) {
    for (const unit of UNITS) {
      for (const end of ['', '!', '\n']) {
        const text = unit.repeat(LONG / unit.length) + end;
        script.runInContext(createContext({ pattern, text }), { timeout: WATCHDOG_MS });
      }
    }
  }
});

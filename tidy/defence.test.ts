import assert from 'node:assert/strict';
import { test } from 'node:test';
import { guessableChance, hastyComparisons, openSinks, ownCells } from './defence.ts';
import { readFiles, readSources, sourceOf } from './source.ts';
import { tidy } from './tidy.ts';

const files = readFiles();

test('what may be secret is compared in constant time', () => {
  tidy(readSources(files).flatMap(hastyComparisons));
  const told = (text: string): number => hastyComparisons(sourceOf('packages/x/src/a.ts', text)).length;
  assert.equal(told('export const a = (token: string, b: string) => token === b;'), 1);
  assert.equal(told('export const a = (o: { mac: string }, b: string) => b !== o.mac;'), 1);
  assert.equal(told('export const a = (n: number) => openingCode(n) === String(n);'), 1);
  assert.equal(told('export const a = (token?: string) => token === undefined;'), 0);
  assert.equal(told("export const a = (token?: string) => token === '';"), 0);
  assert.equal(told('export const a = (kind: string, code: string) => kind === code;'), 0);
});

test('one helper writes cells of CSV', () => {
  tidy(ownCells(files));
  const text = 'const isFormula = (x: string) => /^[=+\\-@]/.test(x);';
  assert.equal(ownCells([{ path: 'packages/x/src/a.ts', text }]).length, 1);
});

test('no text becomes markup or code in a browser', () => {
  tidy(openSinks(files));
  const text = 'panel.innerHTML = words;';
  assert.equal(openSinks([{ path: 'apps/x/src/a.tsx', text }]).length, 1);
});

test('chance cannot be guessed', () => {
  tidy(guessableChance(files));
  const text = 'const id = Math.random().toString(36);';
  assert.equal(guessableChance([{ path: 'packages/x/src/a.ts', text }]).length, 1);
});

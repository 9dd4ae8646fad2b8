import assert from 'node:assert/strict';
import { test } from 'node:test';
import { en } from './en.ts';
import { zh } from './zh.ts';

type Leaf = { readonly path: string; readonly text: string };

function leaves(words: unknown, path = ''): readonly Leaf[] {
  if (typeof words === 'string') return [{ path, text: words }];
  if (typeof words === 'function') return [{ path, text: String(words) }];
  return Object.entries(words as object).flatMap(([key, value]) => leaves(value, `${path}.${key}`));
}

/** Names that are the same in both languages. */
const SAME = new Set(['.otherLanguage', '.lang', '.channels.open311', '.time.gap']);
/** Sentences made only of what is put into them. */
const MADE_OF = /=> (?:label|kind|action|`\$\{kind\}`)$|=> f\.because$/;

test('the catalogues have the same keys', () => {
  assert.deepEqual(
    leaves(en).map(({ path }) => path),
    leaves(zh).map(({ path }) => path),
  );
});

test('every Chinese string is Chinese, every English one English', () => {
  for (const { path, text } of leaves(zh)) {
    if (!SAME.has(path) && !MADE_OF.test(text)) assert.match(text, /\p{Script=Han}/u, `zh${path}`);
  }
  for (const { path, text } of leaves(en)) {
    if (!SAME.has(path)) assert.doesNotMatch(text, /\p{Script=Han}/u, `en${path}`);
  }
});

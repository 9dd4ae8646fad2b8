import assert from 'node:assert/strict';
import { test } from 'node:test';
import { languageOf } from './language.ts';

test('the language liked best of the two', () => {
  for (const [header, language] of [
    [undefined, 'en'],
    ['', 'en'],
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
    ['en-GB,zh;q=0.9', 'en'],
    ['fr,zh;q=0.3,en;q=0.7', 'en'],
    ['fr, zh-Hant;q=0.5', 'zh'],
    ['zh;q=0, en;q=0.1', 'en'],
  ] as const) {
    assert.equal(languageOf(header), language, header);
  }
});

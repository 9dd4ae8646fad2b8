import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { proposeKind, queryTerms, searchTerms, wordingOf } from './index.ts';

const KINDS = [
  { code: 'lamp', words: ['路灯', '不亮'] },
  { code: 'road', words: ['路面', '井盖'] },
];

test('the kind whose words stand in the text is proposed, with the words', () => {
  assert.deepEqual(proposeKind(KINDS, '三组水井旁的路灯不亮了'), { kind: 'lamp', because: ['路灯', '不亮'] });
  assert.equal(proposeKind(KINDS, '你好'), undefined);
  assert.equal(proposeKind(KINDS, '路灯和井盖'), undefined, 'a tie is for a person to decide');
});

test('punctuation, spaces and width do not make a text another one', () => {
  assert.equal(wordingOf('路灯 不亮，ＡＢ１！'), wordingOf('路灯不亮ab1'));
});

test('every piece of two characters or more of a Chinese text is found by its terms', () => {
  const han = fc.string({
    unit: fc.constantFrom(...'路灯不亮井盖水压停电噪声'),
    minLength: 2,
    maxLength: 20,
  });
  fc.assert(
    fc.property(han, fc.nat(18), fc.integer({ min: 1, max: 8 }), (text, from, length) => {
      const piece = [...text].slice(from, from + length).join('');
      const terms = new Set(searchTerms(text));
      for (const term of queryTerms(piece)) assert.ok(terms.has(term), `${term} of ${piece} in ${text}`);
    }),
  );
});

test('a word is found by its beginning, from three letters on', () => {
  const terms = new Set(searchTerms('Graffiti on Main St'));
  for (const query of ['gra', 'graff', 'GRAFFITI', 'st'])
    assert.ok(
      queryTerms(query).every((t) => terms.has(t)),
      query,
    );
});

test('a digit does not swallow the characters after it', () => {
  const terms = new Set(searchTerms('第3盏路灯，3号楼漏水'));
  for (const query of ['路灯', '号楼', '漏水', '盏路', '3'])
    assert.ok(
      queryTerms(query).every((t) => terms.has(t)),
      query,
    );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compileUrgent, NO_URGENT_RULES } from './compile-urgent.ts';
import { readUrgent } from './read-urgent.ts';

const RULES = compileUrgent({
  contexts: {
    negated: ['没有', 'no'],
    fillers: ['发生', 'a', 'sign of'],
    otherwise: ['有没有'],
    drill: ['演练'],
    about: ['知识'],
    joins: ['应急'],
    past: ['去年', 'last year'],
    fear: ['怕'],
    stillSo: ['的', '开始'],
    now: ['今天', '又'],
  },
  rules: [
    {
      id: 'fire',
      level: 'handOff',
      to: ['119'],
      words: ['着火', '火灾', 'fire'],
      except: ['火灾隐患'],
      givesWayTo: ['negated', 'drill', 'about', 'past', 'fear'],
    },
    {
      id: 'gas',
      level: 'urgent',
      to: ['gas'],
      words: ['煤气/燃气 ~4 味/漏'],
      except: [],
      givesWayTo: ['negated'],
    },
  ],
});

test('a danger is read with its words, their place and whom to call', () => {
  const { level, to, because } = readUrgent(RULES, '三楼着火了');
  assert.deepEqual([level, to], ['handOff', ['119']]);
  assert.deepEqual(because, [{ rule: 'fire', words: '着火', start: 2, end: 4 }]);
});

test('a negation turns down the word it governs and no other', () => {
  assert.equal(readUrgent(RULES, '没有着火').level, 'none');
  assert.equal(readUrgent(RULES, '没有发生火灾').turnedDown[0]?.byWords, '没有');
  assert.equal(readUrgent(RULES, 'No sign of a fire').level, 'none');
  assert.deepEqual(
    readUrgent(RULES, '没有着火，煤气有味').because.map(({ rule }) => rule),
    ['gas'],
  );
  assert.equal(readUrgent(RULES, '没有人管，着火了').level, 'handOff');
  assert.equal(readUrgent(RULES, '煤气没有味').level, 'none');
});

test('in doubt it stays, with the doubt told', () => {
  assert.equal(readUrgent(RULES, '有没有着火').because[0]?.doubt, 'negated');
  assert.equal(readUrgent(RULES, '去年着火，今天又着火').because.length, 2);
  assert.equal(readUrgent(RULES, '去年着火').level, 'none');
  assert.equal(readUrgent(RULES, '去年开始着火').level, 'handOff');
  assert.equal(readUrgent(RULES, '火灾应急演练').level, 'none');
  assert.equal(readUrgent(RULES, '怕着火').level, 'none');
  assert.equal(readUrgent(RULES, '怕冷的人家着火').level, 'handOff');
});

test('pairs reach as far as they say, in either order, within a sentence', () => {
  assert.equal(readUrgent(RULES, '味道像煤气').level, 'urgent');
  assert.equal(readUrgent(RULES, '煤气一二三四五味').level, 'none');
  assert.equal(readUrgent(RULES, '煤气。味').level, 'none');
});

test('a longer word that is something else hides its pieces; Latin words are whole', () => {
  assert.equal(readUrgent(RULES, '火灾隐患').level, 'none');
  assert.equal(readUrgent(RULES, '火灾隐患变成火灾').level, 'handOff');
  assert.equal(readUrgent(RULES, 'fired').level, 'none');
});

test('traditional characters and full width read the same', () => {
  assert.equal(readUrgent(RULES, '樓上著火').level, 'handOff');
  assert.equal(readUrgent(RULES, 'ＦＩＲＥ').level, 'handOff');
});

test('strange texts are answered, also long ones', () => {
  for (const text of [
    '',
    '😀',
    '<p>着火</p>',
    'ئۇيغۇرچە',
    '\u0000\u001b',
    '\ud800',
    '着火'.repeat(50_000),
    '没有'.repeat(50_000),
    '煤气'.repeat(50_000),
    '去年怕'.repeat(30_000),
  ]) {
    const { because } = readUrgent(RULES, text);
    for (const { words, start, end } of because) assert.equal(text.slice(start, end), words);
  }
  assert.equal(readUrgent(NO_URGENT_RULES, '着火').level, 'none');
});

test('words around that say nothing of it never make a danger go away', () => {
  const around = fc.string({ unit: fc.constantFrom(...'路灯水管，。三楼家里abc 😀'), maxLength: 12 });
  fc.assert(
    fc.property(around, around, (before, after) => {
      assert.equal(readUrgent(RULES, `${before}着火${after}`).level, 'handOff');
    }),
  );
});

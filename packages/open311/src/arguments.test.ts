import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { argumentsOf, flag, list, one, plainText } from './arguments.ts';
import type { Problem } from './problem.ts';
import { readAttributes } from './read-attributes.ts';
import { readNewRequest } from './read-new-request.ts';

const anyText = fc.string({ unit: 'binary' });

test('a form gives back every text that was put in, made plain', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const form = new URLSearchParams(new URLSearchParams({ description: text }).toString());
      const plain = plainText(text);
      assert.deepEqual(argumentsOf(form).all('description'), plain === '' ? [] : [plain]);
    }),
    { seed: 311 },
  );
});

test('plain text is plain once and for all, and never longer', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const plain = plainText(text);
      assert.equal(plainText(plain), plain);
      assert.ok(plain.length <= text.length && plain.isWellFormed());
      assert.doesNotMatch(plain, /[\uFFFE\uFFFF]|[\p{Cc}--[\n\t]]/v);
    }),
    { seed: 311 },
  );
});

test('every answer to an attribute is found under its code, whatever the code', () => {
  const code = fc.string({ minLength: 1, unit: 'grapheme' }).filter((each) => !/\[\d*$|\]/.test(each));
  const values = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,5}$/), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(code, values, fc.constantFrom('', '[]'), (attribute, given, brackets) => {
      const form = new URLSearchParams();
      for (const value of given) form.append(`attribute[${attribute}]${brackets}`, value);
      const problems: Problem[] = [];
      assert.deepEqual(readAttributes(argumentsOf(form), problems), [{ code: attribute, values: given }]);
      assert.deepEqual(problems, []);
    }),
    { seed: 311 },
  );
});

test('a code may hold line separators and brackets', () => {
  for (const code of ['a\u2028b', 'a\nb', 'a[0', '甲']) {
    const form = new URLSearchParams([[`attribute[${code}]`, 'x']]);
    assert.deepEqual(readAttributes(argumentsOf(form), []), [{ code, values: ['x'] }], code);
  }
});

test('whatever is sent, reading answers an input or problems, and never throws', () => {
  const names = [
    'service_code',
    'lat',
    'long',
    'address_id',
    'media_url',
    'attribute[a]',
    'attribute[',
    'email',
  ];
  const pair = fc.tuple(fc.oneof(fc.constantFrom(...names), anyText), anyText);
  const services = [{ code: 'x', name: 'x', type: 'realtime' as const, attributes: [] }];
  fc.assert(
    fc.property(fc.array(pair), (pairs) => {
      const form = new URLSearchParams([...pairs, ['service_code', 'x']]);
      const read = readNewRequest(argumentsOf(form), [], services);
      assert.ok('problems' in read ? read.problems.length > 0 : read.serviceCode === 'x');
    }),
    { seed: 311 },
  );
});

test('the form is asked before the query; an empty value is none', () => {
  const args = argumentsOf(new URLSearchParams('a=1&b='), new URLSearchParams('a=2&b=3'));
  assert.deepEqual([args.all('a'), args.all('b')], [['1'], ['3']]);
});

test('one, list, flag', () => {
  const problems: Problem[] = [];
  const args = argumentsOf(new URLSearchParams('a=1&a=1&b=1&b=2&c=x, y,,x&c=z&d=TRUE&e=no&f=12345'));
  assert.equal(one(args, 'a', problems), '1');
  assert.deepEqual(list(args, 'c'), ['x', 'y', 'z']);
  assert.equal(flag(args, 'd', problems), true);
  assert.deepEqual(problems, []);
  one(args, 'b', problems);
  flag(args, 'e', problems);
  one(args, 'f', problems, 4);
  assert.deepEqual(
    problems.map(({ description }) => description),
    ['b is given more than once.', 'e must be TRUE or FALSE.', 'f has 5 characters; at most 4 are taken.'],
  );
});

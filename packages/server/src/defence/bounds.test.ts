import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { BOUNDS, checkAddress, checkBody } from './bounds.ts';
import { Unwelcome } from './unwelcome.ts';

const codeOf = (work: () => void): string | undefined => {
  try {
    work();
  } catch (error) {
    assert.ok(error instanceof Unwelcome);
    return error.code;
  }
  return undefined;
};

/** Lists in each other. */
function lists(depth: number): unknown {
  let value: unknown = 1;
  for (let i = 0; i < depth; i += 1) value = [value];
  return value;
}

test('an address has a longest length', () => {
  assert.equal(
    codeOf(() => checkAddress('/'.padEnd(BOUNDS.addressChars, 'a'), {}, {})),
    undefined,
  );
  assert.equal(
    codeOf(() => checkAddress('/'.padEnd(BOUNDS.addressChars + 1, 'a'), {}, {})),
    'address-too-long',
  );
});

test('a query has so many fields at most, repeated ones counted', () => {
  assert.equal(
    codeOf(() => checkAddress('/', {}, { a: Array(BOUNDS.fields).fill('') })),
    undefined,
  );
  assert.equal(
    codeOf(() => checkAddress('/', {}, { a: Array(BOUNDS.fields + 1).fill('') })),
    'too-many-fields',
  );
});

test('a body goes down so deep at most, and depth costs no stack', () => {
  assert.equal(
    codeOf(() => checkBody(lists(BOUNDS.depth))),
    undefined,
  );
  assert.equal(
    codeOf(() => checkBody(lists(BOUNDS.depth + 1))),
    'too-deep',
  );
  assert.equal(
    codeOf(() => checkBody(JSON.parse('['.repeat(200_000) + ']'.repeat(200_000)))),
    'too-deep',
  );
});

test('a list and an object have so many entries at most', () => {
  assert.equal(
    codeOf(() => checkBody({ a: Array(BOUNDS.items).fill(0) })),
    undefined,
  );
  assert.equal(
    codeOf(() => checkBody({ a: Array(BOUNDS.items + 1).fill(0) })),
    'list-too-long',
  );
});

test('what is no text is refused wherever it stands', () => {
  const odd = fc.constantFrom('\0', 'a\0', '\uD800', 'x\uDFFF');
  fc.assert(
    fc.property(odd, fc.constantFrom('path', 'query', 'value', 'name', 'deep'), (text, where) => {
      const by: Readonly<Record<string, () => void>> = {
        path: () => checkAddress('/', { id: text }, {}),
        query: () => checkAddress('/', {}, { q: ['a', text] }),
        value: () => checkBody({ words: text }),
        name: () => checkBody({ [text]: 1 }),
        deep: () => checkBody([{ a: [{ b: text }] }]),
      };
      assert.equal(codeOf(by[where]!), 'not-text');
    }),
  );
});

test('what people write is text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      fc.pre(!text.includes('\0'));
      checkBody({ words: text });
    }),
  );
});

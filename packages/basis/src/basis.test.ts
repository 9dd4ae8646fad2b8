import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  deskOf,
  isCaseId,
  makeRequestNumber,
  mintCaseId,
  openedAtOf,
  parseInstant,
  parseRequestNumber,
  sayRequestNumber,
} from './index.ts';

const instants = fc.integer({ min: 0, max: 2 ** 48 - 1 });
const tenBytes = fc.uint8Array({ minLength: 10, maxLength: 10 });

test('a case id is a UUIDv7 that tells when the case was opened', () => {
  fc.assert(
    fc.property(instants, tenBytes, (at, random) => {
      const id = mintCaseId(at, random);
      assert.ok(isCaseId(id), id);
      assert.equal(openedAtOf(id), at);
    }),
  );
});

test('case ids sort as their opening times do', () => {
  fc.assert(
    fc.property(instants, instants, tenBytes, (a, b, random) => {
      if (a !== b) assert.equal(mintCaseId(a, random) < mintCaseId(b, random), a < b);
    }),
  );
});

const numbers = fc
  .tuple(fc.integer({ min: 100, max: 999 }), fc.integer({ min: 0, max: 99_999_999 }))
  .map(([desk, serial]) => ({ desk, number: makeRequestNumber(desk, serial) }));

test('a request number survives being said aloud, and names its desk', () => {
  fc.assert(
    fc.property(numbers, ({ desk, number }) => {
      assert.equal(parseRequestNumber(sayRequestNumber(number)), number);
      assert.equal(deskOf(number), desk);
    }),
  );
});

test('one wrong digit in a request number is always found', () => {
  fc.assert(
    fc.property(numbers, fc.nat(11), fc.integer({ min: 1, max: 9 }), ({ number }, at, by) => {
      const wrong = [...number];
      wrong[at] = String((Number(wrong[at]) + by) % 10);
      assert.equal(parseRequestNumber(wrong.join('')), undefined);
    }),
  );
});

test('a time without a zone is no moment', () => {
  assert.equal(parseInstant('2026-05-01T08:00:00'), undefined);
  assert.equal(parseInstant('2026-05-01T08:00:00+08:00'), Date.UTC(2026, 4, 1));
  assert.equal(parseInstant('2026-05-01T00:00:00Z'), Date.UTC(2026, 4, 1));
});

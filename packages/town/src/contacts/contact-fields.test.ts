import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RequestNumber } from '@gezhi/basis';
import fc from 'fast-check';
import { fieldsOf, partsOf, personId, personOf, ROLES } from './contact-fields.ts';

const number = '120000000014' as RequestNumber;
const way = fc.record(
  {
    way: fc.constantFrom('phone', 'sms', 'mail', 'visit', 'through', 'web'),
    address: fc.string(),
    hours: fc.string(),
    through: fc.string(),
  },
  { requiredKeys: ['way'], noNullPrototype: true },
);

test('a person is the same after being taken apart into fields and put together', () => {
  const person = fc.record(
    { name: fc.string({ minLength: 1 }), reachMe: fc.array(way, { minLength: 1 }) },
    { noNullPrototype: true },
  );
  fc.assert(
    fc.property(person, fc.constantFrom(...ROLES), (one, role) => {
      const fields = fieldsOf({ number, role, person: one as never });
      assert.deepEqual(personOf(Object.fromEntries(fields.map(({ field, value }) => [field, value]))), one);
      assert.deepEqual(partsOf(personId(number, role)), { number, role });
    }),
  );
});

test('a matter is found by the number of who asks, is to be reached, or stands for a child; never by that of who reported it for them', () => {
  const person = { reachMe: [{ way: 'phone', address: '19900000001' }] } as const;
  const phoneOf = (role: (typeof ROLES)[number]): string | undefined =>
    fieldsOf({ number, role, person })[0]?.phone;
  const found = ROLES.filter((role) => phoneOf(role) === '19900000001');
  assert.deepEqual(found, ['requester', 'contact', 'guardian']);
});

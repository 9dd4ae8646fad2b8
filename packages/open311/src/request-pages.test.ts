import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { madeUpRequest } from './made-up-port.ts';
import type { ServiceRequest } from './port.ts';
import { requestPages } from './request-pages.ts';

const JSON_PLAIN = { format: 'json', extended: false, space: 'a' } as const;

const someRequests = fc.array(
  fc
    .record({
      id: fc.integer({ min: 0, max: 9 }),
      version: fc.option(fc.integer({ min: 0, max: 2 })),
      hidden: fc.boolean(),
    })
    .map(({ id, version, hidden }) =>
      madeUpRequest(`r${id}`, { version: version ?? undefined, description: `v${version}`, public: !hidden }),
    ),
  { maxLength: 12 },
);

test('with its memory or without it, the same list is written the same', () => {
  const small = requestPages({ requests: 3, pages: 2 });
  const as = fc.record({
    format: fc.constantFrom('json', 'xml'),
    extended: fc.boolean(),
    space: fc.constantFrom('a', 'b'),
  });
  fc.assert(
    fc.property(someRequests, as, (requests, how) => {
      const page = small.write(requests, how);
      const fresh = requestPages().write(requests, how);
      assert.deepEqual(page, fresh);
      assert.equal(new TextDecoder().decode(page.bytes), page.body);
    }),
    { seed: 311 },
  );
});

test('a page of unchanged requests is the page written before; a changed one is another', () => {
  const pages = requestPages();
  const list = (version: number): readonly ServiceRequest[] => [
    madeUpRequest('r1', { version: 1 }),
    madeUpRequest('r2', { version, description: `v${version}` }),
  ];
  const first = pages.write(list(1), JSON_PLAIN);
  assert.equal(pages.write(list(1), JSON_PLAIN), first);
  const changed = pages.write(list(2), JSON_PLAIN);
  assert.notEqual(changed.etag, first.etag);
  assert.match(changed.body, /v2/);
});

test('requests of two jurisdictions with one id stay apart, and so do formats', () => {
  const pages = requestPages();
  const a = pages.write([madeUpRequest('r1', { version: 1, description: 'of a' })], JSON_PLAIN);
  const b = pages.write([madeUpRequest('r1', { version: 1, description: 'of b' })], {
    ...JSON_PLAIN,
    space: 'b',
  });
  const xml = pages.write([madeUpRequest('r1', { version: 1, description: 'of a' })], {
    ...JSON_PLAIN,
    format: 'xml',
  });
  assert.match(b.body, /of b/);
  assert.equal(new Set([a.etag, b.etag, xml.etag]).size, 3);
});

test('an empty list', () => {
  assert.equal(requestPages().write([], JSON_PLAIN).body, '[]');
});

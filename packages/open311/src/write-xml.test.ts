import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readXml } from './read-xml.ts';
import type { Wire } from './wire.ts';
import { escapeXml, writeXml } from './write-xml.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom(
      '&',
      '<',
      '>',
      '"',
      "'",
      ']]>',
      '\r',
      '\n',
      '\t',
      ' ',
      '\0',
      '\uFFFE',
      '&amp;',
      '格',
      '𠮷',
    ),
  }),
);

/** What XML 1.0 can hold of a text. */
function holdable(text: string): string {
  return text.toWellFormed().replace(/[\uFFFE\uFFFF]|[\p{Cc}--[\t\n\r\u007F-\u009F]]/gv, '\uFFFD');
}

test('any text survives XML, but for the characters that XML forbids', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      assert.deepEqual(readXml(writeXml('errors', [{ description: text }])), [
        { description: holdable(text) },
      ]);
    }),
    { seed: 311 },
  );
});

test('escaped text holds no markup', () => {
  fc.assert(
    fc.property(anyText, (text) => assert.doesNotMatch(escapeXml(text), /[<>"'\r\0]/)),
    { seed: 311 },
  );
});

test('XML says what JSON says, with lists of none, one and many', () => {
  const service = fc.record({
    service_code: fc.string(),
    metadata: fc.boolean(),
    groups: fc.array(fc.string(), { maxLength: 3 }),
    values: fc.array(fc.record({ key: fc.string(), name: fc.string() }), { maxLength: 3 }),
  });
  fc.assert(
    fc.property(fc.array(service, { maxLength: 3 }), (services) => {
      const asTexts = services.map((each) => ({ ...each, metadata: String(each.metadata) }));
      const expected: unknown = JSON.parse(JSON.stringify(asTexts));
      assert.deepEqual(readXml(writeXml('services', services as Wire)), expected);
    }),
    { seed: 311 },
  );
});

test('a long list of special characters is read whole', () => {
  const description = '&<>'.repeat(20_000);
  assert.deepEqual(readXml(writeXml('errors', [{ description }])), [{ description }]);
});

test('lists are wrapped where their items have a name, and repeated where not', () => {
  const xml = writeXml('service_requests', [{ media_url: ['u', 'v'], photos: ['p'], title: undefined }]);
  assert.equal(
    xml,
    '<?xml version="1.0" encoding="utf-8"?>\n<service_requests><request><media_url>u</media_url>' +
      '<media_url>v</media_url><photos><photo>p</photo></photos></request></service_requests>',
  );
});

test('a name that cannot be an element is a fault', () => {
  assert.throws(() => writeXml('extras', { 'a b': 'x' }), { code: 'bad-element-name' });
});

test('documents that are not answers are refused', () => {
  for (const text of ['', '<a>', '<a></b>', '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///x">]><a>&e;</a>']) {
    assert.throws(() => readXml(text), { code: 'bad-xml' }, text);
  }
});

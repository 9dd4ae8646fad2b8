import { Fault } from '@gezhi/basis';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { SINGULAR } from './singular.ts';

/** What an XML document of GeoReport v2 says: its texts are all strings, since XML has no numbers. */
export type Spark = string | readonly Spark[] | { readonly [name: string]: Spark };

/**
 * Reads an XML answer of any GeoReport v2 endpoint as the JSON that the "Spark" mapping makes of it: no outer wrapper, plural
 * elements as plain lists (also of none and of one), everything else as objects and strings.
 *
 * @throws Fault `bad-xml` for a document that is not well formed, or brings a document type (no entity is ever expanded)
 */
export function readXml(text: string): Spark {
  if (/<!DOCTYPE/i.test(text)) throw new Fault('bad-xml', 'An Open311 answer has no document type.');
  const verdict = XMLValidator.validate(text);
  if (verdict !== true) {
    const { msg, line, col } = verdict.err;
    throw new Fault('bad-xml', `Line ${line}, column ${col} of the XML answer: ${msg}`);
  }
  const [root] = Object.entries(parser.parse(text) as Record<string, unknown>);
  if (!root) throw new Fault('bad-xml', 'The XML answer is empty.');
  return readElement(...root);
}

const parser = new XMLParser({
  ignoreDeclaration: true,
  ignorePiTags: true,
  parseTagValue: false,
  trimValues: false,
  htmlEntities: true,
  processEntities: {
    enabled: true,
    maxTotalExpansions: Number.MAX_SAFE_INTEGER,
    maxExpandedLength: Number.MAX_SAFE_INTEGER,
  },
});

function readElement(name: string, value: unknown): Spark {
  const item = SINGULAR[name];
  if (item !== undefined) return readItems(item, value);
  if (Array.isArray(value)) return value.map((each: unknown) => readElement(name, each));
  if (typeof value !== 'object' || value === null) return String(value ?? '');
  const inner = Object.entries(value).filter(([key]) => key !== '#text');
  return Object.fromEntries(inner.map(([key, each]) => [key, readElement(key, each)]));
}

function readItems(item: string, value: unknown): readonly Spark[] {
  if (typeof value !== 'object' || value === null) return [];
  const found = (value as Record<string, unknown>)[item];
  if (found === undefined) return [];
  return (Array.isArray(found) ? found : [found]).map((each: unknown) => readElement(item, each));
}

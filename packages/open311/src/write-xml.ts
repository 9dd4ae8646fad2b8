import { Fault } from '@gezhi/basis';
import { SINGULAR } from './singular.ts';
import type { Wire } from './wire.ts';

/** The whole document: declaration, root, and the value within. A list's items bear the singular of `root`. */
export function writeXml(root: string, value: Wire): string {
  return XML_DECLARATION + writeElement(root, value);
}

export const XML_DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n';

/**
 * One element. Lists are wrapped (`<values><value/>…</values>`) where GeoReport v2 or an extension gives their items a singular
 * name, and repeated (`<media_url/><media_url/>`) where none does; what is `undefined` is left out.
 *
 * @throws Fault `bad-element-name` where a name (of an extra) cannot be a name in XML
 */
export function writeElement(name: string, value: Wire): string {
  const singular = SINGULAR[name];
  if (isList(value) && singular === undefined) return value.map((item) => writeElement(name, item)).join('');
  if (!ELEMENT_NAME.test(name)) {
    throw new Fault('bad-element-name', `"${name}" cannot be the name of an XML element.`, {
      hint: 'Use a letter or _, then letters, digits, _, - and full stops.',
    });
  }
  return `<${name}>${writeContent(value, singular)}</${name}>`;
}

const ELEMENT_NAME = /^[A-Za-z_][A-Za-z0-9_.-]*$/;

function writeContent(value: Wire, singular: string | undefined): string {
  if (typeof value !== 'object') return escapeXml(String(value));
  if (isList(value)) return value.map((item) => writeElement(singular ?? 'item', item)).join('');
  let content = '';
  for (const [name, inner] of Object.entries(value)) {
    if (inner !== undefined) content += writeElement(name, inner);
  }
  return content;
}

function isList(value: Wire): value is readonly Wire[] {
  return Array.isArray(value);
}

const SPECIAL = /[&<>"'\r\uFFFE\uFFFF]|[\p{Cc}--[\t\n\u007F-\u009F]]/gv;
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\r': '&#13;',
};

/**
 * Text for an element or an attribute. Characters that XML 1.0 §2.2 forbids (control characters, halves of surrogate pairs) become
 * U+FFFD; a carriage return is written as a reference, because a bare one is read as a line feed.
 */
export function escapeXml(text: string): string {
  return text.toWellFormed().replace(SPECIAL, (found) => ESCAPES[found] ?? '\uFFFD');
}

import { Unwelcome } from './unwelcome.ts';

/** How much of everything is taken. Each number has its test, and its row in docs/security.md. */
export const BOUNDS = {
  /** A body of JSON or of a form, where a route says nothing else. */
  bodyBytes: 1024 * 1024,
  /** Path and query; the longest of ours is a list's filter of some hundred characters. */
  addressChars: 8 * 1024,
  /** Names in a query, or in a form. */
  fields: 500,
  /** Lists and objects in each other. */
  depth: 24,
  /** Entries of one list or object in JSON: a day of orders is some ten thousand. */
  items: 50_000,
  /** Of multipart: fields, and files of which a route may take fewer. */
  partFields: 100,
  partFiles: 12,
  partFieldBytes: 64 * 1024,
  partNameBytes: 200,
  /** Of one line of the router, `:name`. */
  paramChars: 300,
} as const;

/** @throws Unwelcome `address-too-long`, `too-many-fields`, `not-text` */
export function checkAddress(url: string, params: unknown, query: unknown): void {
  if (url.length > BOUNDS.addressChars) {
    throw new Unwelcome(
      'address-too-long',
      `The address has ${url.length} characters; at most ${BOUNDS.addressChars} are taken.`,
    );
  }
  for (const part of [params, query]) checkFields((part ?? {}) as Readonly<Record<string, unknown>>);
}

/** Of a query or a form: names, each with a text or a list of texts. @throws Unwelcome `too-many-fields`, `not-text` */
function checkFields(fields: Readonly<Record<string, unknown>>): void {
  let count = 0;
  for (const name in fields) {
    for (const value of [fields[name]].flat()) {
      count += 1;
      if (count > BOUNDS.fields)
        throw new Unwelcome('too-many-fields', `At most ${BOUNDS.fields} fields are taken.`);
      checkText(name, name);
      if (typeof value === 'string') checkText(value, name);
    }
  }
}

/**
 * What a parser made of a body. Goes down without calling itself, so that depth costs no stack.
 * @throws Unwelcome `too-deep`, `list-too-long`, `not-text`
 */
export function checkBody(body: unknown): void {
  let level: (readonly [field: string, value: unknown])[] = [['', body]];
  for (let depth = 0; level.length > 0; depth += 1) {
    const below: (readonly [string, unknown])[] = [];
    for (const [field, value] of level) {
      if (typeof value === 'string') checkText(value, field);
      if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) continue;
      if (depth >= BOUNDS.depth)
        throw new Unwelcome('too-deep', `The body is nested deeper than ${BOUNDS.depth} levels.`);
      const entries = Object.entries(value);
      if (entries.length > BOUNDS.items) {
        throw new Unwelcome(
          'list-too-long',
          `${field || 'The body'} holds ${entries.length} entries; at most ${BOUNDS.items} are taken.`,
        );
      }
      for (const [name, inner] of entries) {
        checkText(name, name);
        below.push([name, inner]);
      }
    }
    level = below;
  }
}

/** No database of ours holds a NUL, and half of a surrogate pair is no character in any encoding. */
function checkText(text: string, field: string): void {
  if (!text.includes('\0') && text.isWellFormed()) return;
  const shown = field.replaceAll('\0', '').toWellFormed().slice(0, 60);
  throw new Unwelcome(
    'not-text',
    `${shown || 'The body'} holds what is no text: a NUL, or half a character.`,
  );
}

import type { Profile } from './profile.ts';

/**
 * The cells of one NDJSON line, in the order of `columns`. A name that the object lacks is tried as a path (`location.lat`). Strings stand as they are,
 * numbers with the digits they were written with, `null` is empty, lists of plain values are joined with `;`, other objects are
 * kept as JSON. Answers `undefined` where the line is not one JSON object.
 */
export function readJsonLine(line: string, columns: readonly string[]): string[] | undefined {
  const value = parse(line);
  if (!isRecord(value)) return undefined;
  return columns.map((column) => sayValue(find(value, column)));
}

/** Every column that a profile speaks of, each once: what an NDJSON file, which has no header, is asked for. */
export function referredColumns(profile: Profile): string[] {
  const names = new Set<string>(profile.header === true ? [] : profile.header);
  for (const [name, field] of Object.entries(profile.fields)) collect(name, field, names);
  for (const name of Object.keys(profile.values)) names.add(name);
  for (const name of profile.write?.columns ?? []) names.add(name);
  return [...names];
}

function parse(line: string): unknown {
  try {
    return LONG_NUMBER.test(line) ? JSON.parse(line, keepDigits) : JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const LONG_NUMBER = /\d{16}/;

/** Ids of more than 15 digits would lose their last ones as numbers. */
function keepDigits(_: string, value: unknown, context?: { readonly source?: string }): unknown {
  return typeof value === 'number' && !Number.isSafeInteger(value) ? (context?.source ?? value) : value;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function find(value: Readonly<Record<string, unknown>>, column: string): unknown {
  if (Object.hasOwn(value, column) || !column.includes('.')) return value[column];
  let at: unknown = value;
  for (const key of column.split('.')) at = isRecord(at) ? at[key] : undefined;
  return at;
}

function sayValue(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((part) => typeof part !== 'object')) return value.join(';');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Keys under which a field holds something else than columns. */
const NO_COLUMNS = new Set(['map', 'otherwise', 'orElse', 'value', 'with', 'system', 'confidentialWhen']);

function collect(key: string, field: unknown, names: Set<string>): void {
  if (NO_COLUMNS.has(key)) return;
  if (typeof field === 'string') names.add(field);
  else if (Array.isArray(field)) for (const part of field) collect('', part, names);
  else if (isRecord(field)) for (const [inner, part] of Object.entries(field)) collect(inner, part, names);
}

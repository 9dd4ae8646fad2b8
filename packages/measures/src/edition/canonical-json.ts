/**
 * A value as the one JSON text that stands for it: keys in the order of their code units, no spaces, fields that are `undefined` left
 * out. Two equal values give the same bytes, in any order of making. (The ordering and number form of RFC 8785.)
 *
 * @throws TypeError for what JSON cannot hold: NaN, infinities, functions
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`${value} has no form in JSON.`);
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object') return objectText(value as Readonly<Record<string, unknown>>);
  throw new TypeError(`A ${typeof value} has no form in JSON.`);
}

function objectText(value: Readonly<Record<string, unknown>>): string {
  const fields = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key])}`);
  return `{${fields.join(',')}}`;
}

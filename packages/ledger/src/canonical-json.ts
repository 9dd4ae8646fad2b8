/**
 * One spelling for one value: JSON without spaces, keys in the order of their UTF-16 units (RFC 8785). Keys whose value is `undefined`
 * are left out, as in JSON. Takes what JSON takes; a number must be finite. Some 3 µs a fact.
 *
 * @throws TypeError for anything that JSON has no word for
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return PLAIN.test(value) ? `"${value}"` : JSON.stringify(value);
  if (value === null || typeof value === 'boolean') return `${value}`;
  if (typeof value === 'number' && Number.isFinite(value)) return `${value}`;
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object') {
    const object = value as Readonly<Record<string, unknown>>;
    let text = '';
    for (const key of inOrder(Object.keys(object))) {
      const inner = object[key];
      if (inner !== undefined) text += `${text === '' ? '' : ','}${keyText(key)}${canonicalJson(inner)}`;
    }
    return `{${text}}`;
  }
  throw new TypeError(`JSON has no word for ${typeof value}.`);
}

/** Printable ASCII without the two characters that JSON escapes: most of what facts hold. */
const PLAIN = /^[ !#-[\]-~]*$/;

/** Most objects are written in order already. */
function inOrder(keys: string[]): readonly string[] {
  for (let i = 1; i < keys.length; i += 1) if (keys[i - 1]! > keys[i]!) return keys.sort();
  return keys;
}

/** Facts have the same few hundred keys again and again. */
const KEYS_MAX = 2_000;
const keyTexts = new Map<string, string>();

function keyText(key: string): string {
  const known = keyTexts.get(key);
  if (known !== undefined) return known;
  const text = `${JSON.stringify(key)}:`;
  if (keyTexts.size < KEYS_MAX) keyTexts.set(key, text);
  return text;
}

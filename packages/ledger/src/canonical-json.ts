/**
 * One spelling for one value: JSON without spaces, keys in the order of their UTF-16 units (RFC 8785). Keys whose value is `undefined`
 * are left out, as in JSON. Takes what JSON takes; a number must be finite.
 *
 * @throws TypeError for anything that JSON has no word for
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object') {
    const object = value as Readonly<Record<string, unknown>>;
    let text = '';
    for (const key of Object.keys(object).sort()) {
      const inner = object[key];
      if (inner !== undefined)
        text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(inner)}`;
    }
    return `{${text}}`;
  }
  throw new TypeError(`JSON has no word for ${typeof value}.`);
}

/** About how wide a text is, in ems: a Chinese character is one, a Latin letter somewhat over half. */
export function emsOf(text: string): number {
  let ems = 0;
  for (const char of text) ems += char.codePointAt(0)! > 0x2e7f ? 1 : 0.6;
  return ems;
}

/** Breaks a text into lines of at most so many ems: between Chinese characters, else at spaces. */
export function wrap(text: string, emsMax: number): readonly string[] {
  const parts = /\p{Script=Han}/u.test(text) ? [...text] : text.split(/(?<= )/);
  const lines: string[] = [];
  let line = '';
  for (const part of parts) {
    if (line !== '' && emsOf((line + part).trimEnd()) > emsMax) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += part;
  }
  return line === '' ? lines : [...lines, line.trimEnd()];
}

/** A text as it stands in SVG. */
export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

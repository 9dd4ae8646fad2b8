/**
 * Spreadsheets run a cell that begins with = + - @ (or tab, or return) as a formula, so a resident's words could run on a clerk's
 * machine (OWASP, "CSV Injection"). What we write as CSV or TSV is therefore prefixed with an apostrophe, which `unguardCell` takes
 * away again. A cell that already is an apostrophe before such a character gets one more: for every text, unguard(guard(text)) = text.
 */
export function guardCell(text: string): string {
  return DANGEROUS.test(text) ? `'${text}` : text;
}

export function unguardCell(text: string): string {
  return text.charCodeAt(0) === APOSTROPHE && GUARDED.test(text) ? text.slice(1) : text;
}

const APOSTROPHE = 39;
const DANGEROUS = /^'*[=+\-@\t\r]/;
const GUARDED = /^'+[=+\-@\t\r]/;

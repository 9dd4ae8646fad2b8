const PLACEHOLDER = /\{([A-Za-z][A-Za-z0-9]*)\}/g;

/** The names that a template asks for, each once, in order. */
export function placeholdersIn(template: string): readonly string[] {
  return [...new Set([...template.matchAll(PLACEHOLDER)].map(([, name]) => name!))];
}

/** Whether a brace is left over once every placeholder is taken out. */
export function strayBraces(template: string): boolean {
  return /[{}]/.test(template.replace(PLACEHOLDER, ''));
}

/** The template with its names filled in, in one pass: what is filled in is never read as a template. `—` where a value is missing. */
export function fillTemplate(template: string, values: Readonly<Record<string, string | undefined>>): string {
  return template.replace(PLACEHOLDER, (_, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? '—') : '—',
  );
}

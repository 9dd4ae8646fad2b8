/**
 * A pattern over the codes of kinds: the code itself (`lift.stuck`), a prefix that ends in a dot (`lift.` covers `lift` and
 * every kind under it), or `*` for all.
 */
export type KindMatch = 'exact' | 'prefix' | 'any';

const PATTERN = /^(?:\*|[^\s.*;]+(?:\.[^\s.*;]+)*\.?)$/u;

export function isKindPattern(text: string): boolean {
  return PATTERN.test(text);
}

export function matchOf(pattern: string): KindMatch {
  if (pattern === '*') return 'any';
  return pattern.endsWith('.') ? 'prefix' : 'exact';
}

export function coversKind(pattern: string, kind: string): boolean {
  if (pattern === '*' || pattern === kind) return true;
  return pattern.endsWith('.') && `${kind}.`.startsWith(pattern);
}

/** Every pattern that covers `kind`, most specific first: `a.b` → `a.b`, `a.b.`, `a.`, `*`. */
export function patternsFor(kind: string): readonly string[] {
  const patterns = [kind, `${kind}.`];
  for (let dot = kind.lastIndexOf('.'); dot > 0; dot = kind.lastIndexOf('.', dot - 1)) {
    patterns.push(kind.slice(0, dot + 1));
  }
  patterns.push('*');
  return patterns;
}

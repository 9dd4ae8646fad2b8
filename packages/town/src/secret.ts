import type { Town } from './town.ts';

/** Whether a case is seen by nobody but those who handle it: its kind has the trait `secret` (a report of abuse by duty). */
export function isSecret(town: Town, { kind }: { readonly kind: string }): boolean {
  return town.kinds.get(kind)?.traits.includes('secret') ?? false;
}

const KINDS = new WeakMap<Town, readonly string[]>();

/** The codes of all secret kinds of a town. */
export function secretKinds(town: Town): readonly string[] {
  const known = KINDS.get(town);
  if (known) return known;
  const made = [...town.kinds.values()]
    .filter((kind) => isSecret(town, { kind: kind.code }))
    .map(({ code }) => code);
  KINDS.set(town, made);
  return made;
}

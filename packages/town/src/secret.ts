import type { CaseId } from '@gezhi/basis';
import { type Actor, type Case, replay } from '@gezhi/cases';
import { caseKinds, loadFacts } from '@gezhi/storage';
import { mayIn } from './may.ts';
import { processOf, type Town } from './town.ts';

/** Whether a case is seen by nobody but those who handle it: its kind has the trait `secret` (a report of abuse by duty). */
export function isSecret(town: Town, { kind }: { readonly kind: string }): boolean {
  return town.kinds.get(kind)?.traits.includes('secret') ?? false;
}

/** Whether somebody may know of a case at all: of a secret one, only who holds a power over it by its scene's power list. */
export function maySee(town: Town, c: Case, by: Actor | undefined): boolean {
  if (!isSecret(town, c)) return true;
  if (!by) return false;
  return Object.values(processOf(town, c).actions).some(({ power }) => mayIn(town, power, c, by).allowed);
}

/**
 * Those of these rows whose case somebody may know of, in their order. Costs nothing where none is of a secret kind, else one read of
 * the histories of those that are.
 */
export async function seenBy<R extends { readonly case_id: CaseId; readonly kind: string }>(
  town: Town,
  by: Actor | undefined,
  rows: readonly R[],
): Promise<readonly R[]> {
  const hidden = await hiddenOf(
    town,
    by,
    rows.filter((row) => isSecret(town, row)).map((row) => row.case_id),
  );
  return hidden.size === 0 ? rows : rows.filter((row) => !hidden.has(row.case_id));
}

/** Which of these cases somebody may not know of; for what names cases without their kinds (facts, notices, photos). */
export async function hiddenFrom(
  town: Town,
  by: Actor | undefined,
  caseIds: readonly CaseId[],
): Promise<ReadonlySet<CaseId>> {
  if (secretKinds(town).length === 0 || caseIds.length === 0) return new Set();
  const kinds = await caseKinds(town.db.pool, town.district, [...new Set(caseIds)], secretKinds(town));
  return await hiddenOf(town, by, kinds);
}

async function hiddenOf(town: Town, by: Actor | undefined, secret: readonly CaseId[]): Promise<Set<CaseId>> {
  if (secret.length === 0 || !by) return new Set(secret);
  const histories = await loadFacts(town.db.pool, town.district, secret);
  return new Set(
    secret.filter((id) => {
      const c = replay(histories.get(id) ?? []);
      return c === undefined || !maySee(town, c, by);
    }),
  );
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

import type { Instant } from '@gezhi/basis';
import type { Case } from '@gezhi/cases';
import { type Duty, type DutyRole, isCommunity, isKnownAt, isValidAt, patternsFor } from '@gezhi/duty';
import type { Town } from '../town.ts';

/** A unit that a whistle may call, with the lines of the catalogue that give it a power there. */
export type ProposedUnit = {
  readonly unit: string;
  readonly grounds: readonly { readonly role: DutyRole; readonly kind: string; readonly basis: string }[];
};

const ROLES = ['lead', 'co', 'fallback'] as const;

/**
 * Who has a power over the kind of a case in its place, by the catalogue of duties: the most specific lines first, those that lead before
 * those that assist. Every unit comes with its basis; whoever whistles, those below it and communities are not proposed.
 */
export function proposeUnits(town: Town, c: Case, own: string, now: Instant): readonly ProposedUnit[] {
  const duties = patternsFor(c.kind).flatMap((pattern) =>
    ROLES.flatMap((role) => dutiesHere(town, c, pattern, role)),
  );
  const live = duties.filter((duty) => isValidAt(duty, now) && isKnownAt(duty, now));
  const mayBeCalled = ({ unit: code }: Duty): boolean => {
    const unit = town.units.get(code);
    return unit !== undefined && code !== own && !isCommunity(unit.kind) && unit.parent !== own;
  };
  const byUnit = Map.groupBy(live.filter(mayBeCalled), ({ unit }) => unit);
  return [...byUnit].map(([unit, lines]) => ({ unit, grounds: groundsOf(lines) }));
}

function groundsOf(lines: readonly Duty[]): ProposedUnit['grounds'] {
  const seen = new Map(lines.map(({ role, kind, basis }) => [`${role} ${basis}`, { role, kind, basis }]));
  return [...seen.values()];
}

/** Lines of one pattern and role that hold where the case lies. */
function dutiesHere(town: Town, c: Case, pattern: string, role: DutyRole): readonly Duty[] {
  const table = town.duties.catalogue.tables[role].get(pattern);
  if (!table) return [];
  const placed = Object.entries(c.place.layers).flatMap(([layer, codes]) =>
    codes.flatMap((code) => table.layers.get(layer)?.get(code) ?? []),
  );
  return [...placed, ...table.anywhere].map(({ duty }) => duty);
}

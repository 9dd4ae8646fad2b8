import type { Instant } from '@gezhi/basis';
import type { Case } from '@gezhi/cases';
import { type Duty, type DutyRole, isKnownAt, isValidAt } from '@gezhi/duty';
import type { Town } from '../town.ts';

const ROLES: readonly DutyRole[] = ['lead', 'co', 'fallback'];

/** So many lines are read by an arbiter; the most specific stand first. */
const LINES_MAX = 12;

/** The lines of the catalogue that speak of a matter's kind and place, whoever they name: what an arbiter reads before ruling. */
export function dutyLines(town: Town, c: Pick<Case, 'kind' | 'place'>, now: Instant): readonly Duty[] {
  const { tables } = town.duties.catalogue;
  const found: Duty[] = [];
  for (const role of ROLES) {
    for (const [pattern, table] of tables[role]) {
      if (!speaksOf(pattern, c.kind)) continue;
      for (const [layer, byCode] of table.layers)
        for (const code of c.place.layers[layer] ?? [])
          found.push(...(byCode.get(code) ?? []).map(({ duty }) => duty));
      found.push(...table.anywhere.map(({ duty }) => duty));
    }
  }
  return found
    .filter((duty) => isValidAt(duty, now) && isKnownAt(duty, now))
    .sort((a, b) => specific(b) - specific(a) || (a.unit < b.unit ? -1 : 1))
    .slice(0, LINES_MAX);
}

function speaksOf(pattern: string, kind: string): boolean {
  return pattern === '*' || pattern === kind || (pattern.endsWith('.') && kind.startsWith(pattern));
}

function specific({ kind, place }: Duty): number {
  return (kind === '*' ? 0 : kind.endsWith('.') ? 2 : 4) + (place === '*' ? 0 : 1);
}

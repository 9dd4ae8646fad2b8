import type { Case } from '@gezhi/cases';
import { may, type PowerRow, type PowerTable, type Resource } from '@gezhi/powers';

type Situation = Pick<Case, 'kind' | 'lead' | 'voices' | 'tasks'>;

/** Answers which row of the list lets anybody at all use a power over a case as it stands; `undefined` where nobody can. */
export type Holders = (power: string, c: Situation) => PowerRow | undefined;

const UNITS = ['a-unit', 'co-unit', 'unit-above', 'unit-below', 'another-unit'] as const;

/**
 * Looks for a holder among people made up to fit each row: one for each way a unit can stand to the case. They are asked through
 * `may()` itself, so that prohibitions count. What only the post `system` may do has no holder here.
 */
export function holdersOf(powers: PowerTable): Holders {
  const known = new Map<string, PowerRow | undefined>();
  return (power, c) => {
    const key = `${power}|${c.kind}|${c.lead ? 'led' : ''}|${c.tasks.length > 0 ? 'helped' : ''}|${Object.keys(c.voices).length > 0 ? 'asked' : ''}`;
    if (!known.has(key)) known.set(key, find(powers, power, c));
    return known.get(key);
  };
}

/** Whether the post `system` holds the power over the case. */
export function systemMay(powers: PowerTable, power: string, c: Situation): boolean {
  return may({ person: 'system', roles: ['system'] }, power, resourceOf(c, false), powers).allowed;
}

function find(powers: PowerTable, power: string, c: Situation): PowerRow | undefined {
  const resource = resourceOf(c, Object.keys(c.voices).length > 0);
  return powers.permits.find((row) => {
    if (row.roles?.every((role) => role === 'system')) return false;
    const table = { permits: [row], forbids: powers.forbids };
    return UNITS.some((unit) => may(actorOf(row, unit), power, resource, table).allowed);
  });
}

function actorOf(row: PowerRow, unit: string): Parameters<typeof may>[0] {
  return {
    person: 'somebody',
    post: {
      code: 'a-post',
      kind: row.postKinds?.[0] ?? 'a-kind',
      unit,
      unitKind: row.unitKinds?.[0] ?? 'a-kind',
      unitLevel: row.unitLevels?.[0] ?? 'a-level',
      place: 'somewhere',
    },
    roles: row.roles ?? [],
  };
}

function resourceOf(c: Situation, asked: boolean): Resource {
  return {
    kind: c.kind,
    ...(c.lead ? { leadUnit: 'a-unit' } : {}),
    coUnits: c.lead || c.tasks.length > 0 ? ['co-unit'] : [],
    ...(asked ? { requester: 'somebody' } : {}),
    places: ['somewhere'],
    unitAncestors: (unit) =>
      unit === 'a-unit' ? ['unit-above'] : unit === 'unit-below' ? ['a-unit', 'unit-above'] : [],
  };
}

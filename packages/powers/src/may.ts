import type { PowerRow, PowerTable } from './power-table.ts';
import { type Actor, type Resource, relates } from './relation.ts';

/** Why: the row of the published power list that decided, its sentence, and its legal basis. */
export type Because = {
  readonly policy: string;
  readonly text: { readonly zh: string; readonly en: string };
  readonly basis?: string;
};

export type Decision = { readonly allowed: boolean; readonly because: Because };

/** The policy named where no row speaks: what the list does not give is not allowed. */
export const DEFAULT_DENY = 'default-deny';

/**
 * Whether somebody may do something to something, and by which row of the list. One row that forbids beats every row that permits;
 * where none permits, it is denied. Among several rows that decide the same way, the first by id is named, so that the answer
 * does not depend on the order of the list. Reads nothing but its arguments; below 1 µs for a list of forty rows.
 *
 * (法无授权不可为; permit and forbid as Cedar reads them.)
 */
export function may(actor: Actor, power: string, resource: Resource, table: PowerTable): Decision {
  const forbid = table.forbids.find((row) => speaksOf(row, actor, power, resource));
  if (forbid) return { allowed: false, because: becauseOf(forbid) };
  const permit = table.permits.find((row) => speaksOf(row, actor, power, resource));
  if (permit) return { allowed: true, because: becauseOf(permit) };
  return { allowed: false, because: denied(power) };
}

/** What is said where no row speaks. */
export function denied(power: string): Because {
  return {
    policy: DEFAULT_DENY,
    basis: '《中共中央关于全面推进依法治国若干重大问题的决定》：法定职责必须为、法无授权不可为',
    text: {
      zh: `权力清单没有授予“${power}”这项权力。`,
      en: `The power list does not give this post the power "${power}" here.`,
    },
  };
}

function speaksOf(row: PowerRow, actor: Actor, power: string, resource: Resource): boolean {
  return (
    row.powers.some((pattern) => coversCode(pattern, power)) &&
    isOneOf(row.postKinds, actor.post?.kind) &&
    isOneOf(row.unitKinds, actor.post?.unitKind) &&
    isOneOf(row.unitLevels, actor.post?.unitLevel) &&
    (row.roles === undefined || row.roles.some((role) => actor.roles.includes(role))) &&
    (row.kinds === undefined || row.kinds.some((pattern) => coversCode(pattern, resource.kind ?? ''))) &&
    (row.during === undefined || row.during.some((state) => resource.during?.includes(state))) &&
    relates(row.relation, actor, resource)
  );
}

/** `a.b` is itself, `a.` is a and everything under it, `*` is everything. */
function coversCode(pattern: string, code: string): boolean {
  if (pattern === '*' || pattern === code) return true;
  return pattern.endsWith('.') && `${code}.`.startsWith(pattern);
}

function isOneOf(list: readonly string[] | undefined, value: string | undefined): boolean {
  return list === undefined || (value !== undefined && list.includes(value));
}

function becauseOf({ id, text, basis }: PowerRow): Because {
  return { policy: id, text, basis };
}

import { type CaseId, type Refusal, refuse } from '@gezhi/basis';
import type { Actor, Case } from '@gezhi/cases';
import { type Decision, denied, type Resource } from '@gezhi/powers';
import { type GateRow, gateRowsOf } from '@gezhi/storage';
import { holderOf, mayIn, unitsAbove } from '../may.ts';
import { isSecret } from '../secret.ts';
import { processOf, type Town } from '../town.ts';
import { statesAt } from './dated-states.ts';
import { gateOf } from './gate-of.ts';
import { noPower } from './no-power.ts';

/** Whether somebody sees a case, by its scene's power list. Nobody named sees none. */
export function maySee(town: Town, c: Case, by: Actor | undefined): boolean {
  return by !== undefined && mayIn(town, 'see', c, by).allowed;
}

/** The same, saying why not: `no-power` with policy, sentence and basis; of a secret case `no-such-case`, as of one that is not there. */
export function refuseSight(town: Town, c: Case, by: Actor | undefined): Refusal | undefined {
  const decision = by && mayIn(town, 'see', c, by);
  if (decision?.allowed) return undefined;
  if (!decision || isSecret(town, c)) return refuse('no-such-case', `There is no case ${c.caseId} here.`);
  return noPower('see', decision.because);
}

/** The same of a case by its id; one read by key. */
export async function refuseSightOf(
  town: Town,
  caseId: CaseId,
  by: Actor | undefined,
): Promise<Refusal | undefined> {
  const [row] = await gateRowsOf(town.db.pool, town.district, [caseId]);
  const decision = row && by && decideRow(town, by, row);
  if (decision?.allowed) return undefined;
  if (!row || !decision || isSecret(town, row))
    return refuse('no-such-case', `There is no case ${caseId} here.`);
  return noPower('see', decision.because);
}

/** Whether somebody may know that a case is there: a secret one is known to those who see it or hold a power over it. */
export function mayKnow(town: Town, c: Case, by: Actor): boolean {
  if (!isSecret(town, c) || maySee(town, c, by)) return true;
  return Object.values(processOf(town, c).actions).some(({ power }) => mayIn(town, power, c, by).allowed);
}

/** Those of these rows whose case somebody sees, in their order. One read by key; a list that pages is filtered by `heldBy` instead. */
export async function seenBy<R extends { readonly case_id: CaseId }>(
  town: Town,
  by: Actor | undefined,
  rows: readonly R[],
): Promise<readonly R[]> {
  const hidden = await hiddenFrom(
    town,
    by,
    rows.map((row) => row.case_id),
  );
  return hidden.size === 0 ? rows : rows.filter((row) => !hidden.has(row.case_id));
}

/** Which of these cases somebody does not see; for what names cases (facts, notices, photos). One read by key. */
export async function hiddenFrom(
  town: Town,
  by: Actor | undefined,
  caseIds: readonly CaseId[],
): Promise<ReadonlySet<CaseId>> {
  const asked = new Set(caseIds);
  if (!by || asked.size === 0) return asked;
  const rows = await gateRowsOf(town.db.pool, town.district, [...asked]);
  for (const row of rows) if (seesRow(town, by, row)) asked.delete(row.case_id);
  return asked;
}

/** Whether somebody sees the case of a row: what `heldBy` asks in SQL and `mayIn` of the case. Microseconds. */
export function seesRow(town: Town, by: Actor, row: GateRow): boolean {
  return decideRow(town, by, row).allowed;
}

function decideRow(town: Town, by: Actor, row: GateRow): Decision {
  const pack = row.scene === null ? undefined : town.packs.get(row.scene);
  if (!pack) return { allowed: false, because: denied('see') };
  return gateOf(town, pack).decide(holderOf(town, by), 'see', resourceOfRow(town, row));
}

function resourceOfRow(town: Town, { kind, place, unit, parties, against, finder }: GateRow): Resource {
  return {
    kind,
    secret: isSecret(town, { kind }),
    ...(unit === null ? {} : { leadUnit: unit }),
    coUnits: parties ?? [],
    against: against ?? [],
    ...(finder === null ? {} : { finder }),
    places: [],
    during: statesAt(town, place),
    unitAncestors: (code) => unitsAbove(town, code),
  };
}

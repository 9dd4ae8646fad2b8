import type { CaseId } from '@gezhi/basis';
import { type Action, type Case, type Fact, isFrom, type Process, pendingOf, replay } from '@gezhi/cases';
import type { WireNotice } from '@gezhi/contract';
import { loadFacts, type RulingRow, wordsOfCases } from '@gezhi/storage';
import { type KnownItem, mayIn, processOf, type Town, unitsAbove } from '@gezhi/town';
import type { Staff } from '../kit/visit.ts';

/** A case with everything its page tells: its facts, what was said by id of the words (erased ones are absent), its process. */
export type CaseView = {
  readonly c: Case;
  readonly facts: readonly Fact[];
  readonly said: ReadonlyMap<string, string>;
  readonly process: Process;
  /** Who was told of it, the newest first; only where staff look. */
  readonly told?: readonly WireNotice[];
  /** Items of knowledge that may answer it; only where staff look. */
  readonly known?: readonly KnownItem[];
  /** Rulings on the same kind and street; only where an objection waits for its own. */
  readonly past?: readonly RulingRow[];
};

/** A case as it stands; `undefined` where this district has none of that id. Two round trips. */
export async function findCaseView(town: Town, caseId: CaseId): Promise<CaseView | undefined> {
  const facts = (await loadFacts(town.db.pool, town.district, [caseId])).get(caseId);
  const c = replay(facts ?? []);
  if (!facts || !c) return undefined;
  // The first words of a voice that came by a merge lie with the case it came from.
  const from = facts.flatMap((fact) => (fact.type === 'absorbed' ? [fact.data.from] : []));
  const rows = await wordsOfCases(town.db.pool, town.district, [caseId, ...from]);
  return {
    c,
    facts,
    said: new Map(rows.map((row) => [row.id, row.said])),
    process: processOf(town, c),
  };
}

/** Acts that no form here offers: voices join by intake, photos come with their own door, and who is called back is not chosen. */
const NOT_BY_FORM: ReadonlySet<string> = new Set(['join', 'photograph', 'callBack', 'tryCallback']);

/** What somebody can do to a case now, those that move it first, in the order of the process. Guards are asked when it is done. */
export function possibleActions(town: Town, { c, process }: CaseView, staff: Staff): readonly Action[] {
  const possible = Object.values(process.actions).filter(
    (action) =>
      !NOT_BY_FORM.has(action.act) &&
      isFrom(action, c) &&
      hasMatter(action, c) &&
      mayIn(town, action.power, c, staff.actor).allowed,
  );
  return [...possible.filter((a) => a.to !== undefined), ...possible.filter((a) => a.to === undefined)];
}

/** Whether the act has something to act on. */
function hasMatter({ act, about }: Action, c: Case): boolean {
  const voices = Object.values(c.voices);
  switch (act) {
    case 'unmerge':
      return c.mergedInto !== undefined;
    case 'finishTask':
      return c.tasks.some((task) => task.doneAt === undefined);
    case 'callBack':
      return voices.some((voice) => !voice.callback);
    case 'follow':
      return voices.length > 0;
    case 'tryCallback':
      return voices.some((voice) => !voice.callback);
    case 'stepTask':
      return c.tasks.some((task) => task.doneAt === undefined);
    case 'rule':
      return pendingOf(c.applications).some((a) => a.about === about);
    case 'apply':
      return about !== 'exclusion' || voices.some((voice) => !voice.excluded);
    case 'resume':
      return c.flags.includes('suspended');
    case 'acknowledge':
      return c.flags.includes('danger');
    default:
      return true;
  }
}

/** Whether a post may read what was said: it holds some power over the case, or its unit stands above the lead. */
export function mayRead(town: Town, { c, process }: CaseView, staff: Staff): boolean {
  if (c.lead && unitsAbove(town, c.lead.unit).includes(staff.unit.code)) return true;
  const powers = new Set(Object.values(process.actions).map((action) => action.power));
  return [...powers].some((power) => mayIn(town, power, c, staff.actor).allowed);
}

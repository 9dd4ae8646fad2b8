import { isRefusal, type Refusal } from '@gezhi/basis';
import {
  type Case,
  type Command,
  type Context,
  childEnded,
  decide,
  type Lead,
  open,
  replay,
} from '@gezhi/cases';
import { loadFacts } from '@gezhi/storage';
import { packOfKind, processOf, type Town } from './town.ts';
import type { Writing } from './writing.ts';

/** The parts that a case is split into, each opened under the scene of its kind, and asked of the units that are named with it. */
export function openChildren(
  town: Town,
  command: Command<'split'>,
  parent: Case,
  context: Context,
  writing: Writing,
): Refusal | undefined {
  for (const child of command.input.children) {
    const { process } = packOfKind(town, child.kind);
    const opened = open(
      process,
      {
        district: parent.district,
        caseId: child.caseId,
        by: command.by,
        cause: command.commandId,
        openedAt: context.now,
        kind: child.kind,
        kindBecause: 'stated',
        place: child.place ?? parent.place,
        parent: parent.caseId,
        ...leadOf(town, child.kind, command, parent, context),
        ...(parent.against ? { against: parent.against } : {}),
        ...(child.words ? { words: child.words } : {}),
      },
      context,
    );
    if (isRefusal(opened)) return opened;
    const asked = askUnits(process, command, child.units ?? [], opened, context);
    if (isRefusal(asked)) return asked;
    writing.opened.push(asked.after);
    writing.facts.push(...asked.facts);
  }
  return undefined;
}

/** The unit that leads a part from the start, where its scene says so. */
function leadOf(
  town: Town,
  kind: string,
  { by }: Command,
  parent: Case,
  context: Context,
): { readonly lead?: Lead } {
  const leads = town.kinds.get(kind)?.leads;
  const opener = context.unitOf(by);
  if (leads === 'opener' && opener !== undefined) return { lead: { unit: opener, post: by.post } };
  return leads === 'parent' && parent.lead ? { lead: parent.lead } : {};
}

type Opened = { readonly facts: Writing['facts']; readonly after: Case };

function askUnits(
  process: ReturnType<typeof processOf>,
  command: Command,
  units: readonly string[],
  opened: { readonly facts: readonly Writing['facts'][number][]; readonly after: Case },
  context: Context,
): Opened | Refusal {
  let { after } = opened;
  const facts = [...opened.facts];
  const action = Object.values(process.actions).find((a) => a.act === 'task');
  for (const unit of action ? units : []) {
    const asked = decide(
      process,
      after,
      { commandId: command.commandId, action: action!.name, by: command.by, input: { task: unit, unit } },
      context,
    );
    if (isRefusal(asked)) return asked;
    after = asked.after;
    facts.push(...asked.facts);
  }
  return { facts, after };
}

/** Tells the parent, in the same transaction, that a part of it has come to its end. */
export async function endInParent(
  town: Town,
  before: Case,
  after: Case,
  context: Context,
  writing: Writing,
): Promise<void> {
  const { parent } = after;
  if (!parent || before.endedAt !== undefined || after.endedAt === undefined) return;
  const facts = (await loadFacts(town.db.pool, town.district, [parent])).get(parent);
  const state = replay(facts ?? []);
  if (!state) return;
  const noted = childEnded(processOf(town, state), state, after, context);
  if (isRefusal(noted)) throw new Error(`case ${parent} cannot hear of its part: ${noted.because}`);
  if (noted.facts.length === 0) return;
  writing.changed.push(noted.after);
  writing.facts.push(...noted.facts);
}

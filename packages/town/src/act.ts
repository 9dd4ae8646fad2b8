import { type CaseId, type Instant, isRefusal, type Refusal, refuse } from '@gezhi/basis';
import {
  type Actor,
  type Bend,
  type Case,
  type Command,
  type Context,
  type Decision,
  decide,
  decideMerge,
  decideUnmerge,
  type Fact,
  nextDue,
  type Process,
  type Ref,
  replay,
} from '@gezhi/cases';
import { isValidAt } from '@gezhi/duty';
import {
  appendFacts,
  caseNowOf,
  insertCases,
  insertWords,
  inTransaction,
  isConflict,
  keepAnswer,
  keptAnswer,
  loadFacts,
  moveRequests,
  openMonths,
  updateCases,
} from '@gezhi/storage';
import { endInParent, openChildren } from './act-children.ts';
import { contextOf } from './context.ts';
import { locate } from './locate.ts';
import { refuseCommunity } from './refuse-community.ts';
import { isSecret } from './secret.ts';
import { processOf, type Town } from './town.ts';
import { keepWords, newId } from './words.ts';
import type { Writing } from './writing.ts';

/**
 * A command as it is sent: words are text here and become references on the way in. `input` is what the act of the action needs
 * (`ActInput` in the cases room), with `words`, `what` and `evidence` as text.
 */
export type Order = {
  readonly commandId: string;
  readonly caseId: CaseId;
  readonly action: string;
  readonly by: Actor;
  readonly expectedSeq?: number;
  readonly occurredAt?: Instant;
  readonly bend?: { readonly reason: string; readonly approver: string };
  readonly input?: Readonly<Record<string, unknown>>;
};

/** What a command did: the case as it stands now and the facts that made it so. */
export type Done = {
  readonly caseId: CaseId;
  readonly seq: number;
  readonly state: string;
  readonly phase: string;
  readonly facts: readonly { readonly caseId: CaseId; readonly seq: number; readonly type: string }[];
  readonly children?: readonly CaseId[];
};

const TRIES = 5;

/** Refuses `bad-time`: what was done outside is told within two days. */
export function refuseTime(occurredAt: Instant, now: Instant): Refusal | undefined {
  if (occurredAt <= now + 60_000 && occurredAt >= now - BACKDATE_MAX_MS) return undefined;
  return refuse('bad-time', 'A thing done is told within two days, and never before it happened.', {
    occurredAt,
  });
}

/** How far back somebody may say that a thing happened: a day of field work without network, and one to spare. */
const BACKDATE_MAX_MS = 2 * 24 * 3_600_000;

/**
 * Carries a command out, once: the same `commandId` again answers what it answered first. A command that had seen an older case is
 * refused as `stale`, with the facts in between. One transaction; four to eight round trips.
 */
export async function act(town: Town, order: Order, now: Instant): Promise<Done | Refusal> {
  const kept = await keptAnswer(town.db.pool, town.district, order.commandId);
  if (kept) return kept as Done | Refusal;
  for (let attempt = 1; ; attempt += 1) {
    try {
      const done = await actOnce(town, order, now);
      if (!isRefusal(done)) return done;
      // Its own twin may have carried it out since we looked, and refuses it for that reason.
      return ((await keptAnswer(town.db.pool, town.district, order.commandId)) as Done | undefined) ?? done;
    } catch (error) {
      if (!isConflict(error) || attempt === TRIES) throw error;
      const answered = await keptAnswer(town.db.pool, town.district, order.commandId);
      if (answered) return answered as Done | Refusal;
    }
  }
}

async function actOnce(town: Town, order: Order, now: Instant): Promise<Done | Refusal> {
  const related = typeof order.input?.into === 'string' ? [order.input.into as CaseId] : [];
  const histories = await loadFacts(town.db.pool, town.district, [order.caseId, ...related]);
  const facts = histories.get(order.caseId);
  const before = replay(facts ?? []);
  if (!facts || !before) return refuse('no-such-case', `There is no case ${order.caseId} here.`);
  if (order.expectedSeq !== undefined && order.expectedSeq !== before.seq) {
    const since = facts
      .filter((fact) => fact.seq > order.expectedSeq!)
      .map(({ seq, type, by, recordedAt }) => ({ seq, type, by, recordedAt }));
    return refuse('stale', `The case has moved on since fact ${order.expectedSeq}.`, {
      seq: before.seq,
      since,
    });
  }
  const writing: Writing = { words: [], changed: [], opened: [], facts: [], moves: [] };
  const command = commandOf(town, order, before, writing, now);
  if (isRefusal(command)) return command;
  const outside = refuseCommunity(town, command, before, now);
  if (outside) return outside;
  const context = contextOf(town, now);
  const decided = await decideOn(town, command, before, histories, context, writing);
  if (isRefusal(decided)) return decided;
  await endInParent(town, before, decided.after, context, writing);
  const done = doneOf(decided.after, writing);
  await write(town, order, writing, done, context);
  return done;
}

function commandOf(
  town: Town,
  order: Order,
  before: Case,
  writing: Writing,
  now: Instant,
): Command | Refusal {
  const keep = (said: unknown): Ref => {
    const words = keepWords(now, before.caseId, null, String(said));
    writing.words.push(words.row);
    return words.ref;
  };
  const occurredAt = order.occurredAt ?? now;
  const tooLate = refuseTime(occurredAt, now);
  if (tooLate) return tooLate;
  const input: Record<string, unknown> = { ...order.input };
  for (const key of ['words', 'what', 'evidence', 'reason', 'condition']) {
    if (key === 'reason' && !isApplication(town, order, before)) continue;
    if (input[key] === '' || input[key] === undefined) delete input[key];
    else if (typeof input[key] === 'string') input[key] = keep(input[key]);
  }
  if (typeof input.place === 'object' && input.place !== null && !('layers' in input.place)) {
    input.place = locate(town, { source: '', id: '', type: '', occurredAt, channel: '', ...input.place });
  }
  if (Array.isArray(input.children)) {
    input.children = input.children.map((child: { kind: string; words?: string }) => ({
      ...child,
      caseId: newId(now),
      ...(child.words ? { words: keep(child.words) } : {}),
    }));
  }
  return {
    commandId: order.commandId,
    action: order.action,
    by: order.by,
    ...(order.occurredAt === undefined ? {} : { occurredAt: order.occurredAt }),
    ...(order.bend ? { bend: bendOf(town, order.bend, now, keep) } : {}),
    input: input as Command['input'],
  };
}

/** `reason` is prose in an application, and a code in what is declined. */
function isApplication(town: Town, order: Order, before: Case): boolean {
  return processOf(town, before).actions[order.action]?.act === 'apply';
}

function bendOf(
  town: Town,
  { reason, approver }: NonNullable<Order['bend']>,
  now: Instant,
  keep: (said: string) => Ref,
): Bend {
  const persons = town.staff
    .filter((seat) => seat.post === approver && isValidAt(seat, now))
    .map((seat) => seat.person);
  return { reason: keep(reason), approver, persons };
}

async function decideOn(
  town: Town,
  command: Command,
  before: Case,
  histories: ReadonlyMap<CaseId, readonly Fact[]>,
  context: Context,
  writing: Writing,
): Promise<Decision | Refusal> {
  const process = processOf(town, before);
  const kind = process.actions[command.action]?.act;
  if (kind === 'merge' || kind === 'unmerge') {
    return await decidePair(town, kind, command, before, histories, context, writing);
  }
  const decision = decide(process, before, command, context);
  if (isRefusal(decision)) return decision;
  if (kind !== 'split') {
    note(writing, decision);
    return decision;
  }
  const split = command as Command<'split'>;
  const told = tellOpenly(town, process, split, before, context, decision);
  if (isRefusal(told)) return told;
  if (told.facts.length > 0) note(writing, told);
  return openChildren(town, split, before, context, writing) ?? told;
}

/** What the parent is told of its parts: nothing of those of secret kinds, which know their parent but are not known to it. */
function tellOpenly(
  town: Town,
  process: Process,
  command: Command<'split'>,
  before: Case,
  context: Context,
  decision: Decision,
): Decision | Refusal {
  const children = command.input.children.filter((child) => !isSecret(town, child));
  if (children.length === command.input.children.length) return decision;
  if (children.length === 0) return { facts: [], after: before };
  return decide(process, before, { ...command, input: { ...command.input, children } }, context);
}

async function decidePair(
  town: Town,
  act: 'merge' | 'unmerge',
  command: Command,
  source: Case,
  histories: ReadonlyMap<CaseId, readonly Fact[]>,
  context: Context,
  writing: Writing,
): Promise<Decision | Refusal> {
  const targetId = act === 'merge' ? (command.input as { into: CaseId }).into : source.mergedInto;
  if (!targetId) return refuse('not-merged', 'The case is not merged.');
  const facts =
    histories.get(targetId) ?? (await loadFacts(town.db.pool, town.district, [targetId])).get(targetId);
  const target = replay(facts ?? []);
  if (!target) return refuse('no-such-case', `There is no case ${targetId} here.`);
  const [process, targetProcess] = [processOf(town, source), processOf(town, target)];
  const both =
    act === 'merge'
      ? decideMerge(process, source, target, command as Command<'merge'>, context, targetProcess)
      : decideUnmerge(process, source, target, command as Command<'unmerge'>, context, targetProcess);
  if (isRefusal(both)) return both;
  note(writing, both.source);
  note(writing, both.target);
  const to = act === 'merge' ? both.target.after : both.source.after;
  const numbers = act === 'merge' ? Object.keys(source.voices) : Object.keys(both.source.after.voices);
  writing.moves.push({ numbers, to: to.caseId });
  return both.source;
}

function note(writing: Writing, decision: Decision): void {
  writing.changed.push(decision.after);
  writing.facts.push(...decision.facts);
}

function doneOf(after: Case, writing: Writing): Done {
  return {
    caseId: after.caseId,
    seq: after.seq,
    state: after.state,
    phase: after.phase,
    facts: writing.facts.map(({ caseId, seq, type }) => ({ caseId, seq, type })),
    ...(writing.opened.length ? { children: writing.opened.map((c) => c.caseId) } : {}),
  };
}

async function write(
  town: Town,
  order: Order,
  writing: Writing,
  done: Done,
  context: Context,
): Promise<void> {
  const { now } = context;
  const rowOf = (c: Case): ReturnType<typeof caseNowOf> =>
    caseNowOf(c, now, nextDue(processOf(town, c), c, context.due));
  if (writing.opened.length)
    await openMonths(
      town.db.pool,
      writing.opened.map((c) => c.caseId),
    );
  await inTransaction(town.db.pool, async (client) => {
    await keepAnswer(client, town.district, order.commandId, now, done);
    await insertWords(client, town.district, writing.words);
    await insertCases(client, town.district, writing.opened.map(rowOf));
    await updateCases(client, town.district, writing.changed.map(rowOf));
    for (const { numbers, to } of writing.moves) await moveRequests(client, town.district, numbers, to);
    await appendFacts(client, town.district, writing.facts);
  });
}

import { type CaseId, type Instant, isRefusal, type Refusal, refuse } from '@gezhi/basis';
import { type Case, evolve } from './case.ts';
import type { ActInput, Command } from './command.ts';
import type { Actor, CasePlace, Draft, Due, Fact, Lead, Move, Reason } from './fact.ts';
import { isOpenPhase } from './phase.ts';
import { type Act, type Action, type GuardView, guardView, type Process } from './process.ts';

/** Whom the catalogue names for a matter, with its reasons and the inputs it read; or that nobody is clear, and why. */
export type Route = { readonly because: readonly Reason[]; readonly reads: readonly string[] } & (
  | {
      readonly unclear?: false;
      readonly lead: Lead;
      readonly coUnits: readonly string[];
      readonly cc?: readonly string[];
      readonly basis: string;
      readonly catalogue: string;
    }
  | { readonly unclear: true }
);

/**
 * The world as a decision may see it: plain values and pure functions that the shell has bound. `may` answers for the acting
 * person, `due` for the town's calendar and clock profile, `route` for its catalogue of duties.
 */
export type Context = {
  readonly now: Instant;
  readonly may: (
    power: string,
    c: Case,
    by: Actor,
  ) => { readonly allowed: boolean; readonly because: Reason };
  readonly due: (clock: string, c: Case, startedAt: Instant) => Due | undefined;
  readonly route: (c: Case) => Route;
};

export const SYSTEM: Actor = { post: 'system' };

/** New facts in order (the log gives positions), and the case as it is after them. */
export type Decision = { readonly facts: readonly Fact[]; readonly after: Case };

/**
 * What a command does to a case: facts, or a refusal with its reasons. Pure: the same arguments give the same answer. Then what the
 * process does by itself is done too (at most eight steps, so that a process that runs in a circle is refused, not hung).
 *
 * Refuses: `unknown-action`, `not-now`, `no-power`, `stale`, `guard`, and what each act refuses in its own words.
 * Merging and un-merging touch two cases: see `merge.ts`.
 */
export function decide(
  process: Process,
  before: Case,
  command: Command,
  context: Context,
): Decision | Refusal {
  if (command.expectedSeq !== undefined && command.expectedSeq !== before.seq) {
    return refuse('stale', `The case has moved on since fact ${command.expectedSeq}.`, { seq: before.seq });
  }
  const work = new Work(before, command, context);
  const refusal = act(process, work, command);
  if (refusal) return refusal;
  return automatic(process, work, context) ?? { facts: work.facts, after: work.state };
}

/** One decision in the making: collects facts and folds them, so that each step sees the case as the step before left it. */
export class Work {
  readonly facts: Fact[] = [];
  state: Case;
  readonly context: Context;
  #by: Actor;
  readonly #cause: string;
  readonly #occurredAt: Instant;

  constructor(state: Case, from: { by: Actor; commandId: string; occurredAt?: Instant }, context: Context) {
    this.state = state;
    this.context = context;
    this.#by = from.by;
    this.#cause = from.commandId;
    this.#occurredAt = from.occurredAt ?? context.now;
  }

  add(draft: Draft): void {
    const fact = factOf(draft, {
      district: this.state.district,
      caseId: this.state.caseId,
      seq: this.state.seq + 1,
      occurredAt: this.#occurredAt,
      recordedAt: this.context.now,
      by: this.#by,
      cause: this.#cause,
    });
    this.facts.push(fact);
    this.state = evolve(this.state, fact);
  }

  actAs(by: Actor): void {
    this.#by = by;
  }

  get by(): Actor {
    return this.#by;
  }
}

export function factOf(draft: Draft, envelope: Omit<Fact, 'type' | 'data' | 'v' | 'position'>): Fact {
  return { ...envelope, position: 0, v: 1, type: draft.type, data: draft.data } as Fact;
}

function act(process: Process, work: Work, command: Command): Refusal | undefined {
  const action = process.actions[command.action];
  if (!action) {
    return refuse('unknown-action', `The process ${process.id} has no action "${command.action}".`, {
      actions: Object.keys(process.actions),
    });
  }
  const refusal = isPossible(action, work, command);
  if (refusal) return refusal;
  const outcome = HANDLERS[action.act](work, command.input as never, process, action);
  return isRefusal(outcome) ? outcome : undefined;
}

function isPossible(action: Action, work: Work, command: Command): Refusal | undefined {
  const { state, context } = work;
  if (!isFrom(action, state)) {
    return refuse('not-now', `"${action.name}" is not possible while the case is "${state.state}".`, {
      state: state.state,
      phase: state.phase,
    });
  }
  const power = context.may(action.power, state, work.by);
  if (!power.allowed) {
    return refuse('no-power', `The post "${work.by.post}" may not do "${action.name}".`, {
      because: power.because,
    });
  }
  if (action.guards.length === 0) return undefined;
  const view = viewOf(work, command.input as GuardView['input']);
  for (const guard of action.guards) {
    if (guard.test(view)) continue;
    if (guard.hardness === 'hard' || !command.bend) {
      return refuse('guard', guard.because.en, {
        guard: guard.id,
        hardness: guard.hardness,
        words: guard.because,
      });
    }
    work.add({ type: 'bent', data: { action: action.name, guard: guard.id, ...command.bend } });
  }
  return undefined;
}

/** Whether an action is open in the state the case is in; powers and guards are asked apart. */
export function isFrom(action: Action, c: Case): boolean {
  if (c.mergedInto && action.act !== 'unmerge') return false;
  if (action.from === 'any') return true;
  return action.from === 'open' ? isOpenPhase(c.phase) : action.from.has(c.state);
}

function automatic(process: Process, work: Work, context: Context): Refusal | undefined {
  for (let step = 0; step < 8; step += 1) {
    const here = process.automatics.filter((a) => a.state === work.state.state);
    if (here.length === 0) return undefined;
    const view = viewOf(work, {});
    const next = here.find((a) => a.when(view));
    if (!next) return undefined;
    work.actAs(SYSTEM);
    const seq = work.state.seq;
    const refusal = act(process, work, {
      commandId: work.facts[0]!.cause,
      action: next.action,
      by: SYSTEM,
      input: { because: [{ code: 'automatic', state: work.state.state }] },
    });
    if (refusal) return refusal;
    if (work.state.seq === seq || work.state.state === next.state) return undefined;
  }
  return refuse('runs-in-circles', `The process ${process.id} does not come to rest.`, { now: context.now });
}

function viewOf(work: Work, input: GuardView['input']): GuardView {
  const { state, context } = work;
  let clear: boolean | undefined;
  const view = guardView(state, { now: context.now, routeClear: false, input });
  return {
    ...view,
    case: Object.defineProperty({ ...view.case }, 'routeClear', {
      enumerable: true,
      get: () => (clear ??= !context.route(state).unclear),
    }),
  };
}

function moveTo(process: Process, action: Action, result?: string): Move | Record<never, never> {
  const to = typeof action.to === 'string' ? action.to : action.to?.[result ?? ''];
  return to ? { to, phase: process.states[to]!.phase } : {};
}

type Handler<A extends Act> = (
  work: Work,
  input: ActInput[A],
  process: Process,
  action: Action,
) => Refusal | undefined;

/** One handler an act: it refuses, or adds the facts that say what happened. */
const HANDLERS: { readonly [A in Act]: Handler<A> } = {
  join: (work, { voice, because }) => {
    if (work.state.voices[voice.number])
      return refuse('already-joined', `Request ${voice.number} speaks here already.`);
    work.add({ type: 'joined', data: { voice, because } });
    promise(work, voice.number);
  },
  follow: (work, input) => needVoice(work, input.number) ?? add(work, { type: 'followed', data: input }),
  photograph: (work, input) => add(work, { type: 'photographed', data: input }),
  setKind: (work, { kind, because }) => {
    if (kind === work.state.kind && work.state.kindBecause !== 'proposed') {
      return refuse('no-change', `The kind is "${kind}" already.`);
    }
    work.add({ type: 'kindSet', data: { kind, because: because ?? [] } });
  },
  setPlace: (work, { place, because }) =>
    add(work, { type: 'placeSet', data: { place, because: because ?? [] } }),
  triage: (work, _input, process, action) =>
    add(work, { type: 'triaged', data: moveTo(process, action) as Move }),
  answer: (work, input, process, action) =>
    add(work, { type: 'answered', data: { ...(moveTo(process, action) as Move), words: input.words } }),
  refer: (work, input, process, action) =>
    add(work, { type: 'referred', data: { ...(moveTo(process, action) as Move), ...input } }),
  decline: (work, input, process, action) =>
    add(work, { type: 'declined', data: { ...(moveTo(process, action) as Move), ...input } }),
  dispatch,
  accept: (work, _input, process, action) =>
    add(work, { type: 'accepted', data: moveTo(process, action) as Move }),
  contact: (work, input, process, action) =>
    add(work, { type: 'contacted', data: { ...(moveTo(process, action) as Move), ...input } }),
  note: (work, input) => add(work, { type: 'noted', data: input }),
  task: (work, input) => {
    if (work.state.tasks.some((t) => t.task === input.task))
      return refuse('already-there', `Task ${input.task} exists.`);
    work.add({ type: 'tasked', data: { role: 'co', ...input } });
  },
  finishTask: (work, input) => {
    const task = work.state.tasks.find((t) => t.task === input.task);
    if (!task) return refuse('no-such-task', `The case has no task "${input.task}".`);
    if (task.doneAt !== undefined) return refuse('no-change', `Task "${input.task}" is done already.`);
    work.add({ type: 'taskDone', data: input });
  },
  finish: (work, input, process, action) =>
    add(work, { type: 'done', data: { ...(moveTo(process, action, input.outcome) as Move), ...input } }),
  check: (work, input, process, action) =>
    add(work, {
      type: 'checked',
      data: { ...(moveTo(process, action, input.passed ? 'passed' : 'failed') as Move), ...input },
    }),
  callBack,
  close: (work, _input, process, action) => {
    const how = work.state.outcome === 'withdrawn' ? 'withdrawn' : 'calledBack';
    work.add({ type: 'closed', data: { ...(moveTo(process, action) as Move), how } });
  },
  reopen: (work, input, process, action) =>
    add(work, {
      type: 'reopened',
      data: { ...(moveTo(process, action) as Move), because: input.because ?? [] },
    }),
  split: (work, input) => {
    if (input.children.length === 0) return refuse('nothing-to-split', 'A split names at least one child.');
    for (const child of input.children)
      work.add({ type: 'split', data: { child: child.caseId, kind: child.kind } });
  },
  merge: () => refuse('two-cases', 'Merging touches two cases: use decideMerge.'),
  unmerge: () => refuse('two-cases', 'Un-merging touches two cases: use decideUnmerge.'),
  link: (work, input) => add(work, { type: 'linked', data: input }),
  exclude: (work, input) => needVoice(work, input.number) ?? add(work, { type: 'excluded', data: input }),
};

function add(work: Work, draft: Draft): undefined {
  work.add(draft);
}

function needVoice(work: Work, number: string): Refusal | undefined {
  if (work.state.voices[number]) return undefined;
  return refuse('no-such-request', `Request ${number} does not speak in this case.`, {
    mergedInto: work.state.mergedInto ?? null,
  });
}

/**
 * Sends the case to its lead. Nobody clear is said as a fact and the case stays where it is, in the triage queue. Each voice is
 * promised a moment once; a later dispatch moves the unit's clock, never the promise.
 */
function dispatch(
  work: Work,
  input: ActInput['dispatch'],
  process: Process,
  action: Action,
): Refusal | undefined {
  const route = input.lead ? byHand(input.lead, input) : work.context.route(work.state);
  if (isRefusal(route)) return route;
  if (route.unclear) {
    work.add({ type: 'routeUnclear', data: { because: route.because, reads: route.reads } });
    return undefined;
  }
  const { lead, coUnits, cc, basis, because, reads, catalogue } = route;
  work.add({
    type: 'dispatched',
    data: {
      ...(moveTo(process, action) as Move),
      lead,
      coUnits,
      ...(cc?.length ? { cc } : {}),
      basis,
      because,
      reads,
      catalogue,
    },
  });
  for (const number of Object.keys(work.state.voices)) promise(work, number);
  return undefined;
}

function byHand(lead: Lead, input: ActInput['dispatch']): Route | Refusal {
  if (!input.basis)
    return refuse('no-basis', 'A dispatch by hand names the law or list that gives the unit its duty.');
  return {
    lead,
    coUnits: input.coUnits ?? [],
    basis: input.basis,
    because: [{ code: 'by-hand' }],
    reads: ['person'],
    catalogue: 'by-hand',
  };
}

function promise(work: Work, number: string): void {
  const { state, context } = work;
  const voice = state.voices[number]!;
  if (voice.promised || !state.lead) return;
  const due = context.due('handle', state, state.lastAt.dispatched ?? context.now);
  if (due) work.add({ type: 'promised', data: { number, due } });
}

function callBack(
  work: Work,
  input: ActInput['callBack'],
  process: Process,
  action: Action,
): Refusal | undefined {
  const missing = needVoice(work, input.number);
  if (missing) return missing;
  if (work.state.voices[input.number]!.callback) {
    return refuse('already-called-back', `Request ${input.number} was called back already.`);
  }
  const owed = Object.values(work.state.voices).filter((voice) => !voice.callback).length;
  const move = moveTo(process, action, owed === 1 ? 'complete' : 'waiting');
  if ('unreachable' in input) {
    work.add({ type: 'unreachable', data: { number: input.number, ways: input.unreachable, ...move } });
  } else {
    work.add({
      type: 'calledBack',
      data: { number: input.number, answer: input.answer, way: input.way, ...move },
    });
  }
  return undefined;
}

/** What opens a case: everything intake found out, with its references. */
export type Opening = {
  readonly district: string;
  readonly caseId: CaseId;
  readonly by: Actor;
  readonly cause: string;
  readonly openedAt: Instant;
  readonly kind: string;
  readonly kindBecause: 'stated' | 'proposed' | 'none';
  readonly place: CasePlace;
} & Partial<Omit<Draft<'opened'>['data'], 'kind' | 'kindBecause' | 'place'>>;

/** Opens a case in the first state of its process, and goes on as far as the process goes by itself. */
export function open(process: Process, opening: Opening, context: Context): Decision | Refusal {
  const { district, caseId, by, cause, openedAt, ...rest } = opening;
  const fact = factOf(
    {
      type: 'opened',
      data: {
        scene: process.scene,
        pack: process.pack,
        process: process.id,
        ...rest,
        to: process.initial,
        phase: process.states[process.initial]!.phase,
      },
    },
    { district, caseId, seq: 1, occurredAt: openedAt, recordedAt: context.now, by, cause },
  );
  const work = new Work(evolve(undefined, fact), { by, commandId: cause, occurredAt: openedAt }, context);
  work.facts.push(fact);
  return automatic(process, work, context) ?? { facts: work.facts, after: work.state };
}

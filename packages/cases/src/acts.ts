import type { Refusal } from '@gezhi/basis';
import { isRefusal } from '@gezhi/basis';
import { EXCLUSION_REASONS, isExclusionReason } from '@gezhi/measures';
import type { ActInput } from './command.ts';
import { type Draft, type Lead, type Move, REFERRED_TO } from './fact.ts';
import type { Act, Action, Process } from './process.ts';
import { sayNo } from './refusals.ts';
import type { Route, Work } from './work.ts';

type Handler<A extends Act> = (
  work: Work,
  input: ActInput[A],
  process: Process,
  action: Action,
) => Refusal | undefined;

/**
 * One handler an act: it refuses, or adds the facts that say what happened. Each takes from the input what the fact is declared to
 * hold and nothing else: an input comes from outside, and a stray key could move the case or leave words in the log.
 */
export const HANDLERS: { readonly [A in Act]: Handler<A> } = {
  join: (work, { voice, because }) => {
    if (speaks(work, voice.number))
      return sayNo('already-joined', `Request ${voice.number} speaks here already.`);
    work.add({ type: 'joined', data: { voice, because } });
    promise(work, voice.number);
  },
  follow: (work, { number, words, signal }) =>
    refuseStranger(work, number) ??
    add(work, { type: 'followed', data: { number, words, ...some({ signal }) } }),
  photograph: (work, { media, number, public: shown }) =>
    refuseStranger(work, number) ??
    add(work, { type: 'photographed', data: { media, public: shown, ...some({ number }) } }),
  setKind: (work, { kind, because }) => {
    if (kind === work.state.kind && work.state.kindBecause !== 'proposed') {
      return sayNo('no-change', `The kind is "${kind}" already.`);
    }
    work.add({ type: 'kindSet', data: { kind, because: because ?? [] } });
  },
  setPlace: (work, { place, because }) =>
    add(work, { type: 'placeSet', data: { place, because: because ?? [] } }),
  triage: (work, _input, process, action) =>
    add(work, { type: 'triaged', data: moveOf(work, process, action) }),
  answer: (work, { words }, process, action) =>
    add(work, { type: 'answered', data: { words, ...moveOf(work, process, action) } }),
  refer: (work, { whom, words }, process, action) => {
    if (!REFERRED_TO.includes(whom))
      return sayNo('unknown-receiver', `Nobody is referred to "${whom}".`, { receivers: REFERRED_TO });
    return add(work, {
      type: 'referred',
      data: { whom, ...some({ words }), ...moveOf(work, process, action) },
    });
  },
  decline: (work, { reason, words }, process, action) =>
    add(work, { type: 'declined', data: { reason, words, ...moveOf(work, process, action) } }),
  dispatch,
  accept: (work, _input, process, action) =>
    add(work, { type: 'accepted', data: moveOf(work, process, action) }),
  contact: (work, { number, way }, process, action) =>
    refuseWordy({ way }) ??
    refuseStranger(work, number) ??
    add(work, { type: 'contacted', data: { way, ...some({ number }), ...moveOf(work, process, action) } }),
  note: (work, { words }) => add(work, { type: 'noted', data: { words } }),
  task: (work, { task, unit, role, what, dueAt }) => {
    const wordy = refuseWordy({ task });
    if (wordy) return wordy;
    if (work.state.tasks.some((t) => t.task === task))
      return sayNo('already-there', `Task ${task} exists.`, { task });
    work.add({ type: 'tasked', data: { task, unit, role: role ?? 'co', ...some({ what, dueAt }) } });
  },
  finishTask: (work, { task, words }) => {
    const known = work.state.tasks.find((t) => t.task === task);
    if (!known) return sayNo('no-such-task', `The case has no task "${task}".`, { task });
    if (known.doneAt !== undefined) return sayNo('no-change', `Task "${task}" is done already.`, { task });
    work.add({ type: 'taskDone', data: { task, ...some({ words }) } });
  },
  finish: (work, { outcome, words }, process, action) =>
    add(work, { type: 'done', data: { outcome, words, ...moveOf(work, process, action, outcome) } }),
  check: (work, { passed, unit, words }, process, action) => {
    const move = moveOf(work, process, action, passed ? 'passed' : 'failed');
    work.add({ type: 'checked', data: { passed, unit, ...some({ words }), ...move } });
    return undefined;
  },
  callBack,
  close: (work, _input, process, action) => {
    const how = work.state.outcome === 'withdrawn' ? 'withdrawn' : 'calledBack';
    work.add({ type: 'closed', data: { how, ...moveOf(work, process, action) } });
  },
  reopen: (work, { because }, process, action) => {
    const move = moveOf(work, process, action, work.state.lead ? 'led' : 'unled');
    work.add({ type: 'reopened', data: { because: because ?? [], ...move } });
  },
  split,
  merge: () => sayNo('two-cases', 'Merging touches two cases: use decideMerge.'),
  unmerge: () => sayNo('two-cases', 'Un-merging touches two cases: use decideUnmerge.'),
  link: (work, { system, number, dueAt, task }) => {
    const wordy = refuseWordy({ system, number });
    if (wordy) return wordy;
    if (task !== undefined && !work.state.tasks.some((t) => t.task === task))
      return sayNo('no-such-task', `The case has no task "${task}".`, { task });
    work.add({ type: 'linked', data: { system, number, ...some({ dueAt, task }) } });
  },
  exclude: (work, { number, reason, evidence }) => {
    if (!isExclusionReason(reason)) {
      const known = EXCLUSION_REASONS.join(', ');
      return sayNo('unknown-reason', `"${reason}" is no reason to exclude; there are ${known}.`, {
        reasons: EXCLUSION_REASONS,
      });
    }
    return (
      refuseStranger(work, number) ?? add(work, { type: 'excluded', data: { number, reason, evidence } })
    );
  },
};

function add(work: Work, draft: Draft): undefined {
  work.add(draft);
}

/** Only those of the values that are there. */
function some<T extends object>(values: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}

/** Where the act leads; a fact that moves a case always says where to, even where it stays. */
function moveOf(work: Work, process: Process, action: Action, result = ''): Move {
  return findMove(process, action, result) ?? { to: work.state.state, phase: work.state.phase };
}

function findMove(process: Process, action: Action, result: string): Move | undefined {
  const to = typeof action.to === 'string' ? action.to : action.to?.[result];
  return to === undefined ? undefined : { to, phase: process.states[to]!.phase };
}

function speaks(work: Work, number: string): boolean {
  return Object.hasOwn(work.state.voices, number);
}

/** Letters, digits and `. _ / # -`, beginning with a letter or digit, 64 at most: no room for a sentence. */
const IDENTIFIER = /^[\p{L}\p{N}][\p{L}\p{N}._/#-]{0,63}$/u;

/** A fact holds no words: what somebody typed enters it as an identifier, or not at all. */
function refuseWordy(values: Readonly<Record<string, string>>): Refusal | undefined {
  for (const [field, value] of Object.entries(values)) {
    if (!IDENTIFIER.test(value))
      return sayNo('bad-identifier', `"${value}" is no identifier of a ${field}.`, { field });
  }
  return undefined;
}

function refuseStranger(work: Work, number: string | undefined): Refusal | undefined {
  if (number === undefined || speaks(work, number)) return undefined;
  return sayNo('no-such-request', `Request ${number} does not speak in this case.`, { number });
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
      lead,
      coUnits,
      ...(cc?.length ? { cc } : {}),
      basis,
      because,
      reads,
      catalogue,
      ...moveOf(work, process, action),
    },
  });
  promiseAll(work);
  return undefined;
}

function byHand({ unit, post }: Lead, input: ActInput['dispatch']): Route | Refusal {
  if (!input.basis)
    return sayNo('no-basis', 'A dispatch by hand names the law or list that gives the unit its duty.');
  return {
    lead: { unit, ...some({ post }) },
    coUnits: input.coUnits ?? [],
    basis: input.basis,
    because: [{ code: 'by-hand' }],
    reads: ['person'],
    catalogue: 'by-hand',
  };
}

/** Promises a moment to each voice that was promised none, where the case has a lead. */
export function promiseAll(work: Work): void {
  for (const number of Object.keys(work.state.voices)) promise(work, number);
}

/**
 * The end of the handling term that runs; for a voice that comes when it has ended already, the end of a fresh one: nobody is promised
 * a moment that is past.
 */
function promise(work: Work, number: string): void {
  const { state, context } = work;
  if (state.voices[number]!.promised || !state.lead) return;
  const from = state.turns.findLast(({ type }) => type === 'dispatched' || type === 'reopened');
  const running = from && context.due('handle', state, from.at);
  const due = running && running.dueAt > context.now ? running : context.due('handle', state, context.now);
  if (due) work.add({ type: 'promised', data: { number, due } });
}

function callBack(
  work: Work,
  input: ActInput['callBack'],
  process: Process,
  action: Action,
): Refusal | undefined {
  const { number } = input;
  const ways = 'unreachable' in input ? input.unreachable : [input.way];
  const wordy = ways.reduce<Refusal | undefined>((found, way) => found ?? refuseWordy({ way }), undefined);
  if (wordy) return wordy;
  const stranger = refuseStranger(work, number);
  if (stranger) return stranger;
  if (work.state.voices[number]!.callback) {
    return sayNo('already-called-back', `Request ${number} was called back already.`, { number });
  }
  const move = findMove(process, action, work.state.owed === 1 ? 'complete' : 'waiting') ?? {};
  if ('unreachable' in input) {
    if (input.unreachable.length === 0)
      return sayNo('nothing-tried', 'Nobody is unreachable who was not tried: name the ways.', { number });
    work.add({ type: 'unreachable', data: { number, ways: input.unreachable, ...move } });
  } else {
    const { contacted, solved, satisfied } = input.answer;
    const answer = { contacted, solved, satisfied };
    work.add({ type: 'calledBack', data: { number, answer, way: input.way, ...move } });
  }
  return undefined;
}

function split(work: Work, { children }: ActInput['split']): Refusal | undefined {
  if (children.length === 0) return sayNo('nothing-to-split', 'A split names at least one child.');
  for (const { caseId: child, kind } of children) {
    if (child === work.state.caseId || work.state.children.includes(child))
      return sayNo('already-there', `Case ${child} is here already.`, { child });
    work.add({ type: 'split', data: { child, kind } });
  }
  return undefined;
}

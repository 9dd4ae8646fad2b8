import type { Refusal } from '@gezhi/basis';
import {
  add,
  findMove,
  type Handler,
  moveOf,
  refuseConcerned,
  refuseStranger,
  refuseWordy,
  some,
  speaks,
} from './act-tools.ts';
import type { ActInput } from './command.ts';
import { dispatch, promise } from './dispatch.ts';
import { REFERRED_TO } from './fact.ts';
import { PROCEDURE_HANDLERS, refuseTooFewTries } from './procedure-acts.ts';
import type { Act, Action, Process } from './process.ts';
import { sayNo } from './refusals.ts';
import type { Work } from './work.ts';

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
    const concerned = refuseConcerned(work, [unit]);
    if (concerned) return concerned;
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
  check: (work, { passed, unit, way, words }, process, action) => {
    const concerned = refuseConcerned(work, [unit]);
    if (concerned) return concerned;
    const move = moveOf(work, process, action, passed ? 'passed' : 'failed');
    work.add({ type: 'checked', data: { passed, unit, ...some({ way, words }), ...move } });
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
  ...PROCEDURE_HANDLERS,
};

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
    const early = refuseTooFewTries(work, process, number);
    if (early) return early;
    const tried = work.state.voices[number]!.tries?.map(({ way }) => way) ?? [];
    const all = [...new Set([...tried, ...input.unreachable])];
    work.add({ type: 'unreachable', data: { number, ways: all, ...move } });
  } else {
    const { contacted, solved, satisfied, coached } = input.answer;
    const answer = { contacted, solved, satisfied, ...some({ coached }) };
    work.add({ type: 'calledBack', data: { number, answer, way: input.way, ...move } });
  }
  return undefined;
}

function split(
  work: Work,
  { children }: ActInput['split'],
  _process: Process,
  action: Action,
): Refusal | undefined {
  if (children.length === 0) return sayNo('nothing-to-split', 'A split names at least one child.');
  for (const { caseId: child, kind } of children) {
    if (child === work.state.caseId || work.state.children.includes(child))
      return sayNo('already-there', `Case ${child} is here already.`, { child });
    if (action.kinds && !action.kinds.includes(kind))
      return sayNo('other-kind', `"${action.name}" makes ${action.kinds.join(', ')}, not "${kind}".`, {
        kinds: action.kinds,
      });
    const { raises } = work.context.kind(kind);
    work.add({ type: 'split', data: { child, kind, ...some({ raises }) } });
  }
  return undefined;
}

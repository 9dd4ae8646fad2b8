import type { Instant } from '@gezhi/basis';
import type { Case } from './case.ts';
import { type ApplicationAbout, OUTCOMES, type TaskStep } from './fact.ts';
import type { Phase } from './phase.ts';
import { pendingOf } from './procedure.ts';
import type { PauseRule, TurnType } from './turn.ts';

/** The closed list of what anybody can do to a case. A process names its own actions and says which act each of them is. */
export const ACTS = [
  'join',
  'follow',
  'photograph',
  'setKind',
  'setPlace',
  'triage',
  'answer',
  'refer',
  'decline',
  'dispatch',
  'accept',
  'contact',
  'note',
  'task',
  'finishTask',
  'finish',
  'check',
  'callBack',
  'close',
  'reopen',
  'split',
  'merge',
  'unmerge',
  'link',
  'advance',
  'huddle',
  'concern',
  'handOff',
  'acknowledge',
  'apply',
  'rule',
  'resume',
  'urge',
  'escalate',
  'takeLead',
  'stepTask',
  'rate',
  'tryCallback',
] as const;
export type Act = (typeof ACTS)[number];

/** The acts that end in one of several ways; a process may lead each to a state of its own. */
export const RESULTS: Readonly<Partial<Record<Act, readonly string[]>>> = {
  check: ['passed', 'failed'],
  callBack: ['waiting', 'complete'],
  finish: OUTCOMES,
  reopen: ['led', 'unled'],
  rule: ['granted', 'refused'],
};

/** The acts that need nothing to be said, and so can happen by themselves. */
export const WORDLESS_ACTS: readonly Act[] = [
  'triage',
  'dispatch',
  'accept',
  'close',
  'reopen',
  'advance',
  'escalate',
  'handOff',
];

export type Label = { readonly zh: string; readonly en: string };

/**
 * A condition over the case and the command, never over who acts (that is asked of `may()`). `hard` ends the matter;
 * `bendable` yields to a written reason and an approver, which becomes a fact and is counted.
 */
export type Guard = {
  readonly id: string;
  readonly hardness: 'hard' | 'bendable';
  readonly because: Label;
  readonly test: (view: GuardView) => boolean;
};

/**
 * One thing that can be done in some states. `to` names the state it leads to, or one for each result of the act (`RESULTS`: `callBack`
 * is complete when nobody is left to ask, `reopen` is led where the case has a lead); where none is named, the state stays.
 */
export type Action = {
  readonly name: string;
  readonly act: Act;
  readonly label: Label;
  readonly from: ReadonlySet<string> | 'any' | 'open';
  readonly to?: string | Readonly<Record<string, string>>;
  readonly power: string;
  readonly guards: readonly Guard[];
  /** What an `apply` applies for and a `rule` rules on. */
  readonly about?: ApplicationAbout;
  /** The kinds of children that a `split` of this name makes; any where left out. */
  readonly kinds?: readonly string[];
};

/** What happens by itself in a state as soon as its condition holds; the first that holds is taken, as the post `system`. */
export type Automatic = {
  readonly state: string;
  readonly action: string;
  readonly when: (view: GuardView) => boolean;
};

/**
 * A clock runs from the last turn that starts it to the next that stops it; its term comes from the scene's clock profile. One that
 * `needsRequests` runs only where somebody asked: there is nobody to contact or to call back in what staff found themselves.
 */
export type ClockRule = {
  readonly name: string;
  /** What people call it; a process that is made up in code may leave it out. */
  readonly label?: Label;
  readonly starts: readonly TurnType[];
  readonly stops: readonly TurnType[];
  readonly stage: string;
  readonly needsRequests?: boolean;
  /** Stands still while the case is suspended. */
  readonly pauses?: boolean;
  /** A right that lapses (to object, to ask for a review), not a duty that is late: nobody is told that it passed. */
  readonly window?: boolean;
  /** Ends at the moment that the turn itself names, not after a term. */
  readonly stated?: boolean;
};

/** A clock of each task: from its being asked, or a step of its unit, to another step or the delivery. */
export type TaskClockRule = {
  readonly name: string;
  readonly label?: Label;
  readonly starts: 'asked' | TaskStep;
  readonly stops: readonly (TaskStep | 'delivered')[];
  readonly stage: string;
};

/** What must have been tried before somebody counts as not reachable (三次、不同时段、两种方式). */
export type CallbackRule = { readonly tries: number; readonly ways: number; readonly apartMinutes: number };

export type State = { readonly name: string; readonly phase: Phase; readonly label: Label };

/** A process ready to run: the scene room reads it from data, checks it and compiles its conditions. */
export type Process = {
  readonly id: string;
  readonly scene: string;
  readonly pack: string;
  readonly initial: string;
  readonly merged?: string;
  readonly states: Readonly<Record<string, State>>;
  readonly actions: Readonly<Record<string, Action>>;
  readonly automatics: readonly Automatic[];
  readonly clocks: readonly ClockRule[];
  readonly pauses?: readonly PauseRule[];
  readonly taskClocks?: readonly TaskClockRule[];
  readonly callback?: CallbackRule;
};

/** What a condition may speak of; whole numbers are BigInt because CEL's `int` is. */
export type GuardView = {
  readonly case: {
    readonly kind: string;
    readonly kindBecause: string;
    readonly phase: string;
    readonly state: string;
    readonly flags: readonly string[];
    readonly place: string;
    readonly hasLead: boolean;
    readonly outcome: string;
    readonly requests: bigint;
    readonly requestKinds: readonly string[];
    readonly channels: readonly string[];
    readonly tasksOpen: bigint;
    readonly children: bigint;
    readonly reopenings: bigint;
    readonly reworks: bigint;
    readonly owed: bigint;
    readonly unsolved: bigint;
    readonly routeClear: boolean;
    readonly routeStale: boolean;
    readonly ageHours: bigint;
    /** What the scene says of the kind: words of its own, which its conditions ask for. */
    readonly traits: readonly string[];
    /** The clocks that have passed and not stopped, whether noted or not. */
    readonly late: readonly string[];
    /** What was applied for and not ruled on. */
    readonly pending: readonly string[];
    readonly objections: bigint;
    readonly escalations: bigint;
    /** Signs of danger that nobody was told of yet. */
    readonly signs: bigint;
    readonly childrenOpen: bigint;
    readonly callbacks: bigint;
    readonly tasks: bigint;
    readonly tasksUnsigned: bigint;
    readonly ratings: bigint;
    /** Units that the matter is about. */
    readonly against: bigint;
  };
  readonly input: Readonly<Record<string, string | boolean | bigint | readonly string[]>>;
};

/**
 * What conditions see of a case. `owed` counts voices not called back yet, `unsolved` those that said "not solved". `routeClear` and
 * `late` are read of the options when a condition asks for them.
 */
export function guardView(
  c: Case,
  options: {
    now: Instant;
    readonly routeClear: boolean;
    traits: readonly string[];
    readonly late: readonly string[];
    input?: GuardView['input'];
  },
): GuardView {
  const voices = Object.values(c.voices);
  const answers = voices.map((voice) => voice.callback?.answer);
  return {
    case: {
      kind: c.kind,
      kindBecause: c.kindBecause,
      phase: c.phase,
      state: c.state,
      flags: c.flags,
      place: c.place.code,
      hasLead: c.lead !== undefined,
      outcome: c.outcome ?? '',
      requests: BigInt(voices.length),
      requestKinds: [...new Set(voices.map((voice) => voice.requestKind))],
      channels: [...new Set(voices.map((voice) => voice.channel))],
      tasksOpen: BigInt(c.tasks.filter((task) => task.doneAt === undefined).length),
      children: BigInt(c.children.length),
      reopenings: BigInt(c.counts.reopenings),
      reworks: BigInt(c.counts.reworks),
      owed: BigInt(c.owed),
      unsolved: BigInt(answers.filter((a) => typeof a === 'object' && a.solved === 'no').length),
      get routeClear() {
        return options.routeClear;
      },
      routeStale: c.route?.stale ?? false,
      ageHours: BigInt(Math.max(0, Math.floor((options.now - c.openedAt) / 3_600_000))),
      traits: options.traits,
      get late() {
        return options.late;
      },
      ...procedureView(c),
      callbacks: BigInt(answers.filter((answer) => answer !== undefined).length),
    },
    input: options.input ?? {},
  };
}

type ProcedureView = Pick<
  GuardView['case'],
  | 'pending'
  | 'objections'
  | 'escalations'
  | 'signs'
  | 'childrenOpen'
  | 'tasks'
  | 'tasksUnsigned'
  | 'ratings'
  | 'against'
>;

function procedureView(c: Case): ProcedureView {
  const applications = c.applications ?? [];
  const told = new Set(c.handedOff ?? []);
  return {
    pending: pendingOf(applications).map((a) => a.about),
    objections: BigInt(applications.filter((a) => a.about === 'objection').length),
    escalations: BigInt(c.escalations ?? 0),
    signs: BigInt((c.signs ?? []).filter((sign) => !told.has(sign.to)).length),
    childrenOpen: BigInt(c.children.length - (c.endedChildren?.length ?? 0)),
    tasks: BigInt(c.tasks.length),
    tasksUnsigned: BigInt(c.tasks.filter((t) => !t.steps?.signed && t.doneAt === undefined).length),
    ratings: BigInt(c.ratings?.length ?? 0),
    against: BigInt(c.against?.length ?? 0),
  };
}

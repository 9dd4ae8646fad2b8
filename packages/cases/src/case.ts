import type { CaseId, Instant } from '@gezhi/basis';
import type {
  Actor,
  CarriedVoice,
  CasePlace,
  Due,
  Fact,
  HandedTo,
  Lead,
  Move,
  Outcome,
  Sign,
  TaskStep,
} from './fact.ts';
import type { Flag, Phase } from './phase.ts';
import type { Turn } from './turn.ts';

/** A unit's piece of a case: parallel tasks have one lead and co-units. */
export type Task = {
  readonly task: string;
  readonly unit: string;
  readonly role: 'lead' | 'co';
  readonly at: Instant;
  readonly dueAt?: Instant;
  readonly doneAt?: Instant;
  /** When its unit signed it, made contact, arrived, refused. */
  readonly steps?: Readonly<Partial<Record<TaskStep, Instant>>>;
};

/** Something that was applied for, and what came of it. */
export type Application = Omit<Fact<'applied'>['data'], keyof Move> & {
  readonly at: Instant;
  readonly by: Actor;
  /** Where the case stood, and goes back to where it is refused. */
  readonly before: Move;
  readonly ruled?: { readonly at: Instant; readonly granted: boolean; readonly by: Actor };
};

export type Rating = {
  readonly by: string;
  readonly of: string;
  readonly marks: Readonly<Record<string, number>>;
};

export type External = { readonly system: string; readonly number: string; readonly dueAt?: Instant };

/**
 * What a case is now: the fold of its facts by `evolve`, never stored and edited. State names are data of the process that the
 * case was opened under; code switches on `phase` and on fact types only.
 */
export type Case = {
  readonly caseId: CaseId;
  readonly district: string;
  readonly seq: number;
  readonly scene: string;
  readonly pack: string;
  readonly process: string;
  readonly state: string;
  readonly phase: Phase;
  readonly flags: readonly Flag[];
  readonly kind: string;
  readonly kindBecause: 'stated' | 'proposed' | 'decided' | 'none';
  readonly place: CasePlace;
  readonly openedAt: Instant;
  readonly openedBy: Actor;
  /** When its last fact was written down. */
  readonly recordedAt: Instant;
  readonly lead?: Lead;
  readonly coUnits: readonly string[];
  /** Which inputs the last routing read, and whether one of them has changed since. */
  readonly route?: { readonly reads: readonly string[]; readonly stale: boolean };
  readonly tasks: readonly Task[];
  /** The voices heard in this case now, by number. A merged case has none: they speak in the case it was merged into. */
  readonly voices: Readonly<Record<string, CarriedVoice>>;
  /** How many of them were not called back yet. */
  readonly owed: number;
  readonly externals: readonly External[];
  readonly parent?: CaseId;
  readonly children: readonly CaseId[];
  readonly mergedInto?: CaseId;
  /** Where it stood before it was merged, so that un-merging puts it back there. */
  readonly beforeMerge?: { readonly state: string; readonly phase: Phase };
  /** The numbers of the voices that went with the merge and come home with an un-merge. */
  readonly homeVoices?: readonly string[];
  readonly outcome?: Outcome;
  readonly closedHow?: 'calledBack' | 'stated' | 'withdrawn';
  /** When it came to the end at which it stands; absent while it is open. */
  readonly endedAt?: Instant;
  /** What clocks start and stop by, in the order of the facts. */
  readonly turns: readonly Turn[];
  readonly dispatchedFirstAt?: Instant;
  readonly counts: { readonly dispatches: number; readonly reopenings: number; readonly reworks: number };
  readonly latePassed: readonly string[];
  /** What follows is there only where it happened, so that a plain case stays small. */
  readonly applications?: readonly Application[];
  /** The units that the matter is about. */
  readonly against?: readonly string[];
  readonly signs?: readonly Sign[];
  /** Whom a danger was handed to and who has not acknowledged it yet: red until then. */
  readonly handedOff?: readonly HandedTo[];
  readonly acknowledged?: readonly HandedTo[];
  /** A longer term that was granted; it ends with the next dispatch or reopening. */
  readonly extension?: Due;
  readonly escalatedTo?: string;
  readonly escalations?: number;
  readonly leader?: { readonly unit: string; readonly post: string };
  /** When each unit urged last. */
  readonly urgedAt?: Readonly<Record<string, Instant>>;
  readonly ratings?: readonly Rating[];
  /** Children that have ended. */
  readonly endedChildren?: readonly CaseId[];
};

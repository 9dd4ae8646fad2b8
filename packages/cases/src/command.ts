import type { CaseId, Instant } from '@gezhi/basis';
import type { ExclusionReason } from '@gezhi/measures';
import type {
  Actor,
  CallbackAnswer,
  CasePlace,
  CheckWay,
  HandedTo,
  Lead,
  NotDispatched,
  Outcome,
  Reason,
  Ref,
  ReferredTo,
  TaskStep,
  Voice,
} from './fact.ts';
import type { Act } from './process.ts';

/** What each act needs besides the case: the words it carries are already in the erasable tables and come as references. */
export type ActInput = {
  join: { readonly voice: Voice; readonly because: readonly Reason[] };
  follow: { readonly number: string; readonly words: Ref; readonly signal?: { source: string; id: string } };
  photograph: { readonly media: Ref; readonly number?: string; readonly public: boolean };
  setKind: { readonly kind: string; readonly because?: readonly Reason[] };
  setPlace: { readonly place: CasePlace; readonly because?: readonly Reason[] };
  triage: Record<never, never>;
  answer: { readonly words: Ref };
  refer: { readonly whom: ReferredTo; readonly words?: Ref };
  decline: { readonly reason: NotDispatched; readonly words: Ref };
  /** Without `lead` the catalogue decides; with it a person does, and says by which law. */
  dispatch: { readonly lead?: Lead; readonly coUnits?: readonly string[]; readonly basis?: string };
  accept: Record<never, never>;
  contact: { readonly number?: string; readonly way: string };
  note: { readonly words: Ref };
  task: {
    readonly task: string;
    readonly unit: string;
    readonly role?: 'lead' | 'co';
    readonly what?: Ref;
    readonly dueAt?: Instant;
  };
  finishTask: { readonly task: string; readonly words?: Ref };
  finish: { readonly outcome: Outcome; readonly words: Ref };
  check: {
    readonly passed: boolean;
    readonly unit: string;
    readonly way?: CheckWay;
    readonly words?: Ref;
  };
  callBack:
    | { readonly number: string; readonly answer: CallbackAnswer; readonly way: string }
    | { readonly number: string; readonly unreachable: readonly string[] };
  close: Record<never, never>;
  reopen: { readonly because?: readonly Reason[] };
  split: {
    readonly children: readonly {
      readonly caseId: CaseId;
      readonly kind: string;
      readonly place?: CasePlace;
      readonly words?: Ref;
      /** Units that are asked to come or to do a piece of it, each as a task of the part. */
      readonly units?: readonly string[];
    }[];
  };
  merge: { readonly into: CaseId };
  unmerge: Record<never, never>;
  link: {
    readonly system: string;
    readonly number: string;
    readonly dueAt?: Instant;
    readonly task?: string;
  };
  advance: { readonly words?: Ref };
  huddle: { readonly units: readonly string[]; readonly words: Ref };
  concern: { readonly units: readonly string[]; readonly because?: readonly Reason[] };
  /** Without `to`, everybody whom a sign of danger concerns and who was not told yet. */
  handOff: { readonly to?: HandedTo; readonly because?: readonly Reason[] };
  acknowledge: { readonly to: HandedTo; readonly how?: 'service' | 'seat'; readonly reference?: string };
  /** What it is about stands in the process; which of the fields it needs, `APPLICATIONS` says. */
  apply: {
    readonly reason: Ref;
    readonly basis?: string;
    readonly until?: Instant;
    readonly condition?: Ref;
    readonly proposes?: string;
    readonly number?: string;
    readonly exclusion?: ExclusionReason;
  };
  rule: {
    readonly granted: boolean;
    readonly words: Ref;
    readonly basis?: string;
    /** Of an objection that is upheld: whose duty it is; without it the matter goes back to the triage queue. */
    readonly lead?: Lead;
    readonly application?: string;
  };
  resume: { readonly words: Ref };
  urge: { readonly words?: Ref };
  /** Without `unit`, the one above the lead. */
  escalate: { readonly unit?: string; readonly words?: Ref; readonly because?: readonly Reason[] };
  takeLead: { readonly words?: Ref };
  stepTask: {
    readonly task: string;
    readonly step: TaskStep;
    readonly way?: 'onSite' | 'phone';
    readonly words?: Ref;
  };
  rate: { readonly of: string; readonly marks: Readonly<Record<string, number>>; readonly words?: Ref };
  tryCallback: { readonly number: string; readonly way: string };
};

/** Why a guard should yield, and the post that approved it; `persons` are the staff numbers of those who sit on that post. */
export type Bend = {
  readonly reason: Ref;
  readonly approver: string;
  readonly persons?: readonly string[];
};

/**
 * A wish that a case change. `action` is the process's own name for it; `expectedSeq` is the last fact that the sender had seen.
 * `occurredAt` is when it really happened, where that was before now (field work without network).
 */
export type Command<A extends Act = Act> = {
  readonly commandId: string;
  readonly action: string;
  readonly by: Actor;
  readonly expectedSeq?: number;
  readonly occurredAt?: Instant;
  readonly bend?: Bend;
  readonly input: ActInput[A];
};

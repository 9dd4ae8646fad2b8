import type { CaseId, Instant } from '@gezhi/basis';
import type { ExclusionReason } from '@gezhi/measures';
import type { Flag, Phase } from './phase.ts';

/** Who acted: always a post; a person by staff number where one sat on it. `system` and `requester` are posts too. */
export type Actor = { readonly post: string; readonly person?: string };

/**
 * Words, a photo or a contact are never in a fact. They lie in an erasable table under `id`; `hash` is SHA-256 over a random
 * salt (erased with them) and the content, so that a fact proves what was said for as long as it may be kept.
 */
export type Ref = { readonly id: string; readonly hash: string };

/** Where a case is: the codes of its place in each layer (finest last in trees), the code that names it, its point in WGS-84. */
export type CasePlace = {
  readonly code: string;
  readonly layers: Readonly<Record<string, readonly string[]>>;
  readonly point?: readonly [lon: number, lat: number];
  /** The service of place names outside that proposed the point, where one did and a person took it. */
  readonly pointFrom?: 'tianditu' | 'nominatim' | 'photon';
};

/** What one requester said, as a fact about the case. Who they are lies in the erasable `contact` table under the number. */
export type Voice = {
  readonly number: string;
  readonly signal: { readonly source: string; readonly id: string };
  readonly requestKind: RequestKind;
  readonly channel: string;
  readonly publicity: 'public' | 'private';
  readonly saidAt: Instant;
  readonly words?: Ref;
};

export const REQUEST_KINDS = ['inquiry', 'help', 'complaint', 'tipOff', 'suggestion'] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

/** The answers to the three questions of a callback (DOMAIN §1.3). `noAnswer` is an answer too: reached, but did not say. */
export type CallbackAnswer = {
  readonly contacted: 'yes' | 'no' | 'noAnswer';
  readonly solved: 'yes' | 'partly' | 'no' | 'noAnswer';
  readonly satisfied: 'satisfied' | 'basically' | 'dissatisfied' | 'noAnswer';
  /** Did anybody ask them for a good answer? Asked of whoever likes to say; a share of a unit's callbacks, never a mark on a person. */
  readonly coached?: 'yes' | 'no' | 'noAnswer';
};

export const CHECK_WAYS = ['onSite', 'desk'] as const;
export type CheckWay = (typeof CHECK_WAYS)[number];

export const OUTCOMES = ['solved', 'partly', 'explainedUnsolvable', 'withdrawn'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** The six reasons for which a request is not dispatched (北京市接诉即办工作条例, Art. 11); its requester sees which. */
export const NOT_DISPATCHED = [
  'emergency',
  'inLegalProcedure',
  'alreadyInProcess',
  'secretOrPrivacy',
  'beyondDuty',
  'unlawful',
] as const;
export type NotDispatched = (typeof NOT_DISPATCHED)[number];

/** Whom a request is referred to, by sort; which office that is, is said in the words. */
export const REFERRED_TO = [
  'emergency',
  'court',
  'arbitration',
  'petition',
  'review',
  'infoDisclosure',
  'discipline',
  'otherDistrict',
  'market',
  'other',
] as const;
export type ReferredTo = (typeof REFERRED_TO)[number];

/** A reason for a decision, as a code with its data; words for people are made from it, in their language. */
export type Reason = { readonly code: string } & Readonly<Record<string, unknown>>;

/** A moment that was promised: when, by which term and calendar, and whether the calendar's year was published yet. */
export type Due = {
  readonly dueAt: Instant;
  readonly term: string;
  readonly profile: string;
  readonly calendar: string;
  readonly provisional?: true;
};

/** What somebody may apply for and somebody else rules on (异议、延期、挂账、剔除、报批). */
export const APPLICATIONS = ['objection', 'extension', 'suspension', 'exclusion', 'approval'] as const;
export type ApplicationAbout = (typeof APPLICATIONS)[number];

/** Those who come at once, and who is told of abuse by duty (反家庭暴力法 Art. 14, 未成年人保护法 Art. 11): by their numbers. */
export const HANDED_TO = ['110', '119', '120', '122', 'mandatoryReport'] as const;
export type HandedTo = (typeof HANDED_TO)[number];

/** A sign of danger that was read in the words: which rule of the scene saw it, and whom it concerns. Never the words. */
export type Sign = { readonly rule: string; readonly to: HandedTo };

/** What a unit does with its task between being asked and delivering (签收、联系、到场、拒绝). */
export const TASK_STEPS = ['signed', 'contacted', 'arrived', 'refused'] as const;
export type TaskStep = (typeof TASK_STEPS)[number];

/** Where a fact that moves a case moves it: a state of its process and the phase that state maps to. */
export type Move = { readonly to: string; readonly phase: Phase };

/** The lead and those who help; the lead is the first receiver and does not pass on (Art. 14). */
export type Lead = { readonly unit: string; readonly post?: string };

/** A callback that was made: when, what was answered, by which way. */
export type Asked = {
  readonly at: Instant;
  readonly answer: CallbackAnswer | 'unreachable';
  readonly way: string;
};

/** One voice with all that happened to it, as it crosses from case to case in a merge. */
export type CarriedVoice = Voice & {
  readonly promised?: Due;
  readonly callback?: Asked;
  /** What was answered before the case was reopened, the first time; it is what the rates count. */
  readonly firstCallback?: Asked;
  readonly excluded?: { readonly reason: ExclusionReason; readonly evidence?: Ref };
  /** When and by which way somebody tried to call back and reached nobody. */
  readonly tries?: readonly { readonly at: Instant; readonly way: string }[];
};

/**
 * The closed list of what can happen to a case, each with its payload. A scene chooses order, roles, guards, forms and clocks
 * among them and never invents one. `v` of every type is 1 until `upcast.ts` says otherwise.
 */
export type FactData = {
  opened: Move & {
    readonly scene: string;
    readonly pack: string;
    readonly process: string;
    readonly kind: string;
    readonly kindBecause: 'stated' | 'proposed' | 'none';
    readonly place: CasePlace;
    readonly voice?: Voice;
    readonly words?: Ref;
    readonly parent?: CaseId;
    /** Who leads a part of a case from the start. */
    readonly lead?: Lead;
    readonly external?: { readonly system: string; readonly number: string; readonly dueAt?: Instant };
    /** Units the matter is about: never led, checked, called back or read by them or one below. */
    readonly against?: readonly string[];
    readonly signs?: readonly Sign[];
  };
  joined: { readonly voice: Voice; readonly because: readonly Reason[] };
  followed: {
    readonly number: string;
    readonly signal?: { source: string; id: string };
    readonly words: Ref;
  };
  photographed: { readonly media: Ref; readonly number?: string; readonly public: boolean };
  kindSet: { readonly kind: string; readonly because: readonly Reason[] };
  placeSet: { readonly place: CasePlace; readonly because: readonly Reason[] };
  triaged: Move;
  routeUnclear: { readonly because: readonly Reason[]; readonly reads: readonly string[] };
  answered: Move & { readonly words: Ref };
  referred: Move & { readonly whom: ReferredTo; readonly words?: Ref };
  declined: Move & { readonly reason: NotDispatched; readonly words: Ref };
  dispatched: Move & {
    readonly lead: Lead;
    readonly coUnits: readonly string[];
    readonly cc?: readonly string[];
    readonly basis: string;
    readonly because: readonly Reason[];
    readonly reads: readonly string[];
    readonly catalogue: string;
  };
  promised: { readonly number: string; readonly due: Due };
  accepted: Move;
  contacted: Move & { readonly number?: string; readonly way: string };
  noted: { readonly words: Ref };
  tasked: {
    readonly task: string;
    readonly unit: string;
    readonly role: 'lead' | 'co';
    readonly what?: Ref;
    readonly dueAt?: Instant;
  };
  taskDone: { readonly task: string; readonly words?: Ref };
  done: Move & { readonly outcome: Outcome; readonly words: Ref };
  /** `way`: whether somebody went there, or looked at the desk. */
  checked: Move & {
    readonly passed: boolean;
    readonly unit: string;
    readonly way?: CheckWay;
    readonly words?: Ref;
  };
  calledBack: {
    readonly number: string;
    readonly answer: CallbackAnswer;
    readonly way: string;
  } & Partial<Move>;
  unreachable: { readonly number: string; readonly ways: readonly string[] } & Partial<Move>;
  closed: Move & { readonly how: 'calledBack' | 'stated' | 'withdrawn' };
  reopened: Move & { readonly because: readonly Reason[] };
  merged: Move & { readonly into: CaseId; readonly numbers: readonly string[] };
  absorbed: { readonly from: CaseId; readonly voices: readonly CarriedVoice[] };
  unmerged: Move & { readonly from: CaseId; readonly voices: readonly CarriedVoice[] };
  released: { readonly home: CaseId; readonly numbers: readonly string[] };
  split: { readonly child: CaseId; readonly kind: string; readonly raises?: Flag };
  childEnded: {
    readonly child: CaseId;
    readonly kind: string;
    readonly phase: Phase;
    readonly raises?: Flag;
  };
  linked: {
    readonly system: string;
    readonly number: string;
    readonly dueAt?: Instant;
    readonly task?: string;
  };
  excluded: { readonly number: string; readonly reason: ExclusionReason; readonly evidence: Ref };
  bent: { readonly action: string; readonly guard: string; readonly reason: Ref; readonly approver: string };
  deadlinePassed: { readonly clock: string; readonly dueAt: Instant };
  advanced: Move & { readonly step: string; readonly words?: Ref };
  huddled: { readonly units: readonly string[]; readonly words: Ref };
  concerned: { readonly units: readonly string[]; readonly because: readonly Reason[] };
  handedOff: { readonly to: HandedTo; readonly because: readonly Reason[] };
  acknowledged: { readonly to: HandedTo; readonly how: 'service' | 'seat'; readonly reference?: string };
  applied: {
    readonly application: string;
    readonly about: ApplicationAbout;
    readonly unit: string;
    readonly reason: Ref;
    readonly basis?: string;
    /** Of an extension: until when; of a suspension: when it is looked at again. */
    readonly until?: Instant;
    /** Of a suspension: what must happen before it goes on. */
    readonly condition?: Ref;
    /** Of an objection: whose duty it is in the applicant's eyes. */
    readonly proposes?: string;
    /** Of an exclusion. */
    readonly number?: string;
    readonly exclusion?: ExclusionReason;
  } & Partial<Move>;
  ruled: {
    readonly application: string;
    readonly about: ApplicationAbout;
    readonly granted: boolean;
    readonly words: Ref;
    readonly basis?: string;
    readonly final?: true;
  } & Partial<Move>;
  extended: { readonly application: string; readonly due: Due; readonly reason: Ref };
  suspended: { readonly reason: Ref; readonly condition?: Ref; readonly reviewAt: Instant };
  resumed: { readonly words: Ref };
  urged: { readonly unit: string; readonly words?: Ref };
  escalated: {
    readonly unit: string;
    readonly because: readonly Reason[];
    readonly words?: Ref;
  } & Partial<Move>;
  leaderTook: { readonly unit: string; readonly post: string; readonly words?: Ref };
  taskStepped: {
    readonly task: string;
    readonly step: TaskStep;
    readonly way?: 'onSite' | 'phone';
    readonly words?: Ref;
  };
  rated: {
    readonly by: string;
    readonly of: string;
    /** 1 … 5 each; of a unit, never of a person. */
    readonly marks: Readonly<Record<string, number>>;
    readonly words?: Ref;
  };
  callbackTried: { readonly number: string; readonly way: string };
};

export type FactType = keyof FactData;

/** Every type of fact, in the order of `FactData`. */
export const FACT_TYPES = Object.keys({
  opened: 0,
  joined: 0,
  followed: 0,
  photographed: 0,
  kindSet: 0,
  placeSet: 0,
  triaged: 0,
  routeUnclear: 0,
  answered: 0,
  referred: 0,
  declined: 0,
  dispatched: 0,
  promised: 0,
  accepted: 0,
  contacted: 0,
  noted: 0,
  tasked: 0,
  taskDone: 0,
  done: 0,
  checked: 0,
  calledBack: 0,
  unreachable: 0,
  closed: 0,
  reopened: 0,
  merged: 0,
  absorbed: 0,
  unmerged: 0,
  released: 0,
  split: 0,
  linked: 0,
  excluded: 0,
  bent: 0,
  deadlinePassed: 0,
  childEnded: 0,
  advanced: 0,
  huddled: 0,
  concerned: 0,
  handedOff: 0,
  acknowledged: 0,
  applied: 0,
  ruled: 0,
  extended: 0,
  suspended: 0,
  resumed: 0,
  urged: 0,
  escalated: 0,
  leaderTook: 0,
  taskStepped: 0,
  rated: 0,
  callbackTried: 0,
} satisfies Record<FactType, 0>) as readonly FactType[];

/** A fact before the log has taken it: what `decide` answers. */
export type Draft<T extends FactType = FactType> = {
  [K in T]: { readonly type: K; readonly data: FactData[K] };
}[T];

/**
 * A fact in the log. `seq` runs 1, 2, 3… in a case, `position` in a district; neither has a gap. `occurredAt` is when it happened
 * as far as we were told, `recordedAt` when we wrote it down. `cause` is the command or signal it came from.
 */
export type Fact<T extends FactType = FactType> = Draft<T> & {
  readonly district: string;
  readonly caseId: CaseId;
  readonly seq: number;
  readonly position: number;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  readonly by: Actor;
  readonly cause: string;
  readonly v: number;
};

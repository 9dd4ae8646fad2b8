import type { CaseId, Instant, RequestNumber } from '@gezhi/basis';
import type { CallbackAnswer, RequestKind } from '@gezhi/cases';

/** One way to reach somebody, in the order they prefer. */
export type ReachMe = {
  readonly way: 'phone' | 'sms' | 'mail' | 'visit' | 'through' | 'web';
  readonly address?: string;
  readonly hours?: string;
  readonly language?: string;
  readonly through?: string;
  readonly abilities?: readonly ('hears' | 'sees' | 'reads')[];
};

export type Person = { readonly name?: string; readonly reachMe?: readonly ReachMe[] };

/** What another system states of a matter that it handled itself; see `openStated`. */
export type StatedHistory = {
  readonly unit?: string;
  readonly dispatchedAt?: Instant;
  readonly closedAt?: Instant;
  readonly reply?: { readonly said: string; readonly at: Instant };
  readonly callback?: { readonly answer: CallbackAnswer; readonly at: Instant };
};

/**
 * A signal that passed the door: whatever it came by, it has this shape. Words are as they were said. `number` names the request
 * that it follows up. What staff found themselves has no requester (`found`), and so becomes a case without a request.
 */
export type Incoming = {
  readonly source: string;
  readonly id: string;
  readonly type: string;
  readonly occurredAt: Instant;
  readonly channel: string;
  readonly words?: string;
  readonly kind?: string;
  readonly requestKind?: RequestKind;
  readonly publicity?: 'public' | 'private';
  readonly point?: { readonly lon: number; readonly lat: number };
  readonly pointFrom?: 'tianditu' | 'nominatim' | 'photon';
  readonly placeText?: string;
  readonly statedPlaces?: Readonly<Record<string, string>>;
  readonly asset?: string;
  readonly requester?: Person;
  readonly reportedBy?: Person;
  readonly contact?: Person;
  /** Of a requester under 14: who is told instead of them. */
  readonly guardian?: Person;
  readonly found?: boolean;
  readonly follows?: RequestNumber;
  /** The number that its requester was told already, where the signal waited in the spool; none is issued then. */
  readonly issued?: RequestNumber;
  readonly external?: { readonly system: string; readonly number: string; readonly dueAt?: Instant };
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly stated?: StatedHistory;
  /** The scene it is opened in where that is not the town's main one, and its kind is stated; nothing from outside says so. */
  readonly scene?: string;
  /** The units that it is about, where the requester says so at once. */
  readonly against?: readonly string[];
  /** The case that the requester says it is (“me too”): one more voice in it while it takes voices in, else a case of its own. */
  readonly joins?: CaseId;
  /** False where the source counts each row as a matter of its own, whatever its words. */
  readonly mayJoin?: boolean;
};

/** What intake answers for each signal, in the order they came. */
export type Receipt = {
  readonly caseId: CaseId;
  readonly number?: RequestNumber;
  /** Opens the number; absent where the same signal was taken in before. */
  readonly code?: string;
  /** Taken in before, under the same source and id. */
  readonly known: boolean;
  /** Joined a case that was open already. */
  readonly joined: boolean;
};

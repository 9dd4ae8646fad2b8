import type { Instant } from '@gezhi/basis';

/** The five kinds of a request (北京市接诉即办工作条例, Art. 2). */
export const REQUEST_KINDS = ['inquiry', 'help', 'complaint', 'tipOff', 'suggestion'] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

/**
 * What another system says has become of a matter. `open` says only that it has not ended; the others are the phases of the
 * same name. It is a statement about there: nothing here counts as solved because of it.
 */
export const STATED_STATUSES = [
  'open',
  'dispatched',
  'underway',
  'done',
  'answered',
  'referred',
  'declined',
  'closed',
] as const;
export type StatedStatus = (typeof STATED_STATUSES)[number];

export const PUBLICITIES = ['public', 'private'] as const;
export const CONTACTED = ['yes', 'no', 'noAnswer'] as const;
export const SOLVED = ['yes', 'partly', 'no', 'noAnswer'] as const;
export const SATISFIED = ['satisfied', 'basically', 'dissatisfied', 'noAnswer'] as const;
export const VALID = ['yes', 'no'] as const;

/** The answers a callback got, as the file states them; `valid`: reached and answered (DOMAIN §1.3). */
export type StatedCallback = {
  readonly valid?: (typeof VALID)[number];
  readonly contacted?: (typeof CONTACTED)[number];
  readonly solved?: (typeof SOLVED)[number];
  readonly satisfied?: (typeof SATISFIED)[number];
};

/** Who asked. `confidential`: the file holds a word such as 保密 where a name or a phone would stand. */
export type StatedRequester = {
  readonly name?: string;
  readonly phone?: string;
  readonly account?: string;
  readonly confidential?: true;
};

/**
 * One row of a file, read: only what the row states, under the names of Gezhi. Text is trimmed; an empty cell leaves its field
 * out; moments are epoch milliseconds; nothing is filled in, with one exception that says so (`occurredAtFrom`).
 */
export type Imported = {
  /** With `id` unique in a district, so that importing a file twice is harmless. */
  readonly source: string;
  /** As stated, or `row-` and 32 hex digits of the row's SHA-256 where the file has none. */
  readonly id: string;
  /** When it happened or was said. */
  readonly occurredAt: Instant;
  /** Set where the row does not state `occurredAt` and the profile lets another moment stand for it. */
  readonly occurredAtFrom?: 'dispatchedAt' | 'closedAt' | 'importedAt';
  readonly dispatchedAt?: Instant;
  readonly updatedAt?: Instant;
  readonly dueAt?: Instant;
  readonly closedAt?: Instant;
  readonly words?: string;
  readonly title?: string;
  /** Mapped by the profile, or as stated; `kindLabel` is always as stated. */
  readonly kind?: string;
  readonly kindLabel?: string;
  readonly requestKind?: RequestKind;
  readonly requestKindLabel?: string;
  readonly unit?: string;
  /** The part of the unit that did the work: a yard, a team. */
  readonly subUnit?: string;
  readonly channel?: string;
  readonly channelLabel?: string;
  /** Longitude and latitude as stated, in the profile's `datum`. */
  readonly point?: readonly [lon: number, lat: number];
  readonly placeText?: string;
  /** The place in codes or names of the other system, by layer: to be compared with our own reading, not to replace it. */
  readonly statedPlaces?: Readonly<Record<string, string>>;
  readonly status?: StatedStatus;
  readonly statusLabel?: string;
  readonly reply?: string;
  readonly replyAt?: Instant;
  readonly requester?: StatedRequester;
  readonly publicity?: (typeof PUBLICITIES)[number];
  readonly likes?: number;
  readonly opposes?: number;
  readonly callback?: StatedCallback;
  readonly external?: { readonly system: string; readonly number: string; readonly dueAt?: Instant };
  /** Columns that the profile keeps though Gezhi has no field for them. */
  readonly extra?: Readonly<Record<string, string>>;
};

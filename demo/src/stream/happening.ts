import type { Instant } from '@gezhi/basis';

export type KindCode =
  | 'water.supply'
  | 'power.outage'
  | 'gas.smell'
  | 'road.damage'
  | 'lamp.fault'
  | 'waste.dump'
  | 'noise.night'
  | 'property.lift'
  | 'illegal.parking'
  | 'wages.unpaid'
  | 'other.inquiry';

export type Channel = 'phone' | 'web' | 'app' | 'grid' | 'hotlineDesk' | 'open311';

/**
 * Something that happened in the town and was said to it, with the truth behind the words, which no handler of it may read:
 * the kind, the grid, whether it is an earlier matter again, and how its handling goes if it goes to the right place.
 */
export type Happening = {
  readonly at: Instant;
  readonly id: string;
  readonly channel: Channel;
  readonly requestKind: 'inquiry' | 'help' | 'complaint' | 'tipOff' | 'suggestion';
  readonly words: string;
  /** The truth. */
  readonly kind: KindCode;
  /** Whether the requester also chose this kind from the list. */
  readonly kindStated: boolean;
  /** What was given as the place, where anything was. */
  readonly placeText?: string;
  readonly point?: { readonly lon: number; readonly lat: number };
  /** The truth: a grid's code. */
  readonly placeCode: string;
  readonly person: { readonly name: string; readonly phone: string };
  readonly reportedBy?: 'gridWorker' | 'relative';
  /** The first happening of the same matter, told by somebody else. */
  readonly sameAs?: string;
  /** The first happening of the same matter, told by the same person. */
  readonly followUpOf?: string;
  readonly life: Life;
};

export type Life = {
  readonly acceptAfterMs: number;
  readonly contactAfterMs?: number;
  readonly doneAfterMs: number;
  readonly outcome: 'solved' | 'partly' | 'explainedUnsolvable' | 'withdrawn';
  readonly checkPasses: boolean;
  readonly answer: Answer;
  readonly disposition?: 'answered' | 'referred' | 'declined';
};

export type Answer =
  | { readonly contacted: boolean; readonly solved: boolean; readonly satisfied: boolean }
  | 'unreachable';

import type { FieldCase } from '@gezhi/contract';
import type { Label } from '@gezhi/ui';

/** Something that was done outside, as it will be told. Photos are pictures already made small. */
export type Deed =
  | {
      readonly do: 'command';
      readonly caseId: string;
      readonly action: string;
      readonly act: string;
      readonly label: Label;
      readonly input: Readonly<Record<string, unknown>>;
    }
  | { readonly do: 'photo'; readonly caseId: string; readonly photo: Blob }
  | { readonly do: 'report'; readonly data: ReportWords; readonly photos: readonly Blob[] }
  | {
      readonly do: 'visit';
      readonly round: string;
      readonly stop: string;
      readonly findings: readonly { readonly item: string; readonly words: string }[];
    };

/** `point` is there only where somebody pressed for it, or pointed at the map. */
export type ReportWords = {
  readonly kind: string;
  readonly words?: string;
  readonly point?: { readonly lon: number; readonly lat: number };
  readonly placeText?: string;
  readonly asset?: string;
  /** What was done about it on the spot. */
  readonly settled?: string;
  /** Of what is said about the app itself. */
  readonly requestKind?: 'complaint' | 'suggestion';
};

/** Why something did not go through, and how the case stood then. */
export type Conflict = {
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly remedy: string;
  /** The last fact of the case, and whose facts came in between. */
  readonly seq?: number;
  readonly since?: readonly { readonly seq: number; readonly type: string; readonly post: string }[];
  readonly theirs?: FieldCase;
};

/**
 * One row of the outbox. `id` is the command's id, the same however often it is sent; `order` is that of doing; `seen` the last fact of
 * the case that its doer had seen. It is `waiting` until it is `sent`, or held in a `conflict` until its doer says what to keep:
 * then it is `dropped` (theirs holds), or sent after all.
 */
export type Entry = {
  readonly id: string;
  readonly post: string;
  readonly order: number;
  readonly at: number;
  readonly about: Label;
  readonly deed: Deed;
  readonly state: 'waiting' | 'conflict' | 'sent' | 'dropped';
  readonly seen?: number;
  /** The last fact of the case when it had been sent. */
  readonly left?: number;
  readonly conflict?: Conflict;
  /** It was sent as a note, because the case had gone another way. */
  readonly asNote?: boolean;
  readonly settledAt?: number;
};

import type { MeasuredCase, MeasuredRequest } from '../measured-case.ts';

/** A request with the street or unit that it counts for (none: it counts for nobody and is shown as outside). */
export type EditionRequest = MeasuredRequest & {
  readonly subject?: string;
  /** The unit on whose post it was typed in; absent where the requester sent it, or intake took it in. */
  readonly enteredBy?: string;
};

/** A case as an edition sees it: the measured one, and what shows how the numbers came about. */
export type EditionCase = Omit<MeasuredCase, 'requests'> & {
  readonly requests: readonly EditionRequest[];
  /** Units that objected to a dispatch, once for each objection. */
  readonly objections?: readonly string[];
  /** Minutes for which it lay with a unit that it was then taken away from. */
  readonly lost?: readonly { readonly unit: string; readonly minutes: number }[];
  /** What a help plan calls a point: a housing estate, an asset, the finest place. */
  readonly point?: string;
};

/** A street or unit that is measured. */
export type Subject = { readonly code: string; readonly settlement: Settlement };

export type Settlement = 'urban' | 'rural' | 'unknown';

/** SHA-256 of a text in UTF-8, in lower-case hex. It comes in, because the core has no such thing of its own. */
export type Sha256 = (text: string) => string;

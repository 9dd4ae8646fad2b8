import type { Instant } from '@gezhi/basis';
import type { Growth } from './growth.ts';

/** One message as topics are made of it. Its text is masked before anything is read or shown of it. */
export type TopicMessage = {
  readonly id: string;
  readonly at: Instant;
  readonly title?: string | undefined;
  readonly text: string;
  /** An opaque key of who wrote: counted, never given out. */
  readonly personKey?: string | undefined;
  /** Places that it is about, by code or name. */
  readonly places?: readonly string[] | undefined;
  readonly likes?: number | undefined;
  readonly opposes?: number | undefined;
};

/**
 * What many write about. No person stands in it: `people` counts different writers. `likes` and `opposes` are told apart from volume and do not
 * enter the heat.
 */
export type Topic = {
  readonly id: string;
  /** One readable line, cut from the masked words of the most central member. */
  readonly label: string;
  readonly where: readonly { readonly place: string; readonly voices: number }[];
  readonly since: Instant;
  readonly latest: Instant;
  /** Began within the last day of the window. */
  readonly isNew: boolean;
  readonly voices: number;
  readonly people: number;
  readonly heat: number;
  readonly growth: Growth | null;
  readonly likes: number;
  readonly opposes: number;
  /** The messages behind it, the most central first. */
  readonly members: readonly string[];
  /** Topics of the last time that are now part of this one; and the topic of last time that this one split from. */
  readonly mergedFrom: readonly string[];
  readonly splitFrom: string | null;
  /** Hashes of what it is about with their weights: by these tomorrow's topic knows it where no member is shared. */
  readonly terms: readonly (readonly [term: number, weight: number])[];
};

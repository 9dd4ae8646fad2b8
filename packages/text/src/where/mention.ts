import type { PlaceSort } from './gazetteer.ts';

/** What a piece of text names: a sort of the gazetteer, or a crossing, or a house number or group without a known name. */
export type MentionKind =
  | PlaceSort
  | 'crossing'
  | 'unknownDivision'
  | 'unknownRoad'
  | 'unknownEstate'
  | 'maskedDivision';

/**
 * A stretch that names a place, `start` to before `end` in UTF-16 units of the text. `places`: ids it may mean, none where the gazetteer
 * does not know it. `detail`: house number or group behind it (12号3栋2单元501). `beside`: how the place lies to it (对面, 附近).
 */
export type Mention = {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly kind: MentionKind;
  readonly places: readonly string[];
  readonly detail?: string;
  readonly beside?: string;
};

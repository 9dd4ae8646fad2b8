export { MASK, type Masked, type MaskReason, type MaskSort, maskText } from './mask/mask-text.ts';
export { type KindWords, type Proposal, plainText, proposeKind, wordingOf } from './propose-kind.ts';
export { areaUnder, calibrateSame, type JudgedPair, judgeSame } from './same/calibrate-same.ts';
export {
  addCase,
  countTerms,
  type LonLat,
  makeSameIndex,
  removeCase,
  type SameCase,
  type SameIndex,
  sizeOf,
} from './same/same-index.ts';
export { type SameMatter, type SameQuery, type SameReason, sameMatter } from './same/same-matter.ts';
export { chanceOf, DEFAULT_SAME_POLICY, type SameFeatures, type SamePolicy } from './same/same-policy.ts';
export { signText, type TextSignature } from './same/sign-text.ts';
export { queryTerms, searchTerms } from './search-terms.ts';

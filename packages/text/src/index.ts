export { MASK, type Masked, type MaskReason, type MaskSort, maskText } from './mask/mask-text.ts';
export { type KindWords, type Proposal, plainText, proposeKind, wordingOf } from './propose-kind.ts';
export { queryTerms, searchTerms } from './search-terms.ts';

export { countRarity, type Rarity } from './answer/compare-words.ts';
export {
  type AnsweredPoint,
  type AnswerHints,
  type AnswerToRead,
  type Hint,
  readAnswer,
  type YesNo,
} from './answer/read-answer.ts';
export { findTopics, type TopicOptions } from './hot/find-topics.ts';
export { type Growth, growthOf } from './hot/growth.ts';
export type { KnownTopic } from './hot/identity.ts';
export type { Topic, TopicMessage } from './hot/topic.ts';
export { DEFAULT_TOPIC_POLICY, type TopicPolicy } from './hot/topic-policy.ts';
export { type Comparison, compareModels } from './kind/compare-models.ts';
export { foldsOf, wordingOfText } from './kind/folds.ts';
export type { Text } from './kind/grams.ts';
export type { KindModel } from './kind/kind-model.ts';
export { type ModelCard, modelCard } from './kind/model-card.ts';
export { MODEL_VERSION, modelHash, readModel, writeModel } from './kind/model-file.ts';
export { proposeByModel } from './kind/propose-by-model.ts';
export { classifyKinds, type KindReading, type RankedKind, readKind } from './kind/read-kind.ts';
export {
  type Confusion,
  type Judged,
  judgeKinds,
  type KindFigures,
  type KindReport,
  reportKinds,
  reportOf,
} from './kind/report-kinds.ts';
export {
  type KindSample,
  samplesOfPack,
  type TrainOptions,
  trainKinds,
  trainNow,
} from './kind/train-kinds.ts';
export { MASK, maskText } from './mask/mask-text.ts';
export type { Masked, MaskReason, MaskSort } from './mask/masked.ts';
export { type KindWords, type Proposal, plainText, proposeKind, wordingOf } from './propose-kind.ts';
export {
  areaUnder,
  calibrateSame,
  type JudgedPair,
  judgeSame,
  type SameTraining,
  trainSame,
} from './same/calibrate-same.ts';
export { comparePair } from './same/compare-pair.ts';
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
export {
  CONTEXTS,
  type ContextSort,
  compileUrgent,
  foldForUrgent,
  NO_URGENT_RULES,
  type UrgentRules,
  type UrgentSource,
} from './urgent/compile-urgent.ts';
export {
  readUrgent,
  type TurnedDown,
  type UrgentLevel,
  type UrgentReading,
  type UrgentReason,
} from './urgent/read-urgent.ts';
export {
  buildGazetteer,
  type Gazetteer,
  type GazetteerPlace,
  type LearnedName,
  learnNames,
  type PlaceSort,
} from './where/gazetteer.ts';
export type { Mention, MentionKind } from './where/mention.ts';
export {
  readWhere,
  type WhereCandidate,
  type WhereReading,
  type WhereReason,
} from './where/read-where.ts';

export { type Band, type BandPolicy, type BandSays, band, checkBandPolicy, WHISTLE_BAND } from './band.ts';
export { CITYMGMT, type CitymgmtPolicy, type CitymgmtRates, citymgmtRates } from './citymgmt-rates.ts';
export {
  addRows,
  BASES,
  type Basis,
  type Contribution,
  compareRows,
  contributions,
  delta,
  newTally,
  rowsOf,
  sumRows,
  type Tally,
} from './contributions.ts';
export { COUNTED_AS, type CountedAs, isCountedAs } from './counted-as.ts';
export {
  COUNTERS,
  type Counter,
  type Counts,
  countsFromVector,
  countsToVector,
  sumCounts,
} from './counters.ts';
export { type Beside, besideOf, conductOf, type UnitConduct } from './edition/beside.ts';
export { canonicalJson } from './edition/canonical-json.ts';
export {
  type CountChange,
  compareEditions,
  compareLists,
  type NumberChange,
} from './edition/compare-editions.ts';
export { decideEdition, type EditionCommand, type EditionContext } from './edition/decide-edition.ts';
export { type Drafted, draftEdition, type EditionInput, isWhole } from './edition/draft-edition.ts';
export type {
  CountedRequest,
  Edition,
  EditionBy,
  EditionExclusion,
  EditionHead,
  EditionRates,
  EditionRow,
} from './edition/edition.ts';
export type {
  EditionCase,
  EditionRequest,
  Settlement,
  Sha256,
  Subject,
} from './edition/edition-case.ts';
export { checkEditionPolicy, EDITION_POLICY, type EditionPolicy } from './edition/edition-policy.ts';
export {
  type Appeal,
  decidedExclusions,
  type EditionAct,
  type EditionPhase,
  type EditionState,
  evolveEdition,
  REVISION_REASONS,
  type RevisionReason,
  type Verdict,
  type Vote,
  type WordsRef,
} from './edition/edition-state.ts';
export {
  type HelpItem,
  type HelpPlan,
  helpPlan,
  needsHelp,
  SEASONS,
  type Season,
} from './edition/help-plan.ts';
export { type Peers, peersKey, peersOf } from './edition/peers.ts';
export { type Standing, standingsOf } from './edition/standings.ts';
export { type Group, type Grouping, groupRows, itself, sumOf, type TimeStep } from './measure.ts';
export {
  type CallbackAnswer,
  type CaseOutcome,
  EXCLUSION_REASONS,
  type Exclusion,
  type ExclusionReason,
  isExclusionReason,
  type MeasuredCase,
  type MeasuredRequest,
} from './measured-case.ts';
export {
  type RankedUnit,
  type Ranking,
  rankUnits,
  type UnitMean,
  type UnitRates,
  type UnitSample,
} from './rank-units.ts';
export { compareRollups, type Difference, recompute, recomputeRanking, requestsIn } from './recompute.ts';
export {
  commitSeed,
  type Drawing,
  drawSample,
  proveSample,
  type SampleFinding,
  type SampleSize,
} from './sample/draw-sample.ts';
export { type Share, share, weightedShare } from './share.ts';
export {
  type Behind,
  type Sample,
  type Score,
  THREE_RATES_COUNTERS,
  type ThreeRates,
  threeRates,
} from './three-rates.ts';
export { checkPolicy, HUAIROU, type ThreeRatesPolicy } from './three-rates-policy.ts';
export { type Interval, wilson } from './wilson.ts';
export {
  dayWindow,
  hoursOf,
  type LocalDate,
  localMoment,
  monthToDate,
  monthWindow,
  type Window,
  type ZoneOffset,
} from './windows.ts';

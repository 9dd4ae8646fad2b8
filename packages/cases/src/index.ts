export { type Case, type External, evolve, replay, type Task } from './case.ts';
export { clocksOf, nextDue, type RunningClock } from './clocks.ts';
export type { ActInput, Command } from './command.ts';
export {
  type Context,
  type Decision,
  decide,
  isFrom,
  type Opening,
  open,
  type Route,
  SYSTEM,
} from './decide.ts';
export {
  type Actor,
  type CallbackAnswer,
  type CarriedVoice,
  type CasePlace,
  type Draft,
  type Due,
  type Fact,
  type FactData,
  type FactType,
  type Lead,
  NOT_DISPATCHED,
  type NotDispatched,
  OUTCOMES,
  type Outcome,
  REQUEST_KINDS,
  type Reason,
  type Ref,
  type RequestKind,
  type Voice,
} from './fact.ts';
export { measuredCase } from './measured.ts';
export { decideMerge, decideUnmerge, type TwoDecisions } from './merge.ts';
export { FLAGS, type Flag, isOpenPhase, PHASES, type Phase } from './phase.ts';
export {
  ACTS,
  type Act,
  type Action,
  type Automatic,
  type ClockRule,
  type Guard,
  type GuardView,
  guardView,
  type Process,
  type State,
} from './process.ts';
export { openStated, type Stated } from './stated.ts';
export { type StoredFact, upcast } from './upcast.ts';

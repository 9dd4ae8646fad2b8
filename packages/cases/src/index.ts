export type { Application, Case, External, Rating, Task } from './case.ts';
export { childEnded } from './child-ended.ts';
export { clockLabel, clocksOf, type Deadline, lateClocks, nextDue, type RunningClock } from './clocks.ts';
export type { ActInput, Bend, Command } from './command.ts';
export { decide, type Opening, open } from './decide.ts';
export { evolve, replay } from './evolve.ts';
export {
  type Actor,
  APPLICATIONS,
  type ApplicationAbout,
  type CallbackAnswer,
  type CarriedVoice,
  type CasePlace,
  CHECK_WAYS,
  type CheckWay,
  type Draft,
  type Due,
  FACT_TYPES,
  type Fact,
  type FactData,
  type FactType,
  HANDED_TO,
  type HandedTo,
  type Lead,
  NOT_DISPATCHED,
  type NotDispatched,
  OUTCOMES,
  type Outcome,
  REFERRED_TO,
  REQUEST_KINDS,
  type Reason,
  type Ref,
  type ReferredTo,
  type RequestKind,
  type Sign,
  TASK_STEPS,
  type TaskStep,
  type Voice,
} from './fact.ts';
export { measuredCase } from './measured.ts';
export { decideMerge, decideUnmerge, type TwoDecisions } from './merge.ts';
export { passDeadlines } from './pass-deadlines.ts';
export { FLAGS, type Flag, isOpenPhase, PHASES, type Phase } from './phase.ts';
export { isFrom } from './possible.ts';
export { pendingOf } from './procedure.ts';
export {
  ACTS,
  type Act,
  type Action,
  type Automatic,
  type CallbackRule,
  type ClockRule,
  type Guard,
  type GuardView,
  guardView,
  type Label,
  type Process,
  RESULTS,
  type State,
  type TaskClockRule,
  WORDLESS_ACTS,
} from './process.ts';
export { REFUSALS, type RefusalCode } from './refusals.ts';
export { openStated, type Stated } from './stated.ts';
export {
  type PauseRule,
  pausesOf,
  type Stretch,
  TURNS,
  type Turn,
  type TurnType,
} from './turn.ts';
export { type StoredFact, upcast } from './upcast.ts';
export { LABELS } from './words.ts';
export { type Context, type Decision, type Route, SYSTEM } from './work.ts';

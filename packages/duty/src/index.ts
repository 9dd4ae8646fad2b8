export {
  type Answerer,
  buildCatalogue,
  type Catalogue,
  type CatalogueInput,
  type KindRule,
  type LayerRule,
} from './catalogue.ts';
export { checkRegistry } from './check-registry.ts';
export type { Finding, FindingCode } from './finding.ts';
export { coversKind, isKindPattern, type KindMatch, matchOf, patternsFor } from './kind-pattern.ts';
export {
  type Language,
  type NameOf,
  REASON_CODES,
  type Reason,
  type ReasonCode,
  sayReason,
} from './reason.ts';
export { buildRegistry, type Registry, type RegistryInput, type Seat } from './registry.ts';
export type { PlaceNode, RegistryData } from './registry-data.ts';
export { personsOnPost, type Responsible, type StandIn, whoIsResponsible } from './responsible.ts';
export { RINGS, type Ring, type RingPolicy, type RingStep, ringLadder } from './ring-ladder.ts';
export {
  buildRoster,
  dutyWeek,
  mayReach,
  type OnDuty,
  onDuty,
  personsThere,
  type Roster,
  type RosterEntry,
} from './roster.ts';
export {
  type Candidate,
  type Matter,
  needsReroute,
  type Read,
  type Routed,
  route,
  type Unclear,
} from './route.ts';
export { onShift, parseShift, printShift, type Shift, WEEK_MINUTES, type WeekMinute } from './shift.ts';
export { type Correction, correct, isKnownAt, isValidAt, type Times, timesMeet, withdraw } from './times.ts';
export {
  DUTY_ROLES,
  type Duty,
  type DutyRole,
  isCommunity,
  isStreetLevel,
  POST_KINDS,
  type Post,
  type PostKind,
  type Staffing,
  UNIT_KINDS,
  UNIT_LEVELS,
  type Unit,
  type UnitKind,
  type UnitLevel,
} from './unit.ts';
export { weekMinuteIn } from './zone.ts';

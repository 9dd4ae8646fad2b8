export { type CaseId, isCaseId, mintCaseId, openedAtOf, parseCaseId } from './case-id.ts';
export { csvCell, csvTable, guardCell, unguardCell, writeCsvLine } from './csv-cell.ts';
export { Fault } from './fault.ts';
export { DAY, HOUR, type Instant, isoInstant, MINUTE, parseInstant, SECOND } from './instant.ts';
export { isRefusal, type Refusal, refuse } from './refusal.ts';
export {
  deskOf,
  makeRequestNumber,
  parseRequestNumber,
  type RequestNumber,
  SERIALS_PER_DESK,
  sayRequestNumber,
} from './request-number.ts';

export { attributesOf, CASE_ATTRIBUTES, type CaseAttribute, type CaseAttributes } from './attributes.ts';
export { cedarOfRow } from './cedar-of-row.ts';
export { cedarSchema } from './cedar-schema.ts';
export type { CedarEngine } from './engine.ts';
export { askCedar, type Gate, makeGate, prepareRows } from './gate.ts';
export { type Because, DEFAULT_DENY, type Decision, denied, may } from './may.ts';
export {
  checkPolicies,
  type Policy,
  type PolicyFault,
  policiesOfRows,
  readCedarPolicies,
} from './policies.ts';
export { makePowerTable, type PowerRow, type PowerTable, readPowerTable } from './power-table.ts';
export { type Actor, RELATIONS, type Relation, type Resource } from './relation.ts';
export { type Predicate, predicateOf, type Test } from './residual.ts';

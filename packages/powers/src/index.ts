export { type Because, DEFAULT_DENY, type Decision, may } from './may.ts';
export { makePowerTable, type PowerRow, type PowerTable, readPowerTable } from './power-table.ts';
export { type Actor, RELATIONS, type Relation, type Resource } from './relation.ts';

export { type Failure, runAcceptance } from './acceptance.ts';
export { BadCondition, compileCondition } from './cel.ts';
export { compileProcess, type Finding, unreachable } from './compile-process.ts';
export { checkModel } from './model/check-pack.ts';
export { checkProcess } from './model/check-process.ts';
export type { ModelFinding } from './model/finding.ts';
export type { ClocksSource, KindSource, ProcessSource, SceneSource, TestSource } from './pack-schema.ts';
export { type Pack, type ReadPack, readPack } from './read-pack.ts';

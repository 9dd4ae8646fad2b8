export { type Failure, runAcceptance } from './acceptance.ts';
export { BadCondition, compileCondition } from './cel.ts';
export { compileProcess, type Finding, unreachable } from './compile-process.ts';
export type { ClocksSource, KindSource, ProcessSource, SceneSource, TestSource } from './pack-schema.ts';
export { type Pack, type ReadPack, readPack } from './read-pack.ts';

export type { ExitCode, Io, Lang } from './io.ts';
export { COMMANDS, run } from './run.ts';

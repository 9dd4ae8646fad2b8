import { Fault, type Refusal } from '@gezhi/basis';
import type { ExitCode, Io } from './io.ts';
import { say } from './io.ts';

/** Faults that mean: the command line asked for something that is not there. */
const USAGE: ReadonlySet<string> = new Set([
  'usage',
  'bad-setting',
  'no-such-district',
  'no-such-case',
  'no-power',
  'no-such-post',
  'no-data',
  'no-file',
  'no-ledger-there',
  'unknown-profile',
  'unknown-layer',
  'no-such-scene',
  'no-town',
  'bad-case-id',
]);

/** A mistake on the command line; `hint` says how to write it. */
export function usage(problem: string, hint: string): Fault {
  return new Fault('usage', problem, { hint });
}

/** What the power list does not give to the role `operator`: its sentence, the policy that decided and its basis. */
export function noPowerHere({ because, details }: Refusal): Fault {
  const { policy, basis } = (details?.because ?? {}) as { policy?: string; basis?: string };
  return new Fault('no-power', because, {
    hint: `The shell has the role "operator". Policy: ${policy ?? ''}; basis: ${basis ?? ''}. See the list: /powers.`,
  });
}

export function exitCodeOf(error: unknown): ExitCode {
  return error instanceof Fault && USAGE.has(error.code) ? 2 : 1;
}

/** One clear sentence with what to do next; the stack and the causes only for whoever asks with `--debug`. */
export function sayError(error: unknown, io: Pick<Io, 'lang'>, options: { readonly debug: boolean }): string {
  const label = say(io, '错误', 'error');
  if (options.debug) return `${label}: ${stackOf(error)}`;
  if (error instanceof Fault) return `${label}: ${error.message}`;
  const { code, path } = error as { code?: unknown; path?: unknown };
  if (code === 'ENOENT' && typeof path === 'string') {
    return `${label}: ${say(io, `没有文件 ${path}。请检查路径。`, `There is no file ${path}. Check its path.`)}`;
  }
  if (code === 'EACCES' && typeof path === 'string') {
    return `${label}: ${say(io, `无权访问 ${path}。`, `${path} may not be opened. Run as the account that owns it.`)}`;
  }
  const message = error instanceof Error ? error.message : String(error);
  return `${label}: ${message}\n${say(io, '加 --debug 可看详情。', 'Run it again with --debug to see where this comes from.')}`;
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\ncaused by ${stackOf(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}

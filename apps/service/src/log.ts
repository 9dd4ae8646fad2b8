import { LOG_LEVELS, type LogLevel } from './settings.ts';

/** What the service tells its operator, a line at a time. No line holds what a resident said. */
export type Log = Readonly<Record<Exclude<LogLevel, 'silent'>, (line: string) => void>>;

/** A log that drops what is below `level` and writes the rest as `2026-05-01T08:00:00.000Z warn  …`. */
export function makeLog(level: LogLevel, write: (line: string) => void, now: () => number = Date.now): Log {
  const least = LOG_LEVELS.indexOf(level);
  const at = (name: LogLevel): ((line: string) => void) => {
    if (LOG_LEVELS.indexOf(name) < least) return () => undefined;
    return (line) => write(`${new Date(now()).toISOString()} ${name.padEnd(5)} ${line}`);
  };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

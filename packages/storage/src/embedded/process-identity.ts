import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * Who a process is, beyond its number: numbers are used again, and a lock that trusts a number alone locks a service out
 * after a power cut (its old number now belongs to some daemon).
 */
export type ProcessIdentity = {
  readonly pid: number;
  /** Opaque, equal for the whole life of one process; on Linux the boot and the clock tick at which it started. */
  readonly startedAt: string;
};

/**
 * The identity of a living process, this one by default; `undefined` where no such process lives. A zombie (killed, and not yet
 * reaped, which in a container without an init can last for ever) does not live.
 */
export function identify(pid: number = process.pid): ProcessIdentity | undefined {
  const startedAt = process.platform === 'linux' ? startOnLinux(pid) : startElsewhere(pid);
  return startedAt === undefined ? undefined : { pid, startedAt };
}

export function isAlive(identity: ProcessIdentity): boolean {
  return identify(identity.pid)?.startedAt === identity.startedAt;
}

function startOnLinux(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The second field is the program's name in brackets and may itself hold spaces and brackets: count from the last one.
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (state === 'Z' || state === 'X') return undefined;
    return `${bootId()}:${fields[18]}`;
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

let boot: string | undefined;

function bootId(): string {
  boot ??= readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').slice(0, 8);
  return boot;
}

function startElsewhere(pid: number): string | undefined {
  if (!answersSignals(pid)) return undefined;
  if (process.platform === 'win32') return 'unknown';
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined;
  } catch (error) {
    if ((error as { status?: unknown }).status === 1) return undefined;
    throw error;
  }
}

function answersSignals(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function isGone(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ENOENT' || code === 'ESRCH';
}

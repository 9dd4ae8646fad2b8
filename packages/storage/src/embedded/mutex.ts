import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Fault } from '@gezhi/basis';
import { identify, isAlive, type ProcessIdentity } from './process-identity.ts';

/**
 * Runs `work` while no other process on this machine runs work under the same folder; waits its turn, at most `waitMs`.
 *
 * Node has no flock, so the lock is a row of numbered files, of which the highest counts:
 *
 * - it names a living process → taken; it is `free`, or its process is dead → whoever *creates* the next number has it
 *   (creation by hard link is atomic, and never overwrites);
 * - the highest file is never deleted, only replaced in place by `free`. Numbers therefore only grow, and a taker that was asleep
 *   between looking and creating finds a higher number afterwards and steps back.
 *
 * A dead holder is seen by pid and start time, so neither kill -9 nor a pid used again locks anybody out.
 *
 * @throws Fault `lock-busy` after `waitMs`, naming the holder
 */
export async function withMutex<T>(folder: string, work: () => Promise<T>, waitMs = 120_000): Promise<T> {
  const number = await take(folder, waitMs);
  try {
    return await work();
  } finally {
    replace(folder, number, FREE);
  }
}

const FREE = 'free';
const POLL_MS = 25;

async function take(folder: string, waitMs: number): Promise<number> {
  mkdirSync(folder, { recursive: true });
  const giveUpAt = Date.now() + waitMs;
  for (;;) {
    const taken = tryTake(folder);
    if (typeof taken === 'number') return taken;
    if (Date.now() > giveUpAt) {
      throw new Fault('lock-busy', `${folder} has been held by process ${taken.pid} for ${waitMs} ms.`, {
        hint: 'Wait for it to finish, or end it, and try again.',
      });
    }
    await sleep(POLL_MS);
  }
}

/** The number that is now ours, or the holder. */
function tryTake(folder: string): number | ProcessIdentity {
  const highest = highestNumber(folder);
  const holder = readHolder(folder, highest);
  if (holder) return holder;
  const mine = highest + 1;
  if (!create(folder, mine)) return tryTake(folder);
  if (highestNumber(folder) > mine) {
    rmSync(fileOf(folder, mine), { force: true });
    return tryTake(folder);
  }
  for (const old of numbers(folder)) if (old < mine) rmSync(fileOf(folder, old), { force: true });
  return mine;
}

function readHolder(folder: string, number: number): ProcessIdentity | undefined {
  if (number === 0) return undefined;
  try {
    const text = readFileSync(fileOf(folder, number), 'utf8');
    if (text === FREE) return undefined;
    const holder = parseHolder(text);
    return holder && isAlive(holder) ? holder : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** A file that a power cut left empty or torn names nobody. */
function parseHolder(text: string): ProcessIdentity | undefined {
  const [pid, startedAt] = text.split(' ');
  return startedAt ? { pid: Number(pid), startedAt } : undefined;
}

function create(folder: string, number: number): boolean {
  const me = identify();
  const draft = writeDraft(folder, `${me?.pid} ${me?.startedAt}`);
  try {
    linkSync(draft, fileOf(folder, number));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft);
  }
}

function replace(folder: string, number: number, text: string): void {
  renameSync(writeDraft(folder, text), fileOf(folder, number));
}

let drafts = 0;

function writeDraft(folder: string, text: string): string {
  drafts += 1;
  const draft = join(folder, `draft-${process.pid}-${drafts}`);
  writeFileSync(draft, text);
  return draft;
}

function highestNumber(folder: string): number {
  return Math.max(0, ...numbers(folder));
}

function numbers(folder: string): number[] {
  return readdirSync(folder)
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

function fileOf(folder: string, number: number): string {
  return join(folder, String(number));
}

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault, type Instant, type RequestNumber } from '@gezhi/basis';
import { isDatabaseAway, withMutex } from '@gezhi/storage';
import type { Incoming, Installation } from '@gezhi/town';
import { drainSegment, type Entry, type NotTaken } from './drain-segment.ts';
import { replaceFile } from './journal.ts';
import { type EntrySealer, readEntry, writeEntry } from './sealed-entry.ts';

/*
 * What could not be taken in stands in a file beside the journal, a line each: which it is and why, for a person to read; what was said
 * in it stays sealed. Nothing is thrown away, and what was mended is taken in again.
 */

export const ASIDE = 'not-taken.ndjson';

/** Adds what was not taken: all of it or, on a full disk, nothing. */
export async function addAside(
  folder: string,
  sealer: EntrySealer | undefined,
  entries: readonly NotTaken[],
): Promise<void> {
  const text = await linesOf(sealer, entries);
  await alone(folder, async () => replaceFile(folder, ASIDE, (await textOf(folder)) + text));
}

/** The same in the place of what stood there. */
export async function replaceAside(
  folder: string,
  sealer: EntrySealer | undefined,
  entries: readonly NotTaken[],
): Promise<void> {
  const text = await linesOf(sealer, entries);
  await alone(folder, () => replaceFile(folder, ASIDE, text));
}

/** One that was set aside, and the name by which it is asked for: always the same for the same signal. */
export type Aside = NotTaken & { readonly mark: string };

/**
 * What stands aside in a folder, oldest first, each once; none where nothing does.
 *
 * @throws Fault `aside-unreadable` naming the line, and what `readEntry` throws
 */
export async function readAside(folder: string, sealer: EntrySealer | undefined): Promise<readonly Aside[]> {
  const lines = (await textOf(folder)).split('\n');
  const entries = new Map<string, Aside>();
  for (const [i, line] of lines.entries()) {
    if (line === '') continue;
    const entry = await entryOf(`${join(folder, ASIDE)}:${i + 1}`, line, sealer);
    const mark = markOf(entry);
    entries.set(mark, { ...entry, mark });
  }
  return [...entries.values()];
}

/** What is written otherwise before it is taken again. */
export type Mending = {
  readonly district?: string;
  readonly kind?: string;
  /** The request that it follows up; `none`: it is a report of its own. */
  readonly follows?: RequestNumber | 'none';
};

export type Retaken = {
  /** In the town now; those that were there already are among them. */
  readonly taken: number;
  readonly left: readonly Aside[];
};

/**
 * Takes in again what stands aside: all, or those of these marks, mended. What goes in leaves the file; what does not stays, with the reason
 * of now. A service may run beside it, and killed anywhere it can be begun again.
 *
 * @throws Fault `no-such-mark`; what says that the database is away: the file is as it was
 */
export async function retakeAside(
  installation: Pick<Installation, 'towns'>,
  folder: string,
  order: {
    readonly marks: readonly string[] | 'all';
    readonly mending: Mending;
    readonly sealer: EntrySealer | undefined;
    readonly now: () => Instant;
  },
): Promise<Retaken> {
  const { marks, mending, sealer, now } = order;
  return await alone(folder, async () => {
    const before = await readAside(folder, sealer);
    const unknown = marks === 'all' ? undefined : marks.find((mark) => !before.some((e) => e.mark === mark));
    if (unknown !== undefined)
      throw new Fault('no-such-mark', `Nothing stands aside as ${unknown}.`, {
        hint: `There is: ${before.map(({ mark }) => mark).join(', ') || 'nothing'}.`,
      });
    const chosen = before.filter(({ mark }) => marks === 'all' || marks.includes(mark));
    const refused: NotTaken[] = [];
    const total = { taken: 0, known: 0, notTaken: 0 };
    const entries = chosen.map((entry) => mended(entry, mending));
    await drainSegment(installation.towns, entries, {
      now,
      total,
      isAway: isDatabaseAway,
      done: () => undefined,
      keep: async (again) => void refused.push(...again),
    });
    const left = [...before.filter((entry) => !chosen.includes(entry)), ...refused];
    await replaceFile(folder, ASIDE, await linesOf(sealer, left));
    return {
      taken: total.taken + total.known,
      left: left.map((entry) => ({ ...entry, mark: markOf(entry) })),
    };
  });
}

function mended({ district, signal }: Entry, mending: Mending): Entry {
  const { follows, ...rest } = signal;
  const wanted = mending.follows ?? follows;
  return {
    district: mending.district ?? district,
    signal: {
      ...rest,
      ...(wanted === undefined || wanted === 'none' ? {} : { follows: wanted }),
      ...(mending.kind === undefined ? {} : { kind: mending.kind }),
    },
  };
}

function markOf({ district, signal }: Entry): string {
  const name = `${district}\n${signal.source}\n${signal.id}`;
  return createHash('sha256').update(name).digest('hex').slice(0, 8);
}

async function linesOf(sealer: EntrySealer | undefined, entries: readonly NotTaken[]): Promise<string> {
  const lines = await Promise.all(entries.map((entry) => lineOf(sealer, entry)));
  return lines.map((line) => `${line}\n`).join('');
}

async function lineOf(
  sealer: EntrySealer | undefined,
  { district, signal, because }: NotTaken,
): Promise<string> {
  const entry = { district, signal, because };
  if (!sealer) return JSON.stringify(entry);
  const { source, id, issued } = signal;
  return JSON.stringify({ district, source, id, issued, because, sealed: await writeEntry(sealer, entry) });
}

type Line = {
  readonly district?: string;
  readonly signal?: Incoming;
  readonly because?: string;
  readonly sealed?: string;
};

async function entryOf(where: string, line: string, sealer: EntrySealer | undefined): Promise<NotTaken> {
  const { district, signal, because = '', sealed } = parse(where, line);
  if (sealed !== undefined) return { ...(await readEntry(sealer, sealed)), because };
  if (district !== undefined && signal) return { district, signal, because };
  throw unreadable(where);
}

function parse(where: string, line: string): Line {
  try {
    return JSON.parse(line) as Line;
  } catch (cause) {
    throw unreadable(where, cause);
  }
}

function unreadable(where: string, cause?: unknown): Fault {
  return new Fault('aside-unreadable', `${where} is no line of what was set aside.`, {
    cause,
    hint: 'The line was changed, or cut off by a full disk: put it back as it was, or move it to another file.',
  });
}

async function textOf(folder: string): Promise<string> {
  try {
    return await readFile(join(folder, ASIDE), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

/** One process at a time writes there: a service that drains, or a command. */
function alone<T>(folder: string, work: () => Promise<T>): Promise<T> {
  return withMutex(join(folder, 'aside-mutex'), work);
}

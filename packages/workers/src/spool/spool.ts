import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Instant, type Refusal, type RequestNumber, refuse } from '@gezhi/basis';
import { isDatabaseAway } from '@gezhi/storage';
import { type Incoming, type Installation, openingCode } from '@gezhi/town';
import { ASIDE, addAside } from './aside.ts';
import { claimFolder } from './claim-folder.ts';
import { type Drained, drainSegment, type NotTaken } from './drain-segment.ts';
import {
  type Journal,
  type OpenFile,
  openJournal,
  readSegment,
  removeSegment,
  replaceFile,
} from './journal.ts';
import { type KeptCodes, readCodes } from './kept-codes.ts';
import { type KeptNumbers, keptNumbers } from './kept-numbers.ts';
import { outsideSealer } from './outside-box.ts';
import { type EntrySealer, readEntry, writeEntry } from './sealed-entry.ts';

/** What is answered for a signal that is on disk in the journal and not in the database yet: it has its number, and no case. */
export type SpooledReceipt = {
  readonly number?: RequestNumber;
  readonly code?: string;
  readonly known: boolean;
  readonly joined: boolean;
};

/**
 * The journal that takes signals in while the database is away. What `append` answered is synced to disk; it enters the database when
 * that is back, in order, once (`source` and `id` tell), with the number its requester was told.
 */
export type Spool = {
  /**
   * Writes signals down and answers when they are on disk; concurrent calls share one sync. A full disk or a used-up block of numbers
   * is a refusal `spool-full` of the whole call, of which nothing is kept, and the next call tries again.
   */
  append(signals: readonly Incoming[], district: string): Promise<readonly (SpooledReceipt | Refusal)[]>;
  /** Takes what waits into the database, oldest first, until nothing waits. @throws what says that the database is away */
  drain(now?: () => Instant): Promise<Drained>;
  /** Signals that wait. */
  size(): number;
  isWaiting(district: string): boolean;
  /** Lets the spool know the towns: to drain into, and to reserve numbers ahead. Needs the database. */
  attach(installation: Installation): Promise<void>;
  close(): Promise<void>;
};

export type SpoolOptions = (InsideSpool | OutsideSpool) & {
  readonly log?: (line: string) => void;
  /** Opens a new segment for writing; for tests of full disks. */
  readonly openFile?: OpenFile;
};

type InsideSpool = {
  /** Seals what waits; without one it lies in clear. */
  readonly sealer?: EntrySealer;
  readonly isOutside?: false;
};

/**
 * The folder is carried to the house (`carry.ts`): all that comes is written and stays, under numbers and codes that it gave, sealed to its
 * key, which lies in the folder: keys that open anything are not for here.
 */
type OutsideSpool = { readonly sealer?: never; readonly isOutside: true };

/** More than this would not fit into memory with its keys; at ten a second it is half a day. */
const WAITING_MAX = 500_000;

/**
 * Opens the spool in a folder, which is made where it is missing, and counts what a process before this one left there.
 *
 * @throws Fault `folder-taken` where another process writes there
 */
export async function openSpool(folder: string, options: SpoolOptions = {}): Promise<Spool> {
  const release = await claimFolder(folder);
  try {
    const journal = await openJournal(folder, options.openFile);
    const sealer = options.isOutside ? await outsideSealer(folder) : options.sealer;
    const spool = new JournalSpool(folder, journal, release, options, sealer);
    await spool.readBack();
    return spool;
  } catch (error) {
    await release();
    throw error;
  }
}

type Pending = { readonly number?: RequestNumber; readonly written: Promise<void> };

class JournalSpool implements Spool {
  readonly #folder: string;
  readonly #journal: Journal;
  readonly #release: () => Promise<void>;
  readonly #log: (line: string) => void;
  readonly #sealer: EntrySealer | undefined;
  readonly #pending = new Map<string, Pending>();
  readonly #waiting = new Map<string, number>();
  readonly #numbers = new Map<string, Promise<KeptNumbers>>();
  readonly #codes = new Map<string, Promise<KeptCodes>>();
  readonly #isOutside: boolean;
  #installation: Installation | undefined;
  #secret: Buffer | undefined;
  #draining: Promise<Drained> | undefined;

  constructor(
    folder: string,
    journal: Journal,
    release: () => Promise<void>,
    options: SpoolOptions,
    sealer: EntrySealer | undefined,
  ) {
    this.#folder = folder;
    this.#journal = journal;
    this.#release = release;
    this.#log = options.log ?? (() => undefined);
    this.#sealer = sealer;
    this.#isOutside = options.isOutside ?? false;
  }

  async readBack(): Promise<void> {
    // What was written outside is not read there again: one sent twice over a restart is known inside by its source and id.
    if (this.#isOutside) return;
    this.#secret = await readSecret(this.#folder);
    for (const segment of await this.#journal.seal()) {
      const { payloads, torn } = await readSegment(segment);
      if (torn > 0)
        this.#log(`${segment} ends in ${torn} bytes that were never acknowledged; they are passed over.`);
      for (const payload of payloads) {
        const { district, signal } = await readEntry(this.#sealer, payload);
        this.#remember(keyOf(district, signal), district, {
          number: signal.issued,
          written: Promise.resolve(),
        });
      }
    }
    if (this.size() > 0) this.#log(`${this.size()} signals wait in the journal for the database.`);
  }

  async attach(installation: Installation): Promise<void> {
    if (this.#isOutside) return;
    this.#installation = installation;
    // The keys are made with the first value, which takes the database; later there may be none.
    await writeEntry(this.#sealer, { district: '', signal: NO_SIGNAL });
    if (!this.#secret?.equals(installation.secret)) {
      await replaceFile(this.#folder, SECRET, installation.secret.toString('base64'));
      this.#secret = installation.secret;
    }
    for (const town of installation.towns.values()) await (await this.#numbersOf(town.district)).refill(town);
  }

  async append(
    signals: readonly Incoming[],
    district: string,
  ): Promise<readonly (SpooledReceipt | Refusal)[]> {
    if (this.size() + signals.length > WAITING_MAX) return this.#refuseAll(signals, 'too many signals wait');
    const fresh = freshOf(signals, district, this.#pending);
    const lacking = new Set(fresh.filter((signal) => !signal.issued && !signal.found && !signal.follows));
    let numbers: readonly RequestNumber[] | undefined;
    try {
      numbers = await (await this.#numbersOf(district)).take(lacking.size);
    } catch (error) {
      return this.#refuseAll(signals, (error as Error).message);
    }
    if (!numbers) return this.#refuseAll(signals, 'the block of reserved numbers is used up');
    const given = [...numbers];
    const numbered = fresh.map((signal) =>
      lacking.has(signal) ? { ...signal, issued: given.shift()! } : signal,
    );
    return await this.#write(signals, numbered, numbers, district);
  }

  async #write(
    signals: readonly Incoming[],
    fresh: readonly Incoming[],
    numbers: readonly RequestNumber[],
    district: string,
  ): Promise<readonly (SpooledReceipt | Refusal)[]> {
    // Somebody may have written the same signal while we waited for numbers.
    const mine = freshOf(fresh, district, this.#pending);
    const written = mine.length > 0 ? this.#append(mine, district) : Promise.resolve();
    for (const signal of mine) {
      this.#remember(keyOf(district, signal), district, { number: signal.issued ?? signal.follows, written });
    }
    const pending = signals.map((signal) => this.#pending.get(keyOf(district, signal)));
    try {
      await written;
    } catch (error) {
      for (const signal of mine) this.#forget(keyOf(district, signal), district);
      // A torn segment may still hold these numbers; they are given to nobody else.
      if ((error as { code?: string }).code !== 'journal-torn')
        (await this.#numbersOf(district)).putBack(numbers);
      return this.#refuseAll(signals, (error as Error).message);
    }
    // What another call is writing is answered when it is written.
    const others = await Promise.allSettled(pending.map((one) => one?.written));
    const codes = await this.#codesOf(district);
    return signals.map((signal, i) =>
      others[i]!.status === 'fulfilled' ? this.#receipt(signal, pending[i], mine, codes) : cannotKeep(),
    );
  }

  async #append(signals: readonly Incoming[], district: string): Promise<void> {
    const entries = signals.map((signal) => writeEntry(this.#sealer, { district, signal }));
    await this.#journal.append(await Promise.all(entries));
  }

  #receipt(
    signal: Incoming,
    pending: Pending | undefined,
    mine: readonly Incoming[],
    codes: KeptCodes,
  ): SpooledReceipt {
    const known = !mine.some((one) => one.source === signal.source && one.id === signal.id);
    const number = pending?.number;
    const opens = number !== undefined && !signal.follows;
    const code = opens && (this.#secret ? openingCode(this.#secret, number) : codes.get(number));
    return {
      ...(number === undefined ? {} : { number }),
      ...(code ? { code } : {}),
      known,
      joined: signal.follows !== undefined,
    };
  }

  #refuseAll(signals: readonly Incoming[], why: string): readonly Refusal[] {
    this.#log(`The journal takes no signals: ${why}`);
    return signals.map(cannotKeep);
  }

  drain(now: () => Instant = Date.now): Promise<Drained> {
    this.#draining ??= this.#drainAll(now).finally(() => {
      this.#draining = undefined;
    });
    return this.#draining;
  }

  async #drainAll(now: () => Instant): Promise<Drained> {
    const { towns } = this.#installation ?? {};
    const total = { taken: 0, known: 0, notTaken: 0 };
    if (!towns) return total;
    for (
      let segments = await this.#journal.seal();
      segments.length > 0;
      segments = await this.#journal.seal()
    ) {
      for (const segment of segments) {
        const { payloads } = await readSegment(segment);
        const entries = await Promise.all(payloads.map((payload) => readEntry(this.#sealer, payload)));
        await drainSegment(towns, entries, {
          now,
          isAway: isDatabaseAway,
          done: ({ district, signal }) => this.#forget(keyOf(district, signal), district),
          keep: (notTaken) => this.#keepAside(notTaken),
          total,
        });
        await removeSegment(segment, this.#folder);
      }
    }
    if (total.taken > 0) this.#log(`${total.taken} signals entered from the journal.`);
    for (const town of towns.values()) await (await this.#numbersOf(town.district)).refill(town);
    return total;
  }

  /** What the database will not have as it is stands in a file for a person to look at; nothing is thrown away. */
  async #keepAside(entries: readonly NotTaken[]): Promise<void> {
    await addAside(this.#folder, this.#sealer, entries);
    this.#log(
      `${entries.length} signals of the journal need a look (gezhi spool aside): ${join(this.#folder, ASIDE)}`,
    );
  }

  size(): number {
    return this.#pending.size;
  }

  isWaiting(district: string): boolean {
    return this.#isOutside || (this.#waiting.get(district) ?? 0) > 0;
  }

  /** Codes lie there only where the folder was prepared for a service outside. */
  #codesOf(district: string): Promise<KeptCodes> {
    if (!this.#isOutside) return NO_CODES;
    let codes = this.#codes.get(district);
    if (!codes) {
      codes = readCodes(this.#folder, district);
      this.#codes.set(district, codes);
    }
    return codes;
  }

  async close(): Promise<void> {
    await this.#draining?.catch((error: Error) => this.#log(`The journal waits on: ${error.message}`));
    await this.#journal.close();
    await this.#release();
  }

  #remember(key: string, district: string, pending: Pending): void {
    if (!this.#pending.has(key)) this.#waiting.set(district, (this.#waiting.get(district) ?? 0) + 1);
    this.#pending.set(key, pending);
  }

  #forget(key: string, district: string): void {
    if (this.#pending.delete(key)) this.#waiting.set(district, (this.#waiting.get(district) ?? 1) - 1);
  }

  #numbersOf(district: string): Promise<KeptNumbers> {
    let numbers = this.#numbers.get(district);
    if (!numbers) {
      numbers = keptNumbers(this.#folder, district);
      this.#numbers.set(district, numbers);
    }
    return numbers;
  }
}

/** The key of the installation, by which the codes of numbers are made while the database that keeps it is away. */
const SECRET = 'secret';
const NO_CODES: Promise<KeptCodes> = Promise.resolve(new Map());
const NO_SIGNAL: Incoming = { source: '', id: '', type: '', occurredAt: 0, channel: 'web', words: '' };

const keyOf = (district: string, { source, id }: Incoming): string => `${district}\n${source}\n${id}`;

function cannotKeep(): Refusal {
  return refuse('spool-full', 'It cannot be kept just now. Send it again in a while.');
}

/** Of each source and id the first, where none waits already. */
function freshOf(
  signals: readonly Incoming[],
  district: string,
  pending: ReadonlyMap<string, Pending>,
): Incoming[] {
  const fresh = new Map<string, Incoming>();
  for (const signal of signals) {
    const key = keyOf(district, signal);
    if (!pending.has(key) && !fresh.has(key)) fresh.set(key, signal);
  }
  return [...fresh.values()];
}

async function readSecret(folder: string): Promise<Buffer | undefined> {
  try {
    return Buffer.from(await readFile(join(folder, SECRET), 'utf8'), 'base64');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

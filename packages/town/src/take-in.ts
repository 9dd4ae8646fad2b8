import { setImmediate } from 'node:timers/promises';
import { type CaseId, type Instant, isRefusal, type Refusal, type RequestNumber } from '@gezhi/basis';
import { type Actor, replay } from '@gezhi/cases';
import { findRequest, firstNumber, isConflict, knownSignals, loadFacts, sameWords } from '@gezhi/storage';
import type { Incoming, Receipt } from './incoming.ts';
import { admit, type Batch, newBatch, writeBatch } from './intake-batch.ts';
import { openingCode } from './numbers.ts';
import { type ReadSignal, readSignal } from './read-signal.ts';
import type { Town } from './town.ts';

const TRIES = 5;

/** After so many signals others have their turn: a batch that commits meanwhile holds the log's head until it is served. */
const TURN = 100;

export type TakeInOptions = {
  /**
   * Spares the look-up of signals taken in before, where none is expected: should one be there after all, its key is refused by the
   * database, and the batch is taken again with the look-up.
   */
  readonly expectsNew?: boolean;
};

/**
 * Takes a batch of signals in, all in one transaction: each finds its place and kind, opens a case or joins one, and goes on as far as
 * the process goes by itself. Answers a receipt or a refusal for each, in order; when it answers, everything is on disk.
 *
 * Sending twice is harmless: `(district, source, id)` taken in before answers what it answered then. Costs a fixed number of round
 * trips whatever the size of the batch (two to read, seven to write).
 *
 * @throws where the database is away: nothing was taken in, and the same batch can be sent again
 */
export async function takeIn(
  town: Town,
  signals: readonly Incoming[],
  now: Instant,
  by: Actor = { post: 'intake' },
  options: TakeInOptions = {},
): Promise<readonly (Receipt | Refusal)[]> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const looksUp = attempt > 1 || options.expectsNew !== true;
      return await takeInOnce(town, signals, now, by, looksUp);
    } catch (error) {
      if (!isConflict(error) || attempt === TRIES) throw error;
    }
  }
}

async function takeInOnce(
  town: Town,
  signals: readonly Incoming[],
  now: Instant,
  by: Actor,
  looksUp: boolean,
): Promise<readonly (Receipt | Refusal)[]> {
  const first = new Map(signals.map((signal) => [keyOf(signal), signal]).reverse() as [string, Incoming][]);
  // Asked at once and awaited last: nothing of the reading hangs on it, and a signal that comes again is rare.
  const asked = looksUp ? knownSignals(town.db.pool, town.district, signals) : [];
  const [known, { read, batch }] = await Promise.all([
    asked,
    readAndPrepare(town, [...first.values()].reverse(), now, by),
  ]);
  const receipts = receiptsOf(town, known);
  const fresh = read.filter(({ signal }) => !receipts.has(keyOf(signal)));
  for (const [i, item] of fresh.entries()) {
    receipts.set(keyOf(item.signal), admit(batch, item));
    if (i % TURN === TURN - 1) await setImmediate();
  }
  await writeBatch(batch);
  return signals.map((signal) => {
    const receipt = receipts.get(keyOf(signal))!;
    return first.get(keyOf(signal)) === signal || isRefusal(receipt) ? receipt : { ...receipt, known: true };
  });
}

/** What was answered when these signals were taken in. */
function receiptsOf(
  town: Town,
  signals: Awaited<ReturnType<typeof knownSignals>>,
): Map<string, Receipt | Refusal> {
  const receipts = new Map<string, Receipt | Refusal>();
  for (const known of signals) {
    receipts.set(keyOf(known), {
      caseId: known.case_id,
      ...(known.number
        ? {
            number: known.number,
            get code() {
              return openingCode(town.secret, known.number!);
            },
          }
        : {}),
      known: true,
      joined: false,
    });
  }
  return receipts;
}

async function readAndPrepare(
  town: Town,
  signals: readonly Incoming[],
  now: Instant,
  by: Actor,
): Promise<{ readonly read: readonly ReadSignal[]; readonly batch: Batch }> {
  const read: ReadSignal[] = [];
  for (const signal of signals) {
    read.push(
      readSignal(town, signal.follows ? await byFirstNumber(town, signal, signal.follows) : signal, now),
    );
    if (read.length % TURN === 0) await setImmediate();
  }
  return { read, batch: await prepare(town, read, now, by) };
}

const keyOf = (s: { source: string; id: string }): string => `${s.source}\n${s.id}`;

/** A follow-up goes to the number under which its request is in the log. */
async function byFirstNumber(town: Town, signal: Incoming, told: RequestNumber): Promise<Incoming> {
  return { ...signal, follows: await firstNumber(town.db.pool, town.district, told) };
}

async function prepare(town: Town, read: readonly ReadSignal[], now: Instant, by: Actor): Promise<Batch> {
  const { pool } = town.db;
  const batch = newBatch(town, now, by);
  const hashes = read.flatMap((item) => item.same ?? []);
  const [same] = await Promise.all([
    sameWords(pool, town.district, hashes),
    town.numbers.ready(read.filter(({ signal }) => !signal.issued).length),
  ]);
  for (const [hash, caseId] of same) batch.same.set(hash, caseId);
  for (const { signal } of read) {
    if (!signal.follows) continue;
    const caseId = await findRequest(pool, town.district, signal.follows);
    if (caseId) batch.follows.set(signal.follows, caseId);
  }
  const named = read.flatMap(({ signal }) => signal.joins ?? []);
  const wanted = new Set<CaseId>([...batch.same.values(), ...batch.follows.values(), ...named]);
  for (const [id, facts] of await loadFacts(pool, town.district, [...wanted]))
    batch.cases.set(id, replay(facts)!);
  return batch;
}

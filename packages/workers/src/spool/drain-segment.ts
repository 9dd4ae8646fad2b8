import { type Instant, isRefusal, type Refusal } from '@gezhi/basis';
import { keepToldNumber } from '@gezhi/storage';
import { type Incoming, type Receipt, type Town, takeIn } from '@gezhi/town';

/** A signal as the journal holds it. */
export type Entry = { readonly district: string; readonly signal: Incoming };

/** What went in, what was there already, what was set aside. */
export type Drained = { readonly taken: number; readonly known: number; readonly notTaken: number };

/** A signal that did not go in, and why. */
export type NotTaken = Entry & { readonly because: string };

export type DrainTools = {
  readonly now: () => Instant;
  readonly isAway: (error: unknown) => boolean;
  readonly done: (entry: Entry) => void;
  readonly keep: (entries: readonly NotTaken[]) => Promise<void>;
  readonly total: { -readonly [K in keyof Drained]: Drained[K] };
};

const BATCH = 500;

/**
 * Takes the signals of a segment in, in order, in batches of one district. A batch that fails for another reason than an absent database
 * is taken one by one, so that one signal that cannot be written does not hold up all behind it: it is set aside with its reason.
 *
 * @throws what says that the database is away; what went in before is not taken twice the next time
 */
export async function drainSegment(
  towns: ReadonlyMap<string, Town>,
  entries: readonly Entry[],
  tools: DrainTools,
): Promise<void> {
  for (let from = 0; from < entries.length; ) {
    const to = endOfBatch(entries, from);
    await drainBatch(towns.get(entries[from]!.district), entries.slice(from, to), tools);
    from = to;
  }
}

/** A batch ends before another district, and before a signal that follows up a request of the same batch: it has to be there first. */
function endOfBatch(entries: readonly Entry[], from: number): number {
  const { district } = entries[from]!;
  const issued = new Set<string>();
  for (let to = from; to < Math.min(entries.length, from + BATCH); to += 1) {
    const entry = entries[to]!;
    if (entry.district !== district || (entry.signal.follows && issued.has(entry.signal.follows))) return to;
    if (entry.signal.issued) issued.add(entry.signal.issued);
  }
  return Math.min(entries.length, from + BATCH);
}

async function drainBatch(town: Town | undefined, batch: readonly Entry[], tools: DrainTools): Promise<void> {
  if (!town) {
    await setAside(batch, 'no-such-district: There is no such district here.', tools);
    return;
  }
  let receipts: readonly (Receipt | Refusal)[];
  try {
    receipts = await takeIn(
      town,
      batch.map((entry) => entry.signal),
      tools.now(),
    );
  } catch (error) {
    if (tools.isAway(error)) throw error;
    if (batch.length === 1) await setAside(batch, (error as Error).message, tools);
    else for (const entry of batch) await drainBatch(town, [entry], tools);
    return;
  }
  const aside = batch.flatMap((entry, i) => notTaken(entry, receipts[i]!));
  for (const [i, entry] of batch.entries()) await keepSecondNumber(town, entry, receipts[i]!);
  if (aside.length > 0) await tools.keep(aside);
  for (const [i, entry] of batch.entries()) {
    const receipt = receipts[i]!;
    if (isRefusal(receipt)) tools.total.notTaken += 1;
    else if (receipt.known) tools.total.known += 1;
    else tools.total.taken += 1;
    tools.done(entry);
  }
}

function notTaken(entry: Entry, receipt: Receipt | Refusal): NotTaken[] {
  return isRefusal(receipt) ? [{ ...entry, because: `${receipt.code}: ${receipt.because}` }] : [];
}

/** It had come by another way before, and got its number there: the one told last opens it too. */
async function keepSecondNumber(town: Town, { signal }: Entry, receipt: Receipt | Refusal): Promise<void> {
  if (isRefusal(receipt) || !receipt.number || !signal.issued || receipt.number === signal.issued) return;
  await keepToldNumber(town.db.pool, town.district, signal.issued, receipt.number);
}

async function setAside(batch: readonly Entry[], because: string, tools: DrainTools): Promise<void> {
  await tools.keep(batch.map((entry) => ({ ...entry, because })));
  for (const entry of batch) {
    tools.total.notTaken += 1;
    tools.done(entry);
  }
}

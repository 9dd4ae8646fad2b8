import { Fault, type Instant, isRefusal, type Refusal, refuse } from '@gezhi/basis';
import { isDatabaseAway } from '@gezhi/storage';
import type { Incoming, Receipt, Town } from '@gezhi/town';
import type { Spool, SpooledReceipt } from './spool-port.ts';

export type Taken = (Receipt & { readonly spooled?: false }) | (SpooledReceipt & { readonly spooled: true });

/**
 * Gathers the signals of concurrent callers into common transactions: while two batches are on their way, what arrives waits and goes
 * with the next, at most 256 together. Nobody waits for company: a signal that comes alone goes alone, at once.
 */
export type IntakeBatcher = {
  /** Answers when these signals are on disk. @throws Fault `intake-full` where too many wait; the fault of `take` */
  submit(town: Town, signals: readonly Incoming[]): Promise<readonly (Taken | Refusal)[]>;
  /** How many signals wait to be taken. */
  waiting(): number;
  /** Answers when nothing waits and nothing is on its way. */
  idle(): Promise<void>;
};

export type BatcherOptions = {
  readonly take: (
    town: Town,
    signals: readonly Incoming[],
    now: Instant,
  ) => Promise<readonly (Receipt | Refusal)[]>;
  /** Gives signals their numbers before they are taken, so that they bear the same ones by whichever way they enter. */
  readonly number?: (town: Town, signals: readonly Incoming[]) => Promise<readonly Incoming[]>;
  readonly now: () => Instant;
  readonly spool?: Spool;
  readonly batchMax?: number;
  readonly inFlightMax?: number;
  readonly waitingMax?: number;
};

/** More in one transaction would make the first of them wait without making the last one faster. */
const BATCH_MAX = 256;
/** One batch is computed while the other one is being synced to disk. */
const IN_FLIGHT_MAX = 2;
/** About a second of intake; whoever comes later is told to come again, so that nobody waits without end. */
const WAITING_MAX = 8192;

type Item = {
  readonly signal: Incoming;
  readonly resolve: (taken: Taken | Refusal) => void;
  readonly reject: (error: unknown) => void;
};

type Queue = { town: Town; readonly items: Item[]; inFlight: number; isAwaited: boolean };

export function intakeBatcher(options: BatcherOptions): IntakeBatcher {
  const { batchMax = BATCH_MAX, inFlightMax = IN_FLIGHT_MAX, waitingMax = WAITING_MAX } = options;
  const queues = new Map<string, Queue>();
  const quiet: (() => void)[] = [];
  const underWay = new Map<string, Promise<Taken | Refusal>>();
  const waiting = (): number => [...queues.values()].reduce((sum, { items }) => sum + items.length, 0);
  const isIdle = (): boolean => [...queues.values()].every((q) => q.items.length === 0 && q.inFlight === 0);

  const launch = (queue: Queue): void => {
    queue.isAwaited = false;
    while (queue.items.length > 0 && queue.inFlight < inFlightMax) {
      const batch = queue.items.splice(0, batchMax);
      queue.inFlight += 1;
      settle(options, queue.town, batch).finally(() => {
        queue.inFlight -= 1;
        launch(queue);
        if (isIdle()) for (const done of quiet.splice(0)) done();
      });
    }
  };

  const submit: IntakeBatcher['submit'] = (town, signals) => {
    const queue = queues.get(town.district) ?? { town, items: [], inFlight: 0, isAwaited: false };
    queues.set(town.district, queue);
    queue.town = town;
    if (queue.items.length + signals.length > waitingMax && queue.items.length > 0) {
      return Promise.reject(new Fault('intake-full', `${queue.items.length} signals wait to be taken in.`));
    }
    const taken = signals.map((signal) => {
      const key = `${town.district}\n${signal.source}\n${signal.id}`;
      const twin = underWay.get(key);
      // Two of one key in two batches could be told two numbers, where one of the batches ends in the journal.
      if (twin) return twin.then((answer) => (isRefusal(answer) ? answer : { ...answer, known: true }));
      const answer = new Promise<Taken | Refusal>((resolve, reject) =>
        queue.items.push({ signal, resolve, reject }),
      );
      underWay.set(key, answer);
      const done = (): boolean => underWay.delete(key);
      answer.then(done, done);
      return answer;
    });
    // What other sockets brought in the same turn of the event loop goes along.
    if (!queue.isAwaited) {
      queue.isAwaited = true;
      setImmediate(launch, queue);
    }
    return Promise.all(taken);
  };
  return {
    submit,
    waiting,
    idle: () => (isIdle() ? Promise.resolve() : new Promise((resolve) => quiet.push(resolve))),
  };
}

/** Takes a batch and answers each of its callers. Never rejects. */
async function settle(options: BatcherOptions, town: Town, batch: readonly Item[]): Promise<void> {
  try {
    const taken = await takeOrSpool(
      options,
      town,
      batch.map((item) => item.signal),
    );
    for (const [i, item] of batch.entries())
      item.resolve(taken[i] ?? refuse('not-answered', 'Intake gave no answer.'));
  } catch (error) {
    if (batch.length === 1 || isDatabaseAway(error) || error instanceof Fault) {
      for (const item of batch) item.reject(error);
    } else {
      // One of them cannot be written; the others must not suffer for it.
      for (const item of batch) await settle(options, town, [item]);
    }
  }
}

async function takeOrSpool(
  { take, number = async (_, given) => given, spool, now }: BatcherOptions,
  town: Town,
  signals: readonly Incoming[],
): Promise<readonly (Taken | Refusal)[]> {
  if (!spool) return await take(town, signals, now());
  if (spool.isWaiting?.(town.district)) return await append(spool, town, signals);
  let numbered = signals;
  try {
    numbered = await number(town, signals);
    return await take(town, numbered, now());
  } catch (error) {
    if (!isDatabaseAway(error)) throw error;
    // It may have been committed and only not answered: the journal finds it known then, under this very number.
    return await append(spool, town, numbered);
  }
}

async function append(
  spool: Spool,
  town: Town,
  signals: readonly Incoming[],
): Promise<readonly (Taken | Refusal)[]> {
  const receipts = await spool.append(signals, town.district);
  return receipts.map((receipt) => (isRefusal(receipt) ? receipt : { ...receipt, spooled: true as const }));
}

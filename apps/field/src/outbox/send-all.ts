import type { Entry } from './entry.ts';
import { afterSending, expectedSeq, type Later, nextToSend, type Outcome } from './outbox.ts';

/** Where entries are kept and how they are told. */
export type Post = {
  read(): Promise<readonly Entry[]>;
  save(entry: Entry): Promise<void>;
  deliver(entry: Entry, expectedSeq: number | undefined): Promise<Outcome>;
  now(): number;
};

/** How often one entry is tried in one go: photos of the same post came in between, over and over, only where something is wrong. */
const TRIES = 3;

/**
 * Sends what waits, one by one, in the order of doing, and writes down what came of each before the next. Answers why it rested before
 * the end, or nothing. Stopped at any point, it goes on from there: what was sent but not written down is sent again under the same
 * id, which changes nothing.
 */
export async function sendAll(post: string, io: Post): Promise<Later | undefined> {
  const tries = new Map<string, number>();
  for (;;) {
    const entries = await io.read();
    const entry = nextToSend(entries, post);
    if (!entry) return undefined;
    const tried = (tries.get(entry.id) ?? 0) + 1;
    if (tried > TRIES) return 'busy';
    tries.set(entry.id, tried);
    const outcome = await io.deliver(entry, expectedSeq(entries, entry));
    if (outcome.is === 'later') return outcome.why;
    await io.save(afterSending(entry, outcome, io.now()));
  }
}

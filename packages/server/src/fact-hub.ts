import type { Fact } from '@gezhi/cases';
import { type Db, factsAfter, isDatabaseAway, logHeads } from '@gezhi/storage';

/** What a listener is given: facts of one district in order, without a gap; and that none will come any more. */
export type Listener = { readonly facts: (facts: readonly Fact[]) => void; readonly end: () => void };

/**
 * Looks after new facts for everybody who follows the log: one look at `log_head` at most five times a second for the whole process,
 * however many listen, and one read of what is new for all listeners of a district. Rests while nobody listens.
 */
export type FactHub = {
  /** Calls with every fact after `position`, first those that lie in the log, then new ones as they come. Answers how to stop. */
  follow(district: string, position: number, listener: Listener): Promise<() => void>;
  headOf(district: string): Promise<number>;
  /** Ends everybody who follows. */
  close(): void;
};

const POLL_MS = 200;
const PAGE = 500;

type Follower = { readonly listener: Listener; position: number };

export function factHub(pool: Db['pool'], onFault: (error: unknown, what: string) => void): FactHub {
  const followers = new Map<string, Set<Follower>>();
  let timer: NodeJS.Timeout | undefined;
  let isLooking = false;
  let isClosed = false;

  const look = async (): Promise<void> => {
    if (isLooking) return;
    isLooking = true;
    try {
      const heads = await logHeads(pool);
      for (const [district, group] of followers) await bring(pool, district, heads.get(district) ?? 0, group);
    } catch (error) {
      // While the database is away followers keep their position; they are brought what they missed when it is back.
      if (!isDatabaseAway(error)) onFault(error, 'stream');
    } finally {
      isLooking = false;
    }
  };
  const rest = (): void => {
    clearInterval(timer);
    timer = undefined;
  };
  const wake = (): void => {
    timer ??= setInterval(() => void look(), POLL_MS);
  };
  const headOf = async (district: string): Promise<number> => (await logHeads(pool)).get(district) ?? 0;
  return {
    headOf,
    follow: async (district, position, listener) => {
      if (isClosed) {
        listener.end();
        return () => undefined;
      }
      const follower: Follower = { listener, position };
      const group = followers.get(district) ?? new Set();
      followers.set(district, group.add(follower));
      wake();
      return () => {
        group.delete(follower);
        if (group.size === 0) followers.delete(district);
        if (followers.size === 0) rest();
      };
    },
    close: () => {
      isClosed = true;
      const listeners = [...followers.values()].flatMap((group) => [...group]);
      followers.clear();
      rest();
      for (const { listener } of listeners) listener.end();
    },
  };
}

/** Brings one group up to a head: those who are equally far share one read. */
async function bring(pool: Db['pool'], district: string, head: number, group: Set<Follower>): Promise<void> {
  for (;;) {
    const behind = [...group].filter((follower) => follower.position < head);
    if (behind.length === 0) return;
    const from = Math.min(...behind.map((follower) => follower.position));
    const facts = await factsAfter(pool, district, from, PAGE);
    if (facts.length === 0) return;
    const last = facts.at(-1)!.position;
    for (const follower of behind) {
      if (!group.has(follower)) continue;
      const fresh = facts.filter((fact) => fact.position > follower.position);
      if (fresh.length === 0) continue;
      follower.position = last;
      follower.listener.facts(fresh);
    }
  }
}

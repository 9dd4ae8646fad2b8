import type { Instant } from '@gezhi/basis';
import { dueUnnoticed, followerLag, recordedAtOf } from '@gezhi/storage';
import type { Installation } from '@gezhi/town';

/** How far the workers are behind, for metrics and for whoever waits for them. */
export type Lag = {
  /** By district and follower: facts not taken yet, and how long ago the first of them was recorded. */
  readonly followers: readonly {
    readonly district: string;
    readonly name: string;
    readonly facts: number;
    readonly seconds: number;
  }[];
  /** By district: cases of which a clock passed and was not noted yet, and how long ago the first passed. */
  readonly clocks: readonly { readonly district: string; readonly cases: number; readonly seconds: number }[];
  /** Signals in the journal. */
  readonly spooled: number;
};

export async function lagOf(
  installation: Installation,
  names: readonly string[],
  now: Instant,
): Promise<Omit<Lag, 'spooled'>> {
  const { pool } = installation.db;
  const since = (at: Instant | null | undefined): number =>
    at === null || at === undefined ? 0 : Math.max(0, (now - at) / 1000);
  const followers: Lag['followers'][number][] = [];
  for (const { district, name, head, position } of await followerLag(pool, names)) {
    const first = head > position ? await recordedAtOf(pool, district, position + 1) : undefined;
    followers.push({ district, name, facts: head - position, seconds: since(first) });
  }
  const clocks: Lag['clocks'][number][] = [];
  for (const district of installation.towns.keys()) {
    const { cases, since: at } = await dueUnnoticed(pool, district, now);
    clocks.push({ district, cases, seconds: since(at) });
  }
  return { followers, clocks };
}

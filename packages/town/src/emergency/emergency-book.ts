import type { Instant } from '@gezhi/basis';
import { type Db, type EmergencyRow, openEmergencies } from '@gezhi/storage';

/** The emergencies of a district as this process knows them; powers ask it without asking anybody. */
export type EmergencyBook = {
  /** Those in force now: begun, not over, and before their end by the clock, whether or not anybody noted it. */
  readonly inForce: () => readonly EmergencyRow[];
  /** Reads them anew: when the town is opened, by the worker every second or so, and after an act. */
  readonly refresh: () => Promise<void>;
};

export function emergencyBook(
  db: Pick<Db, 'pool'>,
  district: string,
  now: () => Instant = Date.now,
): EmergencyBook {
  let known: readonly EmergencyRow[] = [];
  return {
    inForce: () => {
      if (known.length === 0) return known;
      const at = now();
      return known.filter((one) => isInForce(one, at));
    },
    refresh: async () => {
      known = await openEmergencies(db.pool, district);
    },
  };
}

export function isInForce(
  { startsAt, endsAt, endedAt }: Pick<EmergencyRow, 'startsAt' | 'endsAt' | 'endedAt'>,
  at: Instant,
): boolean {
  return startsAt <= at && at < Math.min(endsAt, endedAt ?? endsAt);
}

/** As people name it: E-3. */
export function emergencyName(number: number): string {
  return `E-${number}`;
}

export function emergencyNumber(name: string): number | undefined {
  const [, digits] = /^E-([1-9]\d{0,8})$/.exec(name) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

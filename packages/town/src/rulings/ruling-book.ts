import { type Db, liveRulings, type RulingRow } from '@gezhi/storage';

/** The live rulings of a district as this process knows them, the newest first; routing reads them without asking anybody. */
export type RulingBook = {
  readonly live: () => readonly RulingRow[];
  /** Reads them anew: when the town is opened, by the follower every second or so, and after the owner's word. */
  readonly refresh: () => Promise<void>;
};

export function rulingBook(db: Pick<Db, 'pool'>, district: string): RulingBook {
  let live: readonly RulingRow[] = [];
  return {
    live: () => live,
    refresh: async () => {
      live = await liveRulings(db.pool, district);
    },
  };
}

/** As people name it: R-12. */
export function rulingName(number: number): string {
  return `R-${number}`;
}

export function rulingNumber(name: string): number | undefined {
  const [, digits] = /^R-([1-9]\d{0,8})$/.exec(name) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

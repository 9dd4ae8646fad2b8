import type { Refusal, RequestNumber } from '@gezhi/basis';
import type { Incoming } from '@gezhi/town';

/** What is answered for a signal that is on disk in the journal and not in the database yet: it has its number, and no case. */
export type SpooledReceipt = {
  readonly number?: RequestNumber;
  readonly code?: string;
  readonly known: boolean;
  readonly joined: boolean;
};

/**
 * The journal that takes signals in while the database is away. When `append` answers, they are synced to disk; they enter the
 * database when it is back, in order, once.
 */
export type Spool = {
  /** @throws Fault `spool-full` where the disk or the block of reserved numbers is used up: nothing of this call was written */
  append(signals: readonly Incoming[], district: string): Promise<readonly (SpooledReceipt | Refusal)[]>;
  /** Whether signals of this district still wait: new ones go behind them, so that order is kept. */
  isWaiting?(district: string): boolean;
};

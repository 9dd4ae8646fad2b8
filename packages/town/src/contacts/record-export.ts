import type { Instant } from '@gezhi/basis';
import type { Actor } from '@gezhi/cases';
import { addLedgerEvent, inTransaction } from '@gezhi/storage';
import type { Town } from '../town.ts';

/** What left the house, or is about to: how much of what, to whom, for what. No free text. */
export type Export = {
  /** requests, facts, unit, everything, feed … */
  readonly what: string;
  readonly by: Actor;
  readonly contacts?: boolean;
  readonly words?: boolean;
  readonly unit?: string;
  readonly since?: number;
  readonly upTo?: number;
  /** Of a mass export: the posts on whose word it was made. */
  readonly steward?: string;
  readonly second?: string;
  /** The system that asked, the user it asked for, and for what (docs/api.md, exchanges). */
  readonly client?: string;
  readonly user?: string;
  readonly purpose?: string;
  /** The call and its answer, as hashes; an answer that is sent while it is read has none. */
  readonly route?: string;
  readonly requestHash?: string;
  readonly answerHash?: string;
};

/** Writes an export down in the ledger; call it before anything leaves, so that what is broken off is written down too. One transaction. */
export async function recordExport(
  town: Pick<Town, 'db' | 'district'>,
  { by, ...what }: Export,
  now: Instant,
): Promise<void> {
  const body = { ...what, by: by.person === undefined ? { post: by.post } : { ...by } };
  await inTransaction(town.db.pool, (client) =>
    addLedgerEvent(client, town.district, { kind: 'export', at: now, body }),
  );
}

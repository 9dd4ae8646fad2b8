import type { Instant, RequestNumber } from '@gezhi/basis';
import { keepMonths } from '@gezhi/scene';
import { type EndedRequest, endedRequests } from '@gezhi/storage';
import type { Town } from '../town.ts';
import { eraseContact } from './erase-contact.ts';

/** A number whose people nothing needs any more. */
export type Retained = {
  readonly number: RequestNumber;
  readonly kind: string;
  readonly ended: Instant;
  readonly months: number;
  readonly due: Instant;
};

const PAGE = 500;

/**
 * Whose contacts are to be erased now: their case ended, and for its kind the longest term of any purpose has run. Who is kept for the law
 * alone stays until that term has run too. Reads ended cases a page at a time.
 */
export async function* retentionPlan(town: Town, now: Instant): AsyncGenerator<Retained> {
  const purposes = [...town.purposes.values()];
  if (purposes.length === 0) return;
  let after: { caseId: EndedRequest['case_id']; number: string } | undefined;
  for (;;) {
    const page = await endedRequests(town.db.pool, town.district, now, after, PAGE);
    for (const row of page) {
      const months = keepMonths(purposes, row.kind);
      const due = Math.max(monthsAfter(row.ended, months), row.stored_until ?? 0);
      if (due <= now)
        yield { number: row.number as RequestNumber, kind: row.kind, ended: row.ended, months, due };
    }
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    after = { caseId: last.case_id, number: last.number };
  }
}

/** Erases them. Answers how many numbers; each leaves its row and an event of the ledger. Goes on where it was killed. */
export async function applyRetention(
  town: Town,
  now: Instant,
  stopping: () => boolean = () => false,
): Promise<number> {
  let erased = 0;
  for await (const { number } of retentionPlan(town, now)) {
    if (stopping()) break;
    await eraseContact(town, number, { now, cause: 'retention' });
    erased += 1;
  }
  return erased;
}

/** The same day so many months later; the last of a shorter month. */
export function monthsAfter(at: Instant, months: number): Instant {
  const date = new Date(at);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, last));
  return date.getTime();
}

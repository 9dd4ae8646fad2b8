import type { CaseId, Instant, RequestNumber } from '@gezhi/basis';
import { keepMonths, saidMonths } from '@gezhi/scene';
import { type EndedCase, type EndedRequest, endedRequests, endedWithWords } from '@gezhi/storage';
import type { Town } from '../town.ts';
import { eraseContact } from './erase-contact.ts';
import { eraseSaid } from './erase-said.ts';

/** What nothing needs any more: who is behind a number, or what was said and photographed in a case. */
export type Retained = {
  readonly of: { readonly number: RequestNumber } | { readonly caseId: CaseId };
  readonly kind: string;
  readonly ended: Instant;
  readonly months: number;
  readonly due: Instant;
};

const PAGE = 500;

/**
 * What is to be erased now: its case ended, and for its kind the longest term of any purpose has run; contacts first, then words and photos.
 * What is kept for the law alone stays until that term has run too. Reads ended cases a page at a time.
 */
export async function* retentionPlan(town: Town, now: Instant): AsyncGenerator<Retained> {
  yield* contactPlan(town, now);
  yield* saidPlan(town, now);
}

async function* saidPlan(town: Town, now: Instant): AsyncGenerator<Retained> {
  const purposes = [...town.purposes.values()];
  let after: CaseId | undefined;
  for (;;) {
    const page: readonly EndedCase[] = await endedWithWords(town.db.pool, town.district, now, after, PAGE);
    for (const { case_id: caseId, kind, ended, stored_until } of page) {
      const months = saidMonths(purposes, kind);
      if (months === undefined) continue;
      const due = Math.max(monthsAfter(ended, months), stored_until ?? 0);
      if (due <= now) yield { of: { caseId }, kind, ended, months, due };
    }
    after = page.at(-1)?.case_id;
    if (!after || page.length < PAGE) return;
  }
}

async function* contactPlan(town: Town, now: Instant): AsyncGenerator<Retained> {
  const purposes = [...town.purposes.values()];
  if (purposes.length === 0) return;
  let after: { caseId: EndedRequest['case_id']; number: string } | undefined;
  for (;;) {
    const page = await endedRequests(town.db.pool, town.district, now, after, PAGE);
    for (const row of page) {
      const months = keepMonths(purposes, row.kind);
      const due = Math.max(monthsAfter(row.ended, months), row.stored_until ?? 0);
      if (due <= now)
        yield { of: { number: row.number as RequestNumber }, kind: row.kind, ended: row.ended, months, due };
    }
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    after = { caseId: last.case_id, number: last.number };
  }
}

/** Erases it. Answers how many numbers and cases; each leaves its row and an event of the ledger. Goes on where it was killed. */
export async function applyRetention(
  town: Town,
  now: Instant,
  stopping: () => boolean = () => false,
): Promise<number> {
  let erased = 0;
  for await (const { of } of retentionPlan(town, now)) {
    if (stopping()) break;
    const order = { now, cause: 'retention' } as const;
    if ('number' in of) await eraseContact(town, of.number, order);
    else await eraseSaid(town, of, order);
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

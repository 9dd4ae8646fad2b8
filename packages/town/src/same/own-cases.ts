import { type CaseId, type Instant, isRefusal, MINUTE } from '@gezhi/basis';
import { findRequest } from '@gezhi/storage';
import { openMattersOf } from '../contacts/open-matters.ts';
import { keyedHash } from '../keyed-hash.ts';
import type { Town } from '../town.ts';

/** While somebody types, one call asks again and again; it is one look for so long. */
const ONE_CALL = 5 * MINUTE;
const CALLS_MAX = 500;
/** Fewer digits are no number that anybody could be reached by. */
const DIGITS_MIN = 7;

type Asked = { readonly until: Instant; readonly cases: Promise<readonly CaseId[]> };
const CALLS = new WeakMap<Town['db']['pool'], Map<string, Asked>>();

/**
 * The caller's own open cases, by the number that they call from, so that whoever answers need not ask. Open ones only; no ended ones, no count
 * over time, nothing of it kept beyond the call (some minutes, under a keyed hash, in this process). The look is written down as
 * every look of that purpose is, once a call. None where the town's purposes do not allow it.
 */
export async function ownCasesOf(
  town: Town,
  phone: string | undefined,
  now: Instant,
): Promise<readonly CaseId[]> {
  if (!phone || phone.replace(/\D/g, '').length < DIGITS_MIN) return [];
  const calls = CALLS.get(town.db.pool) ?? new Map<string, Asked>();
  CALLS.set(town.db.pool, calls);
  for (const [key, { until }] of calls) if (until <= now || calls.size > CALLS_MAX) calls.delete(key);
  const key = keyedHash(town.secret, `call ${town.district} ${phone.replace(/\D/g, '')}`).toString('base64');
  const known = calls.get(key);
  if (known) return await known.cases;
  const cases = find(town, phone, now);
  calls.set(key, { until: now + ONE_CALL, cases });
  cases.catch(() => calls.delete(key));
  return await cases;
}

async function find(town: Town, phone: string, now: Instant): Promise<readonly CaseId[]> {
  const numbers = await openMattersOf(town, phone, now);
  if (isRefusal(numbers)) return [];
  const found = await Promise.all(numbers.map((number) => findRequest(town.db.pool, town.district, number)));
  return [...new Set(found.flatMap((caseId) => caseId ?? []))];
}

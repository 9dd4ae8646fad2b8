import { timingSafeEqual } from 'node:crypto';
import {
  type CaseId,
  HOUR,
  type Instant,
  parseRequestNumber,
  type Refusal,
  type RequestNumber,
  refuse,
} from '@gezhi/basis';
import type { Actor } from '@gezhi/cases';
import { countTry, findRequest, firstNumber, forgetTries, lockOf } from '@gezhi/storage';
import { openingCode, refuseSightOf, type Town } from '@gezhi/town';

/** Wrong codes that lock a number, and for how long. */
export const WRONG_MAX = 5;
export const LOCK_MS: Instant = HOUR;

export type OpenedRequest = { readonly number: RequestNumber; readonly caseId: CaseId };

/**
 * Opens a number by its code, or for staff who see its case. The number alone opens nothing. Each try is counted before its code is looked at, so that guesses
 * spread over processes pass no further than guesses one by one; the right code gives the count back. One number is tried here once at
 * a time, so that somebody who opens it in several places at once is not locked out.
 *
 * Refuses: `bad-number`, `code-needed`, `wrong-code`, `locked`, `no-such-request` and `no-power` (to staff), `not-entered-yet`.
 */
export async function openRequest(
  town: Town,
  text: string,
  code: string | undefined,
  by: { readonly actor: Actor | undefined; readonly now: Instant },
): Promise<OpenedRequest | Refusal> {
  const number = parseRequestNumber(text);
  if (!number) return refuse('bad-number', `"${text}" has a wrong digit.`);
  if (by.actor) {
    const caseId = await findRequest(town.db.pool, town.district, number);
    if (!caseId) return refuse('no-such-request', `There is no request ${number}.`);
    const unseen = await refuseSightOf(town, caseId, by.actor);
    if (!unseen) return { number: await firstNumber(town.db.pool, town.district, number), caseId };
    // Staff are residents too: the code opens their own number for them.
    if (code === undefined) return unseen;
  }
  if (code === undefined) return refuse('code-needed', 'The number alone opens nothing.');
  return await oneByOne(`${town.district}/${number}`, () => tryCode(town, number, code, by.now));
}

async function tryCode(
  town: Town,
  number: RequestNumber,
  code: string,
  now: Instant,
): Promise<OpenedRequest | Refusal> {
  const { pool } = town.db;
  const caseId = await findRequest(pool, town.district, number);
  const isRight = isSame(code, openingCode(town.secret, number));
  // A number that nobody holds is answered as any other, and leaves no row.
  if (!caseId && isRight) return refuse('not-entered-yet', 'The request is taken in and not entered yet.');
  if (!caseId) return refuse('wrong-code', 'Number and code do not belong together.');
  const limits = { now, triesMax: WRONG_MAX, lockUntil: now + LOCK_MS };
  const counted = await countTry(pool, town.district, number, limits);
  if (!counted) {
    return lockedRefusal((await lockOf(pool, town.district, number, now)) ?? limits.lockUntil, now);
  }
  if (isRight) {
    await forgetTries(pool, town.district, number);
    return { number: await firstNumber(pool, town.district, number), caseId };
  }
  if (counted.lockedUntil !== undefined) return lockedRefusal(counted.lockedUntil, now);
  return refuse('wrong-code', 'Number and code do not belong together.');
}

function lockedRefusal(until: Instant, now: Instant): Refusal {
  const retryAfterSeconds = Math.max(1, Math.ceil((until - now) / 1000));
  return refuse('locked', `After ${WRONG_MAX} wrong codes this number is locked for an hour.`, {
    retryAfterSeconds,
  });
}

function isSame(a: string, b: string): boolean {
  const given = Buffer.from(a);
  const right = Buffer.from(b);
  return given.length === right.length && timingSafeEqual(given, right);
}

const turns = new Map<string, Promise<unknown>>();

async function oneByOne<T>(key: string, work: () => Promise<T>): Promise<T> {
  const before = turns.get(key);
  const mine = (before ?? Promise.resolve()).then(work, work);
  turns.set(key, mine);
  try {
    return await mine;
  } finally {
    if (turns.get(key) === mine) turns.delete(key);
  }
}

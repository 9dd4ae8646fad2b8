import { type Instant, isoInstant, MINUTE } from '@gezhi/basis';
import { type Account, type AccountRow, accountOf } from './account.ts';
import { cookieIn, openToken, SESSION_COOKIE, tokenSet } from './cookies.ts';
import type { Gate } from './gate.ts';
import { tokenKept } from './hashed-tokens.ts';
import { SESSION_MS } from './library.ts';
import { noteSecurity } from './security-log.ts';

/** After so long without a step one signs in anew. */
export const IDLE_MS = 30 * MINUTE;
/** What was seen last is written down no more often. */
const SEEN_MS = MINUTE;

/** Somebody signed in, in one browser. */
export type Sitting = {
  readonly id: string;
  readonly account: Account;
  /** The post that was chosen; none yet where left out. */
  readonly post?: string;
  /** Whether a second factor was shown; without it nothing is open but the way to one. */
  readonly strong: boolean;
  readonly openedAt: Instant;
  readonly seenAt: Instant;
  readonly browser?: string;
};

type SittingRow = Omit<AccountRow, 'id'> & {
  readonly id: string;
  readonly account_id: string;
  readonly post: string | null;
  readonly strong: boolean;
  readonly opened_at: number | null;
  readonly seen_at: number | null;
  readonly browser: string | null;
};

const COLUMNS = `s.id, s.account_id, s.post, s.strong, s.opened_at, s.seen_at, s.browser, a.district, a.name, a.role,
  a.has_second_factor, a.closed_at`;

/** Whose session the cookies of a call open; nobody's where it ended, lapsed or was revoked. One round trip. */
export async function sittingOf(gate: Gate, cookieHeader: string | undefined): Promise<Sitting | undefined> {
  const token = openToken(gate.cookieKey, cookieIn(cookieHeader, SESSION_COOKIE));
  return token === undefined ? undefined : await sittingByToken(gate, token);
}

/** The same by the cookies that an answer sets. */
export async function sittingSet(gate: Gate, setCookies: readonly string[]): Promise<Sitting | undefined> {
  const token = tokenSet(gate.cookieKey, setCookies);
  return token === undefined ? undefined : await sittingByToken(gate, token);
}

async function sittingByToken(gate: Gate, token: string): Promise<Sitting | undefined> {
  const { rows } = await gate.pool.query<SittingRow>({
    name: 'account-sitting',
    text: `SELECT ${COLUMNS} FROM account_session AS s, account AS a
           WHERE s.token = $1 AND a.id = s.account_id AND a.closed_at IS NULL`,
    values: [tokenKept(token)],
  });
  const sitting = rows[0] && sittingOfRow(rows[0]);
  const now = gate.now();
  if (!sitting || !isLive(sitting, now)) return undefined;
  if (now - sitting.seenAt > SEEN_MS)
    await gate.pool.query('UPDATE account_session SET seen_at = $2 WHERE id = $1', [
      sitting.id,
      isoInstant(now),
    ]);
  return sitting;
}

function isLive({ openedAt, seenAt }: Sitting, now: Instant): boolean {
  return now - openedAt < SESSION_MS && now - seenAt < IDLE_MS;
}

function sittingOfRow(row: SittingRow): Sitting {
  const { id, account_id: accountId, post, strong, opened_at: opened, seen_at: seen, browser } = row;
  return {
    id,
    account: accountOf({ ...row, id: accountId }),
    ...(post === null ? {} : { post }),
    strong,
    // A session that nobody wrote down as opened is over.
    openedAt: opened ?? Number.NEGATIVE_INFINITY,
    seenAt: seen ?? Number.NEGATIVE_INFINITY,
    ...(browser === null ? {} : { browser }),
  };
}

/** Writes down that a session was opened, by which way; its post is the only one there is, where there is but one. */
export async function openSitting(
  gate: Gate,
  setCookies: readonly string[],
  how: { readonly strong: boolean; readonly browser?: string | undefined },
): Promise<Sitting | undefined> {
  const token = tokenSet(gate.cookieKey, setCookies);
  const { rowCount } = await gate.pool.query(
    `UPDATE account_session SET opened_at = $2, seen_at = $2, strong = $3, browser = $4, machine_address = NULL
     WHERE token = $1`,
    [tokenKept(token ?? ''), isoInstant(gate.now()), how.strong, how.browser?.slice(0, 200) ?? null],
  );
  if (!rowCount || token === undefined) return undefined;
  await dropOld(gate);
  return await sittingByToken(gate, token);
}

/** What is over is removed whenever somebody signs in. */
async function dropOld(gate: Gate): Promise<void> {
  const now = gate.now();
  await gate.pool.query('DELETE FROM account_session WHERE opened_at < $1 OR seen_at < $2', [
    isoInstant(now - SESSION_MS),
    isoInstant(now - IDLE_MS),
  ]);
  await gate.pool.query('DELETE FROM account_try WHERE since < $1', [isoInstant(now - 24 * 60 * MINUTE)]);
}

/** Chooses the post that a session acts as. Whether the roster has the person on it is the caller's to ask, now and at each call. */
export async function choosePost(gate: Gate, { id, account }: Sitting, post: string): Promise<void> {
  await gate.pool.query('UPDATE account_session SET post = $2 WHERE id = $1', [id, post]);
  await noteSecurity(gate, account.district, { event: 'postChosen', account: account.id, detail: { post } });
}

/** The live sessions of an account, newest first. */
export async function listSittings(gate: Gate, account: Account): Promise<readonly Sitting[]> {
  const { rows } = await gate.pool.query<SittingRow>(
    `SELECT ${COLUMNS} FROM account_session AS s, account AS a
     WHERE s.account_id = $1 AND a.id = s.account_id ORDER BY s.opened_at DESC`,
    [account.id],
  );
  return rows.map(sittingOfRow).filter((sitting) => isLive(sitting, gate.now()));
}

/** Ends a session of an account, at once. Answers whether there was one. */
export async function revokeSitting(
  gate: Gate,
  account: Account,
  id: string,
  by: string | undefined,
): Promise<boolean> {
  const { rowCount } = await gate.pool.query(
    'DELETE FROM account_session WHERE id = $1 AND account_id = $2',
    [id, account.id],
  );
  if (!rowCount) return false;
  await noteSecurity(gate, account.district, { event: 'sessionRevoked', account: account.id, by });
  return true;
}

/** Signs out: the session is gone, wherever its cookie still lies. */
export async function endSitting(gate: Gate, { id, account }: Sitting): Promise<void> {
  await gate.pool.query('DELETE FROM account_session WHERE id = $1', [id]);
  await noteSecurity(gate, account.district, { event: 'signedOut', account: account.id });
}

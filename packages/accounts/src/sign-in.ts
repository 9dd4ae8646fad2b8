import { MINUTE, type Refusal, refuse, SECOND } from '@gezhi/basis';
import { APIError } from 'better-auth/api';
import { type Account, findAccount } from './account.ts';
import type { Gate } from './gate.ts';
import { handleOf, normalName } from './handle.ts';
import { noteSecurity } from './security-log.ts';
import { sessionFor } from './session-for.ts';
import { openSitting, type Sitting, sittingOf, sittingSet } from './sitting.ts';
import { forgetTries, type TryKey, takeTries } from './tries.ts';

/** Where a call comes from. */
export type From = {
  /** The address of the machine. */
  readonly machine: string;
  readonly browser?: string | undefined;
  /** The `Cookie` header. */
  readonly cookie?: string | undefined;
};

/** What the browser is to keep, and how far somebody has come. */
export type Step =
  | { readonly step: 'in'; readonly cookies: readonly string[]; readonly sitting: Sitting }
  /** The password is right; the code of the second factor is next. */
  | { readonly step: 'second'; readonly cookies: readonly string[] }
  /** The password is right and there is no second factor yet: it is made next. */
  | { readonly step: 'enrol'; readonly cookies: readonly string[]; readonly sitting: Sitting };

const HERE = { triesMax: 5, stretchMs: 15 * MINUTE };
const ANYWHERE = { triesMax: 30, stretchMs: 15 * MINUTE };
const MACHINE = { triesMax: 60, stretchMs: 15 * MINUTE };
/** A one-time code is good once: it lives for three steps of 30 s. */
const CODE_ONCE = { triesMax: 1, stretchMs: 90 * SECOND };

/**
 * Checks a staff number and password. An account that is not there, or is closed, costs the same time and gets the same answer as a wrong
 * password. Refuses `wrong-sign-in`, `too-many-tries`.
 */
export async function signInByPassword(
  gate: Gate,
  {
    district,
    name,
    password,
  }: { readonly district: string; readonly name: string; readonly password: string },
  from: From,
): Promise<Step | Refusal> {
  const keys = triesOf(district, name, from);
  const account = await findAccount(gate, district, name);
  const { machine } = from;
  const tooMany = await takeTries(gate, district, keys, () =>
    noteSecurity(gate, district, { event: 'tooManyTries', account: account?.id, machine }),
  );
  if (tooMany) return tooMany;
  const isOpen = account !== undefined && account.closedAt === undefined;
  const email = isOpen ? handleOf(district, name) : handleOf(district, `nobody/${name}`);
  const answer = await asked(() =>
    gate.library.api.signInEmail({ body: { email, password: password.slice(0, 128) }, ...headersOf(from) }),
  );
  if (!answer || !account) {
    await noteSecurity(gate, district, {
      event: 'signInFailed',
      account: account?.id,
      machine: from.machine,
    });
    return refuse('wrong-sign-in', 'Staff number and password do not belong together.');
  }
  await forgetTries(gate, district, keys.slice(0, 2));
  const cookies = answer.headers.getSetCookie();
  if (account.hasSecondFactor) return { step: 'second', cookies };
  const sitting = await openSitting(gate, cookies, { strong: false, browser: from.browser });
  if (!sitting) return refuse('wrong-sign-in', 'The session could not be opened.');
  return { step: 'enrol', cookies, sitting };
}

function triesOf(district: string, name: string, { machine }: From): readonly TryKey[] {
  const who = `${district}/${normalName(name)}`;
  return [
    { use: 'sign-in here', of: `${who}/${machine}`, limit: HERE },
    { use: 'sign-in', of: who, limit: ANYWHERE },
    { use: 'sign-in machine', of: machine, limit: MACHINE },
  ];
}

/**
 * The second step: six digits of the authenticator, or one of the codes for when it is lost. The session begins here, under a new id. Refuses
 * `wrong-code`, `too-many-tries`, `sign-in-over` where the first step is too long ago.
 */
export async function showSecondFactor(
  gate: Gate,
  district: string,
  code: string,
  from: From,
): Promise<Step | Refusal> {
  const typed = code.replace(/\s/g, '');
  const weak = await sittingOf(gate, from.cookie);
  const tooMany = await takeTries(gate, district, [
    { use: 'second machine', of: from.machine, limit: MACHINE },
    { use: 'second', of: weak?.account.id ?? from.machine, limit: weak ? HERE : MACHINE },
  ]);
  if (tooMany) return tooMany;
  const isDigits = /^\d{6}$/.test(typed);
  const answer = await asked(() =>
    isDigits
      ? gate.library.api.verifyTOTP({ body: { code: typed }, ...headersOf(from) })
      : gate.library.api.verifyBackupCode({ body: { code: typed }, ...headersOf(from) }),
  );
  const cookies = answer && (weak ? await begunAnew(gate, weak) : answer.headers.getSetCookie());
  const sitting = cookies && (await openSitting(gate, cookies, { strong: true, browser: from.browser }));
  if (!sitting) {
    await noteSecurity(gate, district, {
      event: 'factorFailed',
      account: weak?.account.id,
      machine: from.machine,
    });
    return refuse('wrong-code', 'The code is wrong, or the sign-in took too long.');
  }
  if (isDigits && (await wasUsed(gate, sitting.account, typed))) {
    await gate.pool.query('DELETE FROM account_session WHERE id = $1', [sitting.id]);
    return refuse('wrong-code', 'The code was used already: wait for the next one.');
  }
  return await entered(gate, cookies, sitting, from, isDigits ? 'totp' : 'backupCode');
}

/** Whoever was signed in with one factor (by a single sign-on) goes on with both under a new id. */
async function begunAnew(gate: Gate, weak: Sitting): Promise<readonly string[]> {
  await gate.pool.query('DELETE FROM account_session WHERE id = $1', [weak.id]);
  return await sessionFor(gate, weak.account);
}

async function wasUsed(gate: Gate, { id, district }: Account, code: string): Promise<boolean> {
  const key = { use: 'totp', of: `${id}/${code}`, limit: CODE_ONCE };
  return (await takeTries(gate, district, [key])) !== undefined;
}

/** What an authenticator is given, and the codes for when it is lost; both are shown once. */
export type NewFactor = {
  readonly secret: string;
  readonly uri: string;
  readonly backupCodes: readonly string[];
};

/** Makes a second factor for whoever is signed in, who types the password again where there is one; it counts once its first code was shown. Refuses `wrong-sign-in`. */
export async function beginSecondFactor(
  gate: Gate,
  { account }: Sitting,
  password: string | undefined,
  from: From,
): Promise<NewFactor | Refusal> {
  const tooMany = await takeTries(gate, account.district, [{ use: 'enrol', of: account.id, limit: HERE }]);
  if (tooMany) return tooMany;
  const answer = await asked(() =>
    gate.library.api.enableTwoFactor({ body: password ? { password } : {}, ...headersOf(from) }),
  );
  const made = answer?.response as { totpURI?: string; backupCodes?: readonly string[] } | undefined;
  const secret = made?.totpURI === undefined ? null : new URL(made.totpURI).searchParams.get('secret');
  if (!made || secret === null) return refuse('wrong-sign-in', 'The password is not right.');
  await noteSecurity(gate, account.district, { event: 'factorAsked', account: account.id });
  const label = encodeURIComponent(`Gezhi:${account.name}`);
  const uri = `otpauth://totp/${label}?secret=${secret}&issuer=Gezhi&digits=6&period=30`;
  return { secret, uri, backupCodes: made.backupCodes ?? [] };
}

/** The first code of a new second factor makes it count; the session goes on under a new id. Refuses `wrong-code`. */
export async function confirmSecondFactor(
  gate: Gate,
  sitting: Sitting,
  code: string,
  from: From,
): Promise<Step | Refusal> {
  const { account } = sitting;
  const tooMany = await takeTries(gate, account.district, [{ use: 'confirm', of: account.id, limit: HERE }]);
  if (tooMany) return tooMany;
  const typed = code.replace(/\s/g, '');
  const answer = await asked(() =>
    gate.library.api.verifyTOTP({ body: { code: typed }, ...headersOf(from) }),
  );
  const cookies = answer?.headers.getSetCookie() ?? [];
  const opened = answer && (await openSitting(gate, cookies, { strong: true, browser: from.browser }));
  if (!opened) return refuse('wrong-code', 'The code is not right: is the clock of the telephone right?');
  await wasUsed(gate, account, typed);
  await noteSecurity(gate, account.district, { event: 'factorMade', account: account.id });
  return await entered(gate, cookies, opened, from, 'totp');
}

/** Writes the sign-in down and answers it. */
export async function entered(
  gate: Gate,
  cookies: readonly string[],
  sitting: Sitting,
  from: From,
  way: string,
): Promise<Step> {
  const { id, district } = sitting.account;
  const event = { event: 'signedIn', account: id, machine: from.machine, detail: { way } } as const;
  await noteSecurity(gate, district, event);
  return { step: 'in', cookies, sitting: (await sittingSet(gate, cookies)) ?? sitting };
}

/** What the library is told of a call. */
export function headersOf({ cookie, browser }: From): { headers: Headers; returnHeaders: true } {
  const headers = new Headers();
  if (cookie) headers.set('cookie', cookie);
  if (browser) headers.set('user-agent', browser.replace(/[^\x20-\x7e]/g, '').slice(0, 200));
  return { headers, returnHeaders: true };
}

/** What the library answers; nothing where it says no. */
async function asked<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof APIError && error.statusCode < 500) return undefined;
    throw error;
  }
}

import { createHash } from 'node:crypto';
import { type Instant, isoInstant, isRefusal, MINUTE, type Refusal, refuse } from '@gezhi/basis';
import {
  type AuthenticationResponseJSON,
  type AuthenticatorTransport,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { ACCOUNT_COLUMNS, type Account, type AccountRow, accountOf } from './account.ts';
import type { Gate } from './gate.ts';
import { noteSecurity } from './security-log.ts';
import { sessionFor } from './session-for.ts';
import { entered, type From, type Step } from './sign-in.ts';
import { openSitting } from './sitting.ts';
import { takeTries } from './tries.ts';

/** A passkey of an account. */
export type Passkey = { readonly id: string; readonly label: string; readonly madeAt: Instant };

const CHALLENGE_MS = 5 * MINUTE;
const PASSKEYS_MAX = 10;
const MACHINE = { triesMax: 60, stretchMs: 15 * MINUTE };

export async function listPasskeys(
  { pool }: Pick<Gate, 'pool'>,
  { id }: Account,
): Promise<readonly Passkey[]> {
  const { rows } = await pool.query<{ id: string; label: string; made_at: number }>(
    'SELECT id, label, made_at FROM account_passkey WHERE account_id = $1 ORDER BY made_at',
    [id],
  );
  return rows.map(({ id: passkey, label, made_at: madeAt }) => ({ id: passkey, label, madeAt }));
}

/** Removes a passkey of an account; harmless where there is none. */
export async function takePasskeyAway(gate: Gate, account: Account, id: string): Promise<void> {
  const { rowCount } = await gate.pool.query(
    'DELETE FROM account_passkey WHERE account_id = $1 AND id = $2',
    [account.id, id],
  );
  if (rowCount)
    await noteSecurity(gate, account.district, { event: 'passkeyTakenAway', account: account.id });
}

/** What a browser needs to make a passkey (WebAuthn Level 2, 5.4). It asks for the person, not only for the machine. */
export async function askForPasskey(
  gate: Gate,
  account: Account,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const known = await listPasskeys(gate, account);
  const options = await generateRegistrationOptions({
    rpName: 'Gezhi',
    rpID: hostOf(gate),
    attestationType: 'none',
    ...{
      userName: account.name,
      userDisplayName: account.name,
      userID: new TextEncoder().encode(account.id),
    },
    excludeCredentials: known.map(({ id }) => ({ id })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  await keepChallenge(gate, options.challenge, account.id);
  return options;
}

/** Keeps the passkey that a browser made. Refuses `bad-passkey`. */
export async function addPasskey(
  gate: Gate,
  account: Account,
  made: { readonly label: string; readonly response: RegistrationResponseJSON },
): Promise<undefined | Refusal> {
  const challenge = await usedChallenge(gate, made.response.response?.clientDataJSON, account.id);
  if (isRefusal(challenge)) return challenge;
  const { credential } = (
    await checked(() =>
      verifyRegistrationResponse({
        response: made.response,
        expectedChallenge: challenge,
        requireUserVerification: true,
        expectedOrigin: new URL(gate.baseUrl).origin,
        expectedRPID: hostOf(gate),
      }),
    )
  )?.registrationInfo ?? { credential: undefined };
  if (!credential || (await listPasskeys(gate, account)).length >= PASSKEYS_MAX) return badPasskey();
  const { rowCount } = await gate.pool.query(
    `INSERT INTO account_passkey (id, account_id, public_key, counter, transports, label, made_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
    [
      ...[credential.id, account.id, Buffer.from(credential.publicKey), credential.counter],
      ...[credential.transports ?? [], made.label.slice(0, 40), isoInstant(gate.now())],
    ],
  );
  if (!rowCount) return badPasskey();
  await noteSecurity(gate, account.district, { event: 'passkeyMade', account: account.id });
  return undefined;
}

/** What a browser needs to show a passkey; whose it is, it says itself. Refuses `too-many-tries`. */
export async function askToShowPasskey(
  gate: Gate,
  district: string,
  from: From,
): Promise<PublicKeyCredentialRequestOptionsJSON | Refusal> {
  const tooMany = await takeTries(gate, district, [
    { use: 'passkey machine', of: from.machine, limit: MACHINE },
  ]);
  if (tooMany) return tooMany;
  const options = await generateAuthenticationOptions({ rpID: hostOf(gate), userVerification: 'required' });
  await keepChallenge(gate, options.challenge, district);
  return options;
}

type KeyRow = AccountRow & {
  readonly public_key: Buffer;
  readonly counter: number;
  readonly transports: string[];
};

/** Signs in by a passkey, which is both factors in one: the machine, and whoever unlocked it. Refuses `wrong-sign-in`, `too-many-tries`. */
export async function enterByPasskey(
  gate: Gate,
  district: string,
  response: AuthenticationResponseJSON,
  from: From,
): Promise<Step | Refusal> {
  const tooMany = await takeTries(gate, district, [
    { use: 'passkey shown', of: from.machine, limit: MACHINE },
  ]);
  if (tooMany) return tooMany;
  const challenge = await usedChallenge(gate, response.response?.clientDataJSON, district);
  const row = await keyRow(gate, district, String(response.id));
  const proof = row && !isRefusal(challenge) && (await checked(() => verify(gate, response, challenge, row)));
  if (!row || !proof || proof.verified === false) {
    await noteSecurity(gate, district, { event: 'signInFailed', account: row?.id, machine: from.machine });
    return refuse('wrong-sign-in', 'This passkey opens no account here.');
  }
  const { newCounter } = proof.authenticationInfo;
  await gate.pool.query('UPDATE account_passkey SET counter = $2, used_at = $3 WHERE id = $1', [
    ...[response.id, newCounter, isoInstant(gate.now())],
  ]);
  const cookies = await sessionFor(gate, accountOf(row));
  const sitting = await openSitting(gate, cookies, { strong: true, browser: from.browser });
  if (!sitting) return refuse('wrong-sign-in', 'The session could not be opened.');
  return await entered(gate, cookies, sitting, from, 'passkey');
}

async function keyRow({ pool }: Gate, district: string, id: string): Promise<KeyRow | undefined> {
  if (!/^[\w-]{1,1400}$/.test(id)) return undefined;
  const columns = ACCOUNT_COLUMNS.split(', ').map((column) => `a.${column}`);
  const { rows } = await pool.query<KeyRow>(
    `SELECT ${columns.join(', ')}, k.public_key, k.counter, k.transports FROM account_passkey AS k, account AS a
     WHERE k.id = $2 AND a.id = k.account_id AND a.district = $1 AND a.closed_at IS NULL`,
    [district, id],
  );
  return rows[0];
}

function verify(gate: Gate, response: AuthenticationResponseJSON, expectedChallenge: string, row: KeyRow) {
  return verifyAuthenticationResponse({
    response,
    expectedChallenge,
    requireUserVerification: true,
    expectedOrigin: new URL(gate.baseUrl).origin,
    expectedRPID: hostOf(gate),
    credential: {
      id: response.id,
      publicKey: new Uint8Array(row.public_key),
      counter: row.counter,
      transports: row.transports as AuthenticatorTransport[],
    },
  });
}

function hostOf({ baseUrl }: Gate): string {
  return new URL(baseUrl).hostname;
}

/** A challenge is good once, for five minutes, and for whom it was made. */
async function keepChallenge(gate: Gate, challenge: string, value: string): Promise<void> {
  const now = isoInstant(gate.now());
  await gate.pool.query('DELETE FROM account_challenge WHERE expires_at < $1', [now]);
  await gate.pool.query(
    `INSERT INTO account_challenge (id, identifier, value, expires_at, created_at, updated_at)
     VALUES ($1, $1, $2, $3, $4, $4)`,
    [nameOf(challenge), value, isoInstant(gate.now() + CHALLENGE_MS), now],
  );
}

/** The challenge that an answer speaks of, where it was made here for this, and was not used. */
async function usedChallenge(gate: Gate, clientDataJson: unknown, value: string): Promise<string | Refusal> {
  const challenge = challengeIn(clientDataJson);
  const { rowCount } = await gate.pool.query(
    'DELETE FROM account_challenge WHERE id = $1 AND value = $2 AND expires_at > $3',
    [nameOf(challenge), value, isoInstant(gate.now())],
  );
  return rowCount ? challenge : badPasskey();
}

function challengeIn(clientDataJson: unknown): string {
  try {
    const data = JSON.parse(Buffer.from(String(clientDataJson), 'base64url').toString('utf8')) as {
      challenge?: unknown;
    } | null;
    return String(data?.challenge);
  } catch (error) {
    if (error instanceof SyntaxError) return '';
    throw error;
  }
}

function nameOf(challenge: string): string {
  return `passkey-${createHash('sha256').update(challenge).digest('base64url')}`;
}

function badPasskey(): Refusal {
  return refuse('bad-passkey', 'This passkey was not made for here, or too long ago.');
}

/** What the library finds; nothing where it finds fault with what the browser sent. */
async function checked<T>(check: () => Promise<T>): Promise<T | undefined> {
  try {
    return await check();
  } catch (error) {
    // The library throws plain errors, each about the answer of a browser.
    if (error instanceof Error) return undefined;
    throw error;
  }
}

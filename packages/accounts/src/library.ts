import { HOUR } from '@gezhi/basis';
import { betterAuth } from 'better-auth';
import { genericOAuth } from 'better-auth/plugins/generic-oauth';
import { twoFactor } from 'better-auth/plugins/two-factor';
import type pg from 'pg';
import { handleOf } from './handle.ts';
import { hashedTokens } from './hashed-tokens.ts';
import { libraryPool } from './library-pool.ts';

/** A single sign-on by OpenID Connect. */
export type SingleSignOn = {
  readonly name: { readonly zh: string; readonly en: string };
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The claim that holds the staff number; `sub` where left out. */
  readonly claim?: string;
  /** Whose staff signs in there. */
  readonly district: string;
  /** The provider asks for a second factor itself; else we do. */
  readonly asksSecondFactor?: boolean;
};

export type Library = ReturnType<typeof makeLibrary>;

/** By this name the provider stands in addresses. */
export const SSO_ID = 'sso';

/** After so long one signs in anew, whatever was done meanwhile. */
export const SESSION_MS = 12 * HOUR;

export const PASSWORD_CHARS_MIN = 12;
export const PASSWORD_CHARS_MAX = 128;

export const COOKIE_PREFIX = 'gezhi';

type LibraryOptions = {
  readonly pool: pg.Pool;
  readonly baseUrl: string;
  readonly secret: string;
  readonly singleSignOn?: SingleSignOn;
};

const MOMENTS = { createdAt: 'created_at', updatedAt: 'updated_at' } as const;

/**
 * better-auth over our tables. It checks passwords (scrypt), one-time codes (RFC 6238) and single sign-ons, and sets cookies; what a session
 * may do is ours. Nobody signs up by themselves; it sends nothing and writes no log.
 */
export function makeLibrary({ pool, baseUrl, secret, singleSignOn }: LibraryOptions) {
  return betterAuth({
    appName: 'Gezhi',
    baseURL: baseUrl,
    basePath: '/api/auth',
    secret,
    database: libraryPool(pool),
    telemetry: { enabled: false },
    logger: { disabled: true },
    // Tries are counted by us, over all processes.
    rateLimit: { enabled: false },
    trustedOrigins: [new URL(baseUrl).origin],
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_CHARS_MIN,
      maxPasswordLength: PASSWORD_CHARS_MAX,
    },
    user: {
      modelName: 'account',
      fields: { email: 'handle', emailVerified: 'handle_checked', ...MOMENTS },
      additionalFields: { district: { type: 'string', required: true, input: false } },
    },
    session: {
      modelName: 'account_session',
      fields: {
        expiresAt: 'expires_at',
        userId: 'account_id',
        ipAddress: 'machine_address',
        userAgent: 'browser',
        ...MOMENTS,
      },
      expiresIn: SESSION_MS / 1000,
      disableSessionRefresh: true,
    },
    account: {
      modelName: 'account_way',
      fields: {
        userId: 'account_id',
        providerId: 'provider',
        accountId: 'subject',
        ...MOMENTS,
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
      },
      accountLinking: { enabled: true, trustedProviders: [SSO_ID] },
      updateAccountOnSignIn: false,
    },
    verification: {
      modelName: 'account_challenge',
      fields: { expiresAt: 'expires_at', ...MOMENTS },
      storeIdentifier: 'hashed',
    },
    advanced: {
      cookiePrefix: COOKIE_PREFIX,
      useSecureCookies: false,
      defaultCookieAttributes: {
        httpOnly: true,
        sameSite: 'lax',
        path: '/',
        secure: baseUrl.startsWith('https:'),
      },
      ipAddress: { disableIpTracking: true },
    },
    // What a provider gives out is not kept: we only ask it who somebody is.
    databaseHooks: {
      account: { create: { before: async (way) => ({ data: { ...way, ...NO_TOKENS } }) } },
    },
    plugins: [
      twoFactor({
        issuer: 'Gezhi',
        // Who has no password, because a single sign-on knows them, types none.
        allowPasswordless: true,
        twoFactorTable: 'account_factor',
        schema: SECOND_FACTOR_NAMES,
        backupCodeOptions: { storeBackupCodes: 'encrypted', amount: 10, length: 10 },
      }),
      hashedTokens(),
      genericOAuth({ config: singleSignOn ? [providerOf(singleSignOn)] : [] }),
    ],
  });
}

const NO_TOKENS = { accessToken: null, refreshToken: null, idToken: null } as const;

const SECOND_FACTOR_NAMES = {
  user: { fields: { twoFactorEnabled: 'has_second_factor' } },
  twoFactor: {
    modelName: 'account_factor',
    fields: {
      userId: 'account_id',
      backupCodes: 'backup_codes',
      failedVerificationCount: 'failed_verification_count',
      lockedUntil: 'locked_until',
    },
  },
} as const;

function providerOf({ issuer, clientId, clientSecret, claim = 'sub', district }: SingleSignOn) {
  return {
    providerId: SSO_ID,
    discoveryUrl: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
    clientId,
    clientSecret,
    scopes: ['openid', 'profile'],
    pkce: true,
    requireIdTokenVerification: true,
    disableSignUp: true,
    // Whoever the provider names is looked for among our accounts; nobody gets one by it.
    mapProfileToUser: (profile: Record<string, unknown>) => {
      const number = profile[claim];
      const name = typeof number === 'string' || typeof number === 'number' ? String(number) : '';
      return { name, email: handleOf(district, name), emailVerified: true };
    },
  };
}

import { join } from 'node:path';
import { Fault } from '@gezhi/basis';
import type { Listener } from '@gezhi/server';

/** Every setting that the environment can give, and what it is without. The README lists them; a test compares. */
export const SETTINGS = {
  PORT: '8080',
  // Reached from this machine only, over IPv4 and IPv6: a fresh installation has no passwords yet.
  HOST: 'localhost',
  GEZHI_DATA: '.gezhi',
  // Empty: the PostgreSQL that comes with Gezhi, in the data folder.
  DATABASE_URL: '',
  // Empty: keys in the data folder. The master keys of the vault; they belong into a backup of their own.
  GEZHI_KEYS: '',
  // How it is sealed: aes, or sm (SM4-CBC, HMAC-SM3). What was sealed before is read by either.
  GEZHI_SUITE: 'aes',
  // Empty: its own address. Open311's discovery and links in messages name it.
  PUBLIC_URL: '',
  // Empty: none. Where staff practise: a made-up town, served apart (docs/operations.md).
  GEZHI_PRACTICE_URL: '',
  // yes: a proxy of our own stands before the service, and its X-Forwarded headers are believed.
  TRUST_PROXY: 'no',
  LOG_LEVEL: 'info',
  // Empty: the usual rates of each channel. code=20/200,web=500/2000: so many a second, and so many at once.
  RATE_LIMITS: '',
  // Empty: no gateway; notices stay in the house, where they can be seen.
  NOTICES_URL: '',
  // The secret that signs notices, in a file: what stands in the environment is read by too many.
  NOTICES_SECRET_FILE: '',
  // yes: the gateway may lie in a private net (10.…, 192.168.…, this machine).
  NOTICES_PRIVATE: 'no',
  // Empty: no single sign-on. The issuer of an OpenID provider where staff sign in too.
  SSO_ISSUER: '',
  SSO_CLIENT_ID: '',
  SSO_SECRET_FILE: '',
  // The claim that holds the staff number.
  SSO_CLAIM: 'sub',
  // What it is called on the sign-in page.
  SSO_NAME: 'SSO',
  // Empty: the only district.
  SSO_DISTRICT: '',
  // yes: the provider asks for a second factor itself, so that we do not.
  SSO_SECOND_FACTOR: 'no',
  // Empty: the plain sketch alone. A file that says which tiles lie under it, and which service knows more places (docs/maps.md).
  MAPS_FILE: '',
  // yes: bearer tokens of `gezhi token` open a real town too. A made-up one they open always.
  POST_TOKENS: 'no',
  // What the system above is called here, in the facts and the delivery ledger.
  UPSTREAM_SYSTEM: 'city12345',
  // Empty: no folder is watched for its orders.
  UPSTREAM_FOLDER: '',
  // Empty: replies stay in the house and are exported as a file.
  UPSTREAM_URL: '',
  UPSTREAM_SECRET_FILE: '',
  UPSTREAM_PRIVATE: 'no',
} as const;

export type SettingName = keyof typeof SETTINGS;

/** What a service may be started for (`--only`). */
export const LISTENERS = ['portal', 'console', 'field', 'api'] as const satisfies readonly Listener[];

/** The first step: plain values, as they stand; an empty one is as good as none. */
export type Environment = Readonly<Partial<Record<SettingName, string>>>;

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export type Settings = {
  readonly port: number;
  readonly host: string;
  readonly database: ({ readonly dataDir: string } | { readonly url: string }) & {
    /** Where the master keys of the vault lie, and the ledgers; in the data folder where left out. */
    readonly keysDir?: string;
    readonly ledgerDir?: string;
    /** How the vault seals and new ledgers sign: AES-256-GCM and Ed25519 where left out. */
    readonly suite?: 'sm';
  };
  /** Where signals wait while the database is away; one process each. */
  readonly spoolDir: string;
  readonly publicUrl?: string;
  readonly practiceUrl?: string;
  readonly trustProxy: boolean;
  readonly logLevel: LogLevel;
  /** By channel, where it is not the usual. */
  readonly rates?: Readonly<Record<string, { readonly perSecond: number; readonly burst: number }>>;
  /** Where notices are handed over; none where left out. */
  readonly notices?: NoticesSettings;
  readonly upstream: UpstreamSettings;
  /** Where staff may sign in too; nowhere where left out. */
  readonly sso?: SsoSettings;
  readonly postTokens?: boolean;
  /** What tiles and place names are asked of; nobody where left out. */
  readonly mapsFile?: string;
};

/** A single sign-on by OpenID Connect. */
export type SsoSettings = {
  readonly issuer: string;
  readonly clientId: string;
  readonly secretFile: string;
  readonly claim: string;
  readonly name: string;
  readonly district?: string;
  readonly asksSecondFactor: boolean;
};

/** The system above: its name, the folder of its orders, where replies are handed over. */
export type UpstreamSettings = {
  readonly system: string;
  readonly folder?: string;
  readonly gateway?: NoticesSettings;
};

export type NoticesSettings = {
  readonly url: string;
  readonly secretFile: string;
  readonly allowPrivate: boolean;
};

/** What the command line says goes before the environment. */
export type Flags = {
  readonly port?: string;
  readonly host?: string;
  readonly data?: string;
  readonly keys?: string;
  readonly suite?: string;
  readonly noticesUrl?: string;
  readonly noticesSecretFile?: string;
};

export function readEnvironment(env: Readonly<Record<string, string | undefined>>): Environment {
  const names = Object.keys(SETTINGS) as SettingName[];
  return Object.fromEntries(names.flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
}

/**
 * The second step: checked settings. `--data` names a folder even where `DATABASE_URL` is set.
 * @throws Fault `bad-setting` naming the setting, its value, and what it may be
 */
export function settingsOf(environment: Environment, flags: Flags = {}): Settings {
  const { DATABASE_URL: url, PUBLIC_URL: publicUrl, GEZHI_PRACTICE_URL: practiceUrl } = environment;
  const dataDir = flags.data ?? environment.GEZHI_DATA ?? SETTINGS.GEZHI_DATA;
  return {
    port: portOf(flags.port ?? environment.PORT ?? SETTINGS.PORT),
    host: flags.host ?? environment.HOST ?? SETTINGS.HOST,
    database: {
      ...databaseOf(
        flags.data === undefined ? url : undefined,
        dataDir,
        flags.keys ?? environment.GEZHI_KEYS,
      ),
      ...suiteOf(flags.suite ?? environment.GEZHI_SUITE ?? SETTINGS.GEZHI_SUITE),
    },
    spoolDir: join(dataDir, 'spool'),
    ...(publicUrl ? { publicUrl: checkAddress('PUBLIC_URL', publicUrl) } : {}),
    ...(practiceUrl ? { practiceUrl: checkAddress('GEZHI_PRACTICE_URL', practiceUrl) } : {}),
    trustProxy: yesOrNo('TRUST_PROXY', environment.TRUST_PROXY ?? SETTINGS.TRUST_PROXY),
    logLevel: logLevelOf(environment.LOG_LEVEL ?? SETTINGS.LOG_LEVEL),
    ...ratesOf(environment.RATE_LIMITS ?? SETTINGS.RATE_LIMITS),
    ...noticesOf(environment, flags),
    upstream: upstreamOf(environment),
    ...ssoOf(environment),
    ...(environment.MAPS_FILE ? { mapsFile: environment.MAPS_FILE } : {}),
    ...(yesOrNo('POST_TOKENS', environment.POST_TOKENS ?? SETTINGS.POST_TOKENS) ? { postTokens: true } : {}),
  };
}

/** A database elsewhere has no data folder of its own: keys and ledgers lie in ours. */
function databaseOf(
  url: string | undefined,
  dataDir: string,
  keysDir: string | undefined,
): Settings['database'] {
  if (!url) return { dataDir, ...(keysDir ? { keysDir } : {}) };
  return {
    url: checkUrl(url),
    keysDir: keysDir || join(dataDir, 'keys'),
    ledgerDir: join(dataDir, 'ledger'),
  };
}

function suiteOf(text: string): { suite?: 'sm' } {
  if (text === 'aes') return {};
  if (text === 'sm') return { suite: 'sm' };
  throw bad('GEZHI_SUITE', text, 'aes, or sm for the national algorithms (SM4-CBC, HMAC-SM3, SM2)');
}

function ratesOf(text: string): Pick<Settings, 'rates'> {
  if (text === '') return {};
  const rates: Record<string, { perSecond: number; burst: number }> = {};
  for (const part of text.split(',')) {
    const [, channel = '', perSecond, burst] = /^\s*([a-z0-9-]+)=(\d{1,6})\/(\d{1,7})\s*$/.exec(part) ?? [];
    const isRight = RATED.includes(channel) && Number(perSecond) > 0 && Number(burst) > 0;
    if (!isRight)
      throw bad('RATE_LIMITS', part, `channel=a-second/at-once, with a channel of ${RATED.join(', ')}`);
    rates[channel] = { perSecond: Number(perSecond), burst: Number(burst) };
  }
  return { rates };
}

/** The channels of `packages/server/src/defence/rate-limits.ts`. */
const RATED: readonly string[] = ['intake', 'web', 'api', 'staff', 'open311', 'service', 'code', 'sign-in'];

function noticesOf(environment: Environment, flags: Flags): { notices?: NoticesSettings } {
  const notices = gatewayOf('NOTICES', {
    url: flags.noticesUrl ?? environment.NOTICES_URL,
    secretFile: flags.noticesSecretFile ?? environment.NOTICES_SECRET_FILE,
    isPrivate: environment.NOTICES_PRIVATE ?? SETTINGS.NOTICES_PRIVATE,
  });
  return notices ? { notices } : {};
}

function ssoOf(environment: Environment): { sso?: SsoSettings } {
  const { SSO_ISSUER: issuer, SSO_CLIENT_ID: clientId, SSO_SECRET_FILE: secretFile } = environment;
  if (!issuer) return {};
  if (!URL.canParse(issuer) || !/^https?:$/.test(new URL(issuer).protocol))
    throw bad('SSO_ISSUER', issuer, 'an address such as https://id.example');
  if (!clientId) throw bad('SSO_CLIENT_ID', '', 'the name that the provider knows this service by');
  if (!secretFile) throw bad('SSO_SECRET_FILE', '', 'a file with the secret that the provider gave out');
  return {
    sso: {
      issuer,
      clientId,
      secretFile,
      claim: environment.SSO_CLAIM ?? SETTINGS.SSO_CLAIM,
      name: environment.SSO_NAME ?? SETTINGS.SSO_NAME,
      ...(environment.SSO_DISTRICT ? { district: environment.SSO_DISTRICT } : {}),
      asksSecondFactor: yesOrNo(
        'SSO_SECOND_FACTOR',
        environment.SSO_SECOND_FACTOR ?? SETTINGS.SSO_SECOND_FACTOR,
      ),
    },
  };
}

function upstreamOf(environment: Environment): UpstreamSettings {
  const { UPSTREAM_SYSTEM: system = SETTINGS.UPSTREAM_SYSTEM, UPSTREAM_FOLDER: folder } = environment;
  if (!/^[a-z][a-z0-9-]{1,31}$/.test(system))
    throw bad('UPSTREAM_SYSTEM', system, 'small letters, digits and -, such as city12345');
  const gateway = gatewayOf('UPSTREAM', {
    url: environment.UPSTREAM_URL,
    secretFile: environment.UPSTREAM_SECRET_FILE,
    isPrivate: environment.UPSTREAM_PRIVATE ?? SETTINGS.UPSTREAM_PRIVATE,
  });
  return { system, ...(folder ? { folder } : {}), ...(gateway ? { gateway } : {}) };
}

type GatewayTexts = {
  readonly url: string | undefined;
  readonly secretFile: string | undefined;
  readonly isPrivate: string;
};

function gatewayOf(name: 'NOTICES' | 'UPSTREAM', texts: GatewayTexts): NoticesSettings | undefined {
  const { url, secretFile } = texts;
  const allowPrivate = yesOrNo(`${name}_PRIVATE`, texts.isPrivate);
  if (!url) return undefined;
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw bad(`${name}_URL`, url, `an address such as https://gateway.example/${name.toLowerCase()}`);
  if (!secretFile)
    throw new Fault('bad-setting', `${name}_URL is set, but no secret signs what is sent.`, {
      hint: `openssl rand -hex 32 > ${name.toLowerCase()}.secret, and set ${name}_SECRET_FILE to it.`,
    });
  return { url, secretFile, allowPrivate };
}

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw bad('PORT', text, 'a whole number from 0 (any free port) to 65535');
}

function checkUrl(url: string): string {
  if (URL.canParse(url) && /^postgres(ql)?:$/.test(new URL(url).protocol)) return url;
  // The value may hold a password and is not repeated.
  throw new Fault('bad-setting', 'DATABASE_URL is no address of a PostgreSQL server.', {
    hint: 'Write postgres://user:password@host:5432/gezhi, or leave it out.',
  });
}

function checkAddress(name: SettingName, url: string): string {
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url.replace(/\/$/, '');
  throw bad(name, url, 'an address such as https://town.example');
}

function yesOrNo(name: SettingName, text: string): boolean {
  if (text === 'yes' || text === 'no') return text === 'yes';
  throw bad(name, text, 'yes or no');
}

function logLevelOf(text: string): LogLevel {
  const level = LOG_LEVELS.find((one) => one === text);
  if (level) return level;
  throw bad('LOG_LEVEL', text, `one of ${LOG_LEVELS.join(', ')}`);
}

function bad(name: SettingName, value: string, wanted: string): Fault {
  return new Fault('bad-setting', `${name} is "${value}".`, { hint: `It must be ${wanted}.` });
}

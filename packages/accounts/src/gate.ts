import { createHmac } from 'node:crypto';
import type { Instant } from '@gezhi/basis';
import type pg from 'pg';
import { type Library, makeLibrary, type SingleSignOn } from './library.ts';

export type GateOptions = {
  readonly pool: pg.Pool;
  /** A key that does not lie in the database: what is sealed and signed here is opened by nobody who has only that. */
  readonly key: Buffer;
  /** How browsers reach the service: `https://…`. */
  readonly baseUrl: string;
  readonly now: () => Instant;
  readonly singleSignOn?: SingleSignOn;
};

/** Where everybody passes who signs in: the database, the keys, the library that checks passwords and second factors. */
export type Gate = {
  readonly pool: pg.Pool;
  readonly now: () => Instant;
  readonly baseUrl: string;
  readonly library: Library;
  readonly cookieKey: string;
  readonly hashKey: Buffer;
  readonly singleSignOn?: SingleSignOn;
};

export function openGate({ pool, key, baseUrl, now, singleSignOn }: GateOptions): Gate {
  const cookieKey = derived(key, 'cookies').toString('base64url');
  const sso = singleSignOn ? { singleSignOn } : {};
  return {
    pool,
    now,
    baseUrl,
    cookieKey,
    hashKey: derived(key, 'hashes'),
    library: makeLibrary({ pool, baseUrl, secret: cookieKey, ...sso }),
    ...sso,
  };
}

/** A keyed hash: what it is of cannot be found by trying all values without the key. `use` keeps hashes of different things apart. */
export function keyedHash({ hashKey }: Pick<Gate, 'hashKey'>, use: string, text: string): Buffer {
  return createHmac('sha256', hashKey).update(`${use}\n${text}`).digest();
}

function derived(key: Buffer, use: string): Buffer {
  return createHmac('sha256', key).update(`gezhi accounts ${use}`).digest();
}

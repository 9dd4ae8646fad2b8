import { type LookupAddress, lookup as lookUpAll } from 'node:dns';
import { request as httpRequest, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { Fault } from '@gezhi/basis';
import { isPrivateAddress } from './private-address.ts';
import { sign } from './signature.ts';

/** Where notices are handed over, and how. `secret` signs them; `allowPrivate` lets the address lie in a private net. */
export type Gateway = {
  readonly url: URL;
  readonly secret: Buffer;
  readonly allowPrivate: boolean;
  /** Where our own pages are reached from outside, for links in messages. */
  readonly pages?: string;
  /** For the whole of one call. */
  readonly timeoutMs: number;
};

/** `taken` (2xx), `refused` (it will not take it however often it is sent), `again` (sent again later). `status` where it answered. */
export type Posted = {
  readonly outcome: 'taken' | 'refused' | 'again';
  readonly status?: number;
  /** Why there was no answer, as a code: `timeout`, `private-address`, `ECONNREFUSED`… */
  readonly problem?: string;
  /** How long it asked us to wait, at most an hour. */
  readonly retryAfterMs?: number;
};

export const GATEWAY_TIMEOUT_MS = 10_000;
/** The shortest secret that signs: as long as the hash. */
const SECRET_BYTES_MIN = 32;
/** Of an answer's body nothing is kept; so much is let through before the line is cut. */
const ANSWER_BYTES_MAX = 64 * 1024;
const RETRY_AFTER_MAX_MS = 60 * 60_000;

/** @throws Fault `bad-gateway` where the address is no http(s) address, carries a password, or the secret is too short */
export function makeGateway(
  url: string,
  secret: Buffer,
  options: { readonly allowPrivate?: boolean; readonly timeoutMs?: number } = {},
): Gateway {
  const { allowPrivate = false, timeoutMs = GATEWAY_TIMEOUT_MS } = options;
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !/^https?:$/.test(parsed.protocol) || parsed.username || parsed.password)
    throw new Fault('bad-gateway', "The notices' gateway has no address that can be used.", {
      hint: 'Write https://gateway.example/notices, without user and password.',
    });
  if (secret.length < SECRET_BYTES_MIN)
    throw new Fault('bad-gateway', `The secret of the notices' gateway has ${secret.length} bytes.`, {
      hint: `Give it ${SECRET_BYTES_MIN} at least: openssl rand -hex 32 > notices.secret`,
    });
  return { url: parsed, secret, allowPrivate, timeoutMs };
}

/**
 * Hands one message over: a POST of `body` (JSON) under the idempotency key `id`, signed at `now`. The name is looked up once, and the
 * address that was checked is the one that is called; redirects are not followed. Never throws for what the other side does.
 */
export async function post(gateway: Gateway, id: string, body: string, now: number): Promise<Posted> {
  const { url, secret, allowPrivate, timeoutMs } = gateway;
  const bare = url.hostname.replace(/^\[|\]$/g, '');
  if (!allowPrivate && isIP(bare) && isPrivateAddress(bare))
    return { outcome: 'again', problem: 'private-address' };
  const timestamp = Math.floor(now / 1000);
  const options: RequestOptions = {
    method: 'POST',
    agent: false,
    lookup: allowPrivate ? undefined : publicOnly(),
    signal: AbortSignal.timeout(timeoutMs),
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(body),
      'user-agent': 'gezhi-notices/1',
      'idempotency-key': id,
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': sign(secret, id, timestamp, body),
    },
  };
  return await new Promise<Posted>((resolve) => {
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const call = send(url, options, (answer) => {
      let bytes = 0;
      answer.on('data', (piece: Buffer) => {
        bytes += piece.length;
        if (bytes > ANSWER_BYTES_MAX) call.destroy();
      });
      answer.on('error', () => undefined);
      // The status is the whole answer: what follows it is let through, or cut off with the call.
      resolve(postedOf(answer.statusCode ?? 0, answer.headers['retry-after']));
    });
    call.on('error', (error: NodeJS.ErrnoException) =>
      resolve({ outcome: 'again', problem: problemOf(error) }),
    );
    call.end(body);
  });
}

function postedOf(status: number, retryAfter: string | undefined): Posted {
  if (status >= 200 && status < 300) return { outcome: 'taken', status };
  const isRefused = status >= 400 && status < 500 && status !== 408 && status !== 429;
  if (isRefused) return { outcome: 'refused', status };
  const seconds = /^\d{1,6}$/.test(retryAfter ?? '') ? Number(retryAfter) : undefined;
  if (seconds === undefined) return { outcome: 'again', status };
  return { outcome: 'again', status, retryAfterMs: Math.min(RETRY_AFTER_MAX_MS, seconds * 1000) };
}

function problemOf(error: NodeJS.ErrnoException): string {
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'timeout';
  return error.code ?? 'no-answer';
}

type LookUpAll = (
  hostname: string,
  options: { readonly all: true },
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** Looks a name up and refuses it where any of its addresses is private: a name of the outside must not lead back into the house. */
export const publicOnly =
  (lookUp: LookUpAll = lookUpAll): LookupFunction =>
  (hostname, options, done) => {
    lookUp(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, '', 0);
      if (addresses.length === 0 || addresses.some(({ address }) => isPrivateAddress(address))) {
        const refused: NodeJS.ErrnoException = new Error(`${hostname} leads to a private address`);
        refused.code = 'private-address';
        return done(refused, '', 0);
      }
      if (options.all) return done(null, addresses);
      return done(null, addresses[0]!.address, addresses[0]!.family);
    });
  };

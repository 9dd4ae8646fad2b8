import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import { publicOnly } from '../webhook/gateway.ts';
import { isPrivateAddress } from '../webhook/private-address.ts';

/** What came back: a whole answer, or why there was none: `timeout`, `too-large`, `private-address`, `ECONNREFUSED`… */
export type Outside = { readonly status: number; readonly body: Buffer } | { readonly problem: string };

export type AskOptions = {
  /** Whether the address may lie in a private net. */
  readonly allowPrivate: boolean;
  /** For the whole of the call. */
  readonly timeoutMs: number;
  readonly bytesMax: number;
  readonly headers?: Readonly<Record<string, string>>;
};

/**
 * A GET by the rules of the notices' gateway: the name is looked up once and the address that was checked is the one that is called, redirects
 * are not followed, and what is too long or too slow is cut off. Never throws for what the other side does.
 */
export async function askOutside(address: string, options: AskOptions): Promise<Outside> {
  const { allowPrivate, timeoutMs, bytesMax, headers } = options;
  const url = new URL(address);
  const bare = url.hostname.replace(/^\[|\]$/g, '');
  if (!allowPrivate && isIP(bare) && isPrivateAddress(bare)) return { problem: 'private-address' };
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return await new Promise<Outside>((resolve) => {
    const call = send(
      url,
      {
        agent: false,
        lookup: allowPrivate ? undefined : publicOnly(),
        signal: AbortSignal.timeout(timeoutMs),
        headers: { 'accept-encoding': 'identity', ...headers },
      },
      (answer) => {
        const pieces: Buffer[] = [];
        let bytes = 0;
        answer.on('data', (piece: Buffer) => {
          bytes += piece.length;
          if (bytes <= bytesMax) return pieces.push(piece);
          resolve({ problem: 'too-large' });
          return call.destroy();
        });
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(pieces) }));
        answer.on('error', (error: NodeJS.ErrnoException) => resolve({ problem: problemOf(error) }));
      },
    );
    call.on('error', (error: NodeJS.ErrnoException) => resolve({ problem: problemOf(error) }));
    call.end();
  });
}

function problemOf(error: NodeJS.ErrnoException): string {
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'timeout';
  return error.code ?? 'no-answer';
}

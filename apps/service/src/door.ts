import { lookup } from 'node:dns/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Fault } from '@gezhi/basis';
import { type Waiting, waitingAnswer } from './waiting-page.ts';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * The port of a service. It answers from the first second: with a page that asks for patience while the town is being made, then with
 * whatever `open` was given, so that no client ever finds it closed in between.
 */
export type Door = {
  readonly url: string;
  /** Tells the waiting page how far it has come. */
  tell(waiting: Waiting): void;
  open(handler: Handler): void;
  /** No new connections from now on; answers in work are finished, for `graceMs` at most. */
  close(graceMs: number): Promise<void>;
};

/** How long a caller may take, in milliseconds. */
const PATIENCE = {
  /** For the head of a request. */
  headersMs: 15_000,
  /** For all of it: 28 MB of photos by a telephone in the hills. */
  requestMs: 300_000,
  /** Without a single byte in either direction; the live stream says something each 15 s. */
  silenceMs: 60_000,
  /** Between two requests; longer than the 60 s of most proxies before us, so that they close first. */
  keepAliveMs: 72_000,
  /** How often the clocks above are looked at. */
  checkMs: 5_000,
} as const;

/** Tests take less. */
export type Patience = { readonly [K in keyof typeof PATIENCE]: number };

/** All headers of a request together, names and values. */
const HEADER_BYTES_MAX = 16 * 1024;

/** Beyond it nobody else is let in: a file descriptor each, far below what a system gives one process. */
const CONNECTIONS_MAX = 10_000;

/** The live stream of facts. */
const STREAM_PATH = '/api/stream';

/**
 * Listens on every address that the host name has (`localhost`: IPv4 and IPv6).
 * @throws Fault `port-taken`, `host-unknown`, `port-closed`
 */
export async function openDoor(host: string, port: number, patience: Patience = PATIENCE): Promise<Door> {
  let handler: Handler | undefined;
  let waiting: Waiting = { step: 'opening' };
  const streams = new Set<ServerResponse>();
  const answer: Handler = (request, response) => {
    if (request.url?.startsWith(STREAM_PATH)) {
      streams.add(response);
      response.once('close', () => streams.delete(response));
    }
    return handler ? handler(request, response) : waitingAnswer(waiting, request, response);
  };
  const servers: Server[] = [];
  for (const address of await addressesOf(host)) {
    const first = servers[0];
    const wanted = first ? (first.address() as AddressInfo).port : port;
    try {
      servers.push(await listen(answer, address, wanted, patience));
    } catch (error) {
      // Of several addresses of one name one is enough: many machines have no IPv6.
      if (!first || (error as NodeJS.ErrnoException).code !== 'EADDRNOTAVAIL') {
        for (const server of servers) server.close();
        throw faultOf(error as NodeJS.ErrnoException, host, port);
      }
    }
  }
  const bound = (servers[0]!.address() as AddressInfo).port;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host === '0.0.0.0' ? 'localhost' : host}:${bound}`,
    tell: (told) => {
      waiting = told;
    },
    open: (opened) => {
      handler = opened;
    },
    close: async (graceMs) => {
      // A live stream has no end of its own; its reader comes back and resumes where it was.
      for (const stream of streams) stream.end();
      await Promise.all(servers.map((server) => closeServer(server, graceMs)));
    },
  };
}

async function addressesOf(host: string): Promise<readonly string[]> {
  try {
    const found = await lookup(host, { all: true });
    return [...new Set(found.map(({ address }) => address))];
  } catch (cause) {
    throw new Fault('host-unknown', `HOST "${host}" has no address.`, {
      cause,
      hint: 'Use localhost for this machine only, or 0.0.0.0 for everybody who can reach it.',
    });
  }
}

function listen(handler: Handler, address: string, port: number, patience: Patience): Promise<Server> {
  const server = createServer(
    {
      keepAliveTimeout: patience.keepAliveMs,
      headersTimeout: patience.headersMs,
      requestTimeout: patience.requestMs,
      connectionsCheckingInterval: patience.checkMs,
      maxHeaderSize: HEADER_BYTES_MAX,
    },
    handler,
  );
  server.timeout = patience.silenceMs;
  server.maxConnections = CONNECTIONS_MAX;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: address, port, backlog: 1024 }, () => {
      server.off('error', reject);
      resolve(server);
    });
  });
}

function faultOf(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === 'EADDRINUSE') {
    return new Fault('port-taken', `Port ${port} of ${host} is in use.`, {
      cause: error,
      hint: `Stop what uses it, or take another: gezhi serve --port ${port + 1} (or PORT=${port + 1}).`,
    });
  }
  if (error.code === 'EACCES') {
    return new Fault('port-closed', `This account may not use port ${port}.`, {
      cause: error,
      hint: 'Take a port above 1023, and put a proxy before it for 80 and 443.',
    });
  }
  return error;
}

const SWEEP_MS = 50;

function closeServer(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    // A connection that was answering when the closing began is idle a moment later, and would be kept alive.
    const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
    const force = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(force);
      clearInterval(sweep);
      resolve();
    });
  });
}

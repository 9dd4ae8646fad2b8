import { Agent, request } from 'node:http';
import { createConnection } from 'node:net';
import { routesOf } from '@gezhi/server';
import { openDoor } from '@gezhi/service';
import { formsOf, type PageForm } from './forms.ts';
import { judge, type Seen } from './judge.ts';
import { type Hostile, type Making, makeRequest } from './make-request.ts';
import type { Caller, World } from './world.ts';

export type Finding = {
  readonly n: number;
  readonly asked: Hostile;
  readonly seen: Seen;
  readonly found: readonly string[];
};

export type FuzzReport = {
  readonly requests: number;
  readonly routes: number;
  readonly statuses: Readonly<Record<string, number>>;
  readonly findings: readonly Finding[];
  /** Faults that the service told its operator; each became a 500. */
  readonly faults: readonly string[];
};

export type FuzzOptions = {
  readonly seed: number;
  readonly requests: number;
  /** Only this one of them. */
  readonly only?: number;
  readonly parallel?: number;
  readonly progress?: (done: number) => void;
};

/** Sends hostile requests over every route to the service over a socket, and judges each answer. Afterwards it must still be up. */
export async function fuzz(world: World, options: FuzzOptions): Promise<FuzzReport> {
  const { server } = world;
  await server.ready();
  const door = await openDoor('127.0.0.1', 0);
  door.open((request, response) => server.routing(request, response));
  const port = Number(new URL(door.url).port);
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const { signedIn, forms } = await openAll(world);
  const making: Making = { world: { ...world, callers: signedIn }, routes: routesOf(server), forms };
  const findings: Finding[] = [];
  const statuses: Record<string, number> = {};
  const numbers = options.only === undefined ? [...Array(options.requests).keys()] : [options.only];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let i = next++; i < numbers.length; i = next++) {
      const n = numbers[i]!;
      const asked = makeRequest(making, options.seed, n);
      const seen = await send(agent, port, asked);
      statuses[seen.status] = (statuses[seen.status] ?? 0) + 1;
      const found = judge(asked, seen);
      if (found.length > 0) findings.push({ n, asked, seen, found });
      options.progress?.(i + 1);
    }
  };
  await Promise.all(Array.from({ length: options.parallel ?? 4 }, work));
  await mangled(port);
  const after = await server.inject({ url: '/readyz' });
  if (after.statusCode !== 200) throw new Error(`afterwards the service answers ${after.statusCode}`);
  agent.destroy();
  await door.close(1000);
  return { requests: numbers.length, routes: making.routes.length, statuses, findings, faults: world.faults };
}

/** Opens the requester's page, and gathers the forms that each caller is shown. */
async function openAll(world: World): Promise<{ signedIn: readonly Caller[]; forms: Making['forms'] }> {
  const pages = routesOf(world.server)
    .filter(({ method, url }) => method === 'GET' && !/^\/(api|open311|ledger|metrics|assets)|\*/.test(url))
    .map(({ url }) => url.replace(/:(\w+)/g, (_, name: string) => world.ids[name]?.[1] ?? world.ids.id![1]!));
  const forms = new Map<string, readonly PageForm[]>();
  const signedIn: Caller[] = [];
  for (const caller of world.callers) {
    const cookie = caller.headers['x-number'] ? await openMine(world, caller) : undefined;
    const headers = cookie ? { ...caller.headers, cookie } : caller.headers;
    signedIn.push({ ...caller, headers });
    forms.set(caller.name, await formsOf(world.server, pages, headers));
  }
  return { signedIn, forms };
}

async function openMine({ server }: World, { headers }: Caller): Promise<string | undefined> {
  const answer = await server.inject({
    method: 'POST',
    url: '/my',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: `number=${headers['x-number']}&code=${headers['x-code']}`,
  });
  return answer.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
}

const ANSWER_MS = 15_000;
const BODY_CHARS_MAX = 20_000_000;

function send(agent: Agent, port: number, { method, path, headers, body }: Hostile): Promise<Seen> {
  return new Promise((resolve) => {
    let done = false;
    const tell = (seen: Seen): void => {
      done = true;
      clearTimeout(late);
      resolve(seen);
    };
    const nothing = (problem?: string): Seen => ({
      status: 0,
      headers: {},
      body: '',
      ...(problem ? { problem } : {}),
    });
    const call = request(
      {
        agent,
        port,
        host: '127.0.0.1',
        method,
        path,
        headers: { ...headers, 'content-length': body?.length ?? 0 },
      },
      (answer) => {
        let text = '';
        const end = (): void => tell({ status: answer.statusCode ?? 0, headers: answer.headers, body: text });
        answer.setEncoding('utf8');
        answer.on('data', (piece: string) => {
          text += piece;
          // A live stream has no end.
          if (
            String(answer.headers['content-type']).includes('event-stream') ||
            text.length > BODY_CHARS_MAX
          ) {
            end();
            call.destroy();
          }
        });
        answer.on('end', end);
        answer.on('error', () => end());
      },
    );
    const late = setTimeout(() => {
      tell(nothing(`gives no answer for ${ANSWER_MS / 1000} s`));
      call.destroy();
    }, ANSWER_MS);
    call.on('error', (error: NodeJS.ErrnoException) => {
      // The line was cut while we were still sending: too large, or not HTTP.
      const wasLarge = (body?.length ?? 0) > 60_000;
      if (!done) tell(nothing(wasLarge ? undefined : `cuts the line: ${error.code}`));
    });
    call.end(body);
  });
}

/** Lines that are no HTTP at all; whatever is answered, the service goes on. */
async function mangled(port: number): Promise<void> {
  const lines = [
    'GET / HTTP/9.9\r\n\r\n',
    'GET /\0 HTTP/1.1\r\nhost: x\r\n\r\n',
    'GET /\xff\xfe HTTP/1.1\r\nhost: x\r\n\r\n',
    'POST /api/signals HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /x',
    'POST /api/signals HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n',
    'POST /api/signals HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n',
    'GET http://[::1 HTTP/1.1\r\nhost: x\r\n\r\n',
    'GET //example.invalid/%2e%2e HTTP/1.1\r\nhost: ::::\r\n\r\n',
    'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    `GET /${'a'.repeat(100_000)} HTTP/1.1\r\nhost: x\r\n\r\n`,
    '\x16\x03\x01\0\xa5\x01\0\0\xa1',
    '\0'.repeat(5000),
  ];
  await Promise.all(lines.map((line) => sendRaw(port, line)));
}

/** Sends these bytes and waits until the other side has had enough, a second at most. */
export function sendRaw(port: number, line: string, waitMs = 1000): Promise<string> {
  return new Promise((resolve) => {
    let seen = '';
    const socket = createConnection({ port, host: '127.0.0.1' });
    const timer = setTimeout(() => socket.destroy(), waitMs);
    socket.on('data', (bytes: Buffer) => {
      seen += bytes.toString('latin1');
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      clearTimeout(timer);
      resolve(seen);
    });
    socket.write(Buffer.from(line, 'latin1'));
  });
}

import { connect } from 'node:net';

/** What a closed loop of clients saw: answers a second, and how long each took (milliseconds). */
export type Load = {
  readonly perSecond: number;
  readonly answers: number;
  readonly failed: number;
  readonly ms: readonly number[];
};

/**
 * Sends requests over `connections` keep-alive sockets, each the next as soon as the last is answered, for `seconds`. A few lines over
 * `net`, because a client that parses more would take the cores that the server needs.
 *
 * @param request makes the n-th request, whole, as bytes on the wire
 */
export async function load(
  port: number,
  options: {
    connections: number;
    seconds: number;
    request: (n: number) => string;
    ok?: (status: number) => boolean;
  },
): Promise<Load> {
  const { connections, seconds, request, ok = (status) => status < 300 } = options;
  const ms: number[] = [];
  let [n, failed] = [0, 0];
  const began = performance.now();
  const until = began + seconds * 1000;
  const one = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true });
      let sent = 0;
      let buffer = '';
      const next = (): void => {
        if (performance.now() >= until) {
          socket.end();
          resolve();
          return;
        }
        n += 1;
        sent = performance.now();
        socket.write(request(n));
      };
      socket.setEncoding('latin1');
      socket.on('connect', next);
      socket.on('error', reject);
      socket.on('data', (piece: string) => {
        buffer += piece;
        const head = buffer.indexOf('\r\n\r\n');
        if (head < 0) return;
        const length = Number(/content-length: (\d+)/i.exec(buffer)?.[1] ?? 0);
        if (buffer.length < head + 4 + length) return;
        const status = Number(buffer.slice(9, 12));
        if (!ok(status)) failed += 1;
        ms.push(performance.now() - sent);
        buffer = buffer.slice(head + 4 + length);
        next();
      });
    });
  await Promise.all(Array.from({ length: connections }, one));
  const took = (performance.now() - began) / 1000;
  return { perSecond: ms.length / took, answers: ms.length, failed, ms };
}

export function get(path: string): string {
  return `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n`;
}

export function post(path: string, type: string, body: string, headers = ''): string {
  const length = Buffer.byteLength(body);
  return `POST ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: keep-alive\r\nContent-Type: ${type}\r\n${headers}Content-Length: ${length}\r\n\r\n${body}`;
}

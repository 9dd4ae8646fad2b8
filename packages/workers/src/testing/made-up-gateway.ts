import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { type Gateway, makeGateway, type NoticeMessage, verify } from '@gezhi/connectors';

const SECRET = Buffer.from('a made-up secret of thirty-two by');

export type MadeUpGateway = {
  readonly gateway: Gateway;
  /** Every message that arrived with a true signature, in order, whatever was answered. */
  readonly got: NoticeMessage[];
  /** What the next calls are answered: a status, or `hang`, `drop`. Without one: 200. */
  readonly answers: (number | 'hang' | 'drop')[];
  /** Called for each message before it is answered. */
  onMessage: (message: NoticeMessage) => void;
};

/** A gateway on this machine that fails as it is told to. */
export async function madeUpGateway(t: TestContext): Promise<MadeUpGateway> {
  const made: Omit<MadeUpGateway, 'gateway'> = { got: [], answers: [], onMessage: () => undefined };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (piece) => {
      body += piece;
    });
    request.on('end', () => take(request, response, body));
  });
  const own = { ...made } as MadeUpGateway;
  const take = (request: IncomingMessage, response: ServerResponse, body: string): void => {
    const { headers } = request;
    const signed = {
      id: String(headers['webhook-id']),
      timestamp: String(headers['webhook-timestamp']),
      signature: String(headers['webhook-signature']),
    };
    if (!verify(SECRET, signed, body, Number(signed.timestamp))) return void response.writeHead(401).end();
    const message = JSON.parse(body) as NoticeMessage;
    own.got.push(message);
    own.onMessage(message);
    const answer = own.answers.shift() ?? 200;
    if (answer === 'drop') request.socket.destroy();
    else if (answer !== 'hang') response.writeHead(answer).end();
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/notices`;
  return Object.assign(own, { gateway: makeGateway(url, SECRET, { allowPrivate: true, timeoutMs: 400 }) });
}

export const MADE_UP_SECRET = SECRET;

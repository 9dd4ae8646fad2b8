import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A service on this machine that stands for one outside; `asked` are the addresses it was asked for, with what was said of the asker. */
export type FakeService = {
  readonly url: string;
  readonly asked: {
    readonly address: string;
    readonly agent: string;
    readonly headers: IncomingMessage['headers'];
  }[];
  stop(): Promise<void>;
};

export async function serveFake(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<FakeService> {
  const asked: FakeService['asked'] = [];
  const server = createServer((request, response) => {
    const { url = '', headers } = request;
    asked.push({ address: url, agent: headers['user-agent'] ?? '', headers });
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

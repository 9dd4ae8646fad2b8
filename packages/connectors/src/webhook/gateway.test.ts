import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import fc from 'fast-check';
import { ATTEMPTS_MAX, backoffMs } from './backoff.ts';
import { makeGateway, post, publicOnly } from './gateway.ts';
import { isPrivateAddress } from './private-address.ts';
import { sign, verify } from './signature.ts';

const SECRET = Buffer.from('a made-up secret of thirty-two by');
const NOW = Date.UTC(2026, 4, 4, 8);

async function serve(t: TestContext, answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/in`;
  return makeGateway(url, SECRET, { allowPrivate: true, timeoutMs: 500 });
}

test('a message is handed over once, with its key, its time and a signature that verifies', async (t) => {
  const got: { headers: IncomingMessage['headers']; body: string }[] = [];
  const gateway = await serve(t, (request, response) => {
    let body = '';
    request.on('data', (piece) => {
      body += piece;
    });
    request.on('end', () => {
      got.push({ headers: request.headers, body });
      response.writeHead(202).end('ok');
    });
  });
  assert.deepEqual(await post(gateway, 'n1', '{"text":"您好"}', NOW), { outcome: 'taken', status: 202 });
  const [{ headers, body } = { headers: {}, body: '' }] = got;
  assert.equal(body, '{"text":"您好"}');
  assert.equal(headers['idempotency-key'], 'n1');
  const given = {
    id: String(headers['webhook-id']),
    timestamp: String(headers['webhook-timestamp']),
    signature: String(headers['webhook-signature']),
  };
  assert.ok(verify(SECRET, given, body, NOW / 1000));
  assert.ok(!verify(SECRET, given, `${body} `, NOW / 1000));
  assert.ok(!verify(SECRET, given, body, NOW / 1000 + 301), 'played back later');
  assert.ok(!verify(Buffer.alloc(32), given, body, NOW / 1000));
});

test('what each answer means: taken, refused, or again later', async (t) => {
  let status = 200;
  const gateway = await serve(t, (_, response) => {
    response
      .writeHead(status, status === 429 ? { 'retry-after': '7' } : { location: 'http://127.0.0.1:1/' })
      .end();
  });
  const rows: [status: number, outcome: string][] = [
    [200, 'taken'],
    [204, 'taken'],
    [301, 'again'],
    [307, 'again'],
    [400, 'refused'],
    [404, 'refused'],
    [410, 'refused'],
    [408, 'again'],
    [429, 'again'],
    [500, 'again'],
    [503, 'again'],
  ];
  for (const [given, outcome] of rows) {
    status = given;
    const posted = await post(gateway, 'n', '{}', NOW);
    assert.deepEqual([posted.outcome, posted.status], [outcome, given]);
    if (given === 429) assert.equal(posted.retryAfterMs, 7_000);
  }
});

test('who hangs, breaks off, or is not there is asked again', async (t) => {
  const hangs = await serve(t, () => undefined);
  assert.deepEqual(await post(hangs, 'n', '{}', NOW), { outcome: 'again', problem: 'timeout' });
  const breaks = await serve(t, (request) => request.socket.destroy());
  assert.deepEqual(await post(breaks, 'n', '{}', NOW), { outcome: 'again', problem: 'ECONNRESET' });
  const gone = makeGateway('http://127.0.0.1:1/', SECRET, { allowPrivate: true });
  assert.equal((await post(gone, 'n', '{}', NOW)).outcome, 'again');
});

test('an answer without end is cut off and holds nobody up', async (t) => {
  const gateway = await serve(t, (_, response) => {
    response.writeHead(200);
    const pour = (): void => {
      while (response.write('x'.repeat(16_384)));
      if (!response.destroyed) response.once('drain', pour);
    };
    response.on('error', () => undefined);
    pour();
  });
  assert.equal((await post(gateway, 'n', '{}', NOW)).outcome, 'taken');
});

test('an address inside the house is refused unless it is allowed, by number and by name', async () => {
  for (const url of [
    'http://127.0.0.1:9/',
    'http://[::1]:9/',
    'http://localhost:9/',
    'http://169.254.169.254/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://[::ffff:127.0.0.1]:9/',
    'http://[::ffff:a9fe:a9fe]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[fd00:ec2::254]/',
    'http://0.0.0.0/',
  ]) {
    const posted = await post(makeGateway(url, SECRET), 'n', '{}', NOW);
    assert.deepEqual(posted, { outcome: 'again', problem: 'private-address' }, url);
  }
  const rows: [address: string, isPrivate: boolean][] = [
    ['10.1.2.3', true],
    ['172.31.0.1', true],
    ['172.32.0.1', false],
    ['192.168.0.1', true],
    ['100.64.0.1', true],
    ['::ffff:10.0.0.1', true],
    ['::ffff:7f00:1', true],
    ['::ffff:a9fe:a9fe', true],
    ['::7f00:1', true],
    ['64:ff9b::a00:1', true],
    ['2002:7f00:1::', true],
    ['100.100.100.200', true],
    ['fd00::1', true],
    ['fe80::1', true],
    ['2400:3200::1', false],
    ['223.5.5.5', false],
    ['no address', true],
  ];
  for (const [address, isPrivate] of rows) assert.equal(isPrivateAddress(address), isPrivate, address);
});

test('a name is looked up once a call, and what was checked is what is called', async () => {
  // A name that leads outside at first and into the house a moment later (DNS rebinding).
  const turns = [['223.5.5.5'], ['127.0.0.1'], ['223.5.5.5', '10.0.0.1'], []];
  let asked = 0;
  const lookup = publicOnly((_hostname, _options, done) => {
    const addresses = turns[asked]!.map((address) => ({ address, family: 4 }));
    asked += 1;
    done(null, addresses);
  });
  const look = (all: boolean) =>
    new Promise<unknown>((resolve) =>
      lookup('gateway.example', { all }, (error, found) => resolve(error?.code ?? found)),
    );
  assert.equal(await look(false), '223.5.5.5');
  assert.equal(await look(true), 'private-address');
  assert.equal(await look(true), 'private-address');
  assert.equal(await look(false), 'private-address');
  assert.equal(asked, turns.length);
});

test('an answer that leads elsewhere is not followed', async (t) => {
  let calls = 0;
  const gateway = await serve(t, (request, response) => {
    calls += 1;
    response.writeHead(307, { location: `http://${request.headers.host}/elsewhere` }).end();
  });
  assert.deepEqual(await post(gateway, 'n', '{}', NOW), { outcome: 'again', status: 307 });
  assert.equal(calls, 1);
});

test('an address or a secret that cannot be used is told at the door', () => {
  for (const url of ['gateway', 'ftp://gateway.example', 'https://user:pass@gateway.example'])
    assert.throws(() => makeGateway(url, SECRET), { code: 'bad-gateway' });
  assert.throws(() => makeGateway('https://gateway.example', Buffer.from('short')), { code: 'bad-gateway' });
});

test('waits double, stay between half and all, and are the same for the same try', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 1, max: 40 }), (id, attempts) => {
      const whole = Math.min(900_000, 5_000 * 2 ** (attempts - 1));
      const waits = backoffMs(id, attempts);
      assert.ok(waits >= whole / 2 && waits <= whole);
      assert.equal(waits, backoffMs(id, attempts));
    }),
  );
  let sum = 0;
  for (let i = 1; i < ATTEMPTS_MAX; i += 1) sum += backoffMs('x', i);
  assert.ok(sum < 90 * 60_000);
});

test('a signature is one of several while a secret is changed', () => {
  const old = sign(Buffer.alloc(32), 'n', NOW / 1000, '{}');
  const signature = `${old} ${sign(SECRET, 'n', NOW / 1000, '{}')}`;
  assert.ok(verify(SECRET, { id: 'n', timestamp: String(NOW / 1000), signature }, '{}', NOW / 1000));
});

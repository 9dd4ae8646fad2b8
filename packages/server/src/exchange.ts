import { createHash, type Hash, randomUUID } from 'node:crypto';
import { Transform } from 'node:stream';
import { isRefusal, type Refusal, refuse } from '@gezhi/basis';
import { recordExport } from '@gezhi/town';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type AppContext, townFor } from './app-context.ts';
import { languageOf } from './language.ts';
import { actorOf, districtOf } from './mount-route.ts';
import { problemOfRefusal } from './problems/problems.ts';

/** Routes whose answer holds what people said, whoever asks: each call is written down. */
const PERSONAL: ReadonlySet<string> = new Set(['/api/units/:unit/feed']);

const LONGEST = 256;

/** What another system says of its call: which system it is, for which user, for what (X-Road: Message Protocol for REST). */
type Exchange = {
  readonly id: string;
  readonly client: string;
  readonly user: string;
  readonly purpose: string;
  readonly hash: Hash;
};

const exchanges = new WeakMap<FastifyRequest, Exchange>();

/**
 * X-Road's habits for calls of the API. A call that names its system (`X-Road-Client`) names the user and a purpose of the registry too, or is refused;
 * hashes of request and answer go out with the answer, and an entry of the ledger holds them before it leaves. What answers with what people said is written
 * down whoever asks.
 */
export function mountExchange(server: FastifyInstance, app: AppContext): void {
  server.addHook('preParsing', async (request, _reply, payload) => {
    if (!request.url.startsWith('/api/') || request.headers['x-road-client'] === undefined) return payload;
    const exchange = readExchange(request);
    exchanges.set(request, exchange);
    return payload.pipe(hashing(exchange.hash));
  });
  server.addHook('preHandler', async (request, reply) => {
    const exchange = exchanges.get(request);
    const refused = exchange && refuseExchange(app, request, exchange);
    if (!refused) return;
    exchanges.delete(request);
    const { status, headers, body } = problemOfRefusal(
      refused,
      languageOf(request.headers['accept-language']),
    );
    return reply.code(status).headers(headers).send(JSON.stringify(body));
  });
  server.addHook('onSend', async (request, reply, payload) => {
    const exchange = exchanges.get(request);
    if (!exchange && !PERSONAL.has(request.routeOptions.url ?? '')) return payload;
    const answer =
      typeof payload === 'string' || Buffer.isBuffer(payload) ? hashOf('sha256', payload) : undefined;
    const requestHash = exchange?.hash.copy().digest('base64');
    if (exchange)
      reply.headers({
        'x-road-client': exchange.client,
        'x-road-userid': exchange.user,
        'x-road-id': exchange.id,
        'x-road-request-id': randomUUID(),
        'x-road-request-hash': requestHash,
        ...(answer === undefined ? {} : { 'repr-digest': `sha-256=:${answer}:` }),
      });
    if (reply.statusCode < 400) await writeDown(app, request, exchange, requestHash, answer);
    return payload;
  });
}

function readExchange(request: FastifyRequest): Exchange {
  const said = (name: string): string => String(request.headers[name] ?? '').trim();
  const hash = createHash('sha512').update(`${request.method} ${request.url}\n`);
  return {
    id: said('x-road-id').slice(0, LONGEST) || randomUUID(),
    client: said('x-road-client'),
    user: said('x-road-userid'),
    purpose: said('gezhi-purpose'),
    hash,
  };
}

/** Passes a body on as it is, and hashes it. The service compares its length with what was announced. */
function hashing(hash: Hash): Transform & { receivedEncodedLength: number } {
  const through = Object.assign(
    new Transform({
      transform(part: Buffer, _encoding, next) {
        hash.update(part);
        through.receivedEncodedLength += part.length;
        next(null, part);
      },
    }),
    { receivedEncodedLength: 0 },
  );
  return through;
}

function refuseExchange(
  app: AppContext,
  request: FastifyRequest,
  { client, user, purpose }: Exchange,
): Refusal | undefined {
  const missing = [
    ...(isName(client) ? [] : ['X-Road-Client']),
    ...(isName(user) ? [] : ['X-Road-UserId']),
    ...(isName(purpose) ? [] : ['Gezhi-Purpose']),
  ];
  if (missing.length > 0)
    return refuse('exchange-incomplete', `A call of a system names ${missing.join(' and ')} too.`, {
      missing,
    });
  if (townFor(app, districtOf(request)).purposes.has(purpose)) return undefined;
  return refuse('no-purpose', `"${purpose}" is no purpose of this town.`, { purpose });
}

const isName = (text: string): boolean =>
  text.length > 0 && text.length <= LONGEST && /^[\x20-\x7e]+$/.test(text);

async function writeDown(
  app: AppContext,
  request: FastifyRequest,
  exchange: Exchange | undefined,
  requestHash: string | undefined,
  answerHash: string | undefined,
): Promise<void> {
  const actor = actorOf(app, request);
  const by = isRefusal(actor) || !actor ? { post: 'nobody' } : actor;
  const { url, method } = request.routeOptions;
  await recordExport(
    townFor(app, districtOf(request)),
    {
      what: 'call',
      by,
      route: `${Array.isArray(method) ? method.join() : method} ${url}`,
      ...(exchange && { client: exchange.client, user: exchange.user, purpose: exchange.purpose }),
      ...(requestHash === undefined ? {} : { requestHash }),
      ...(answerHash === undefined ? {} : { answerHash }),
    },
    app.now(),
  );
}

function hashOf(algorithm: 'sha256', payload: string | Buffer): string {
  return createHash(algorithm).update(payload).digest('base64');
}

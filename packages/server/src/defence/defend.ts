import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AppContext, AppOptions } from '../app-context.ts';
import { accountOf } from '../open311/open311-port.ts';
import { checkAddress, checkBody } from './bounds.ts';
import { channelOf } from './channel-of.ts';
import { isServed } from './listeners.ts';
import { type RateLimits, rateLimits } from './rate-limits.ts';
import { headersFor } from './security-headers.ts';

/**
 * What every request passes before anybody reads it, and every answer carries: headers, a measure for the address, the body and everything in
 * it, and the rate of its channel. To be called before the first route is mounted.
 */
export function defend(
  server: FastifyInstance,
  app: AppContext,
  options: Pick<AppOptions, 'only' | 'rates'>,
): void {
  const limits = rateLimits(options.rates);
  server.addHook('onRequest', async (request, reply) => {
    reply.headers(headersFor(request.url));
    const { url } = request.routeOptions;
    if (url !== undefined && !isServed(options.only, request.method, url)) return reply.callNotFound();
    checkAddress(request.url, request.params, request.query);
    const channel = channelOf(request);
    if (channel && channel !== 'open311') limits.take(channel, undefined, performance.now());
    return undefined;
  });
  server.addHook('preHandler', async (request) => {
    checkBody(request.body);
    if (channelOf(request) === 'open311') limitOpen311(limits, app, request);
    const { service } = request;
    if (service) limits.take('service', `${service.district}/${service.name}`, performance.now());
  });
  // A live stream has no end, and nobody waits for the body of a HEAD.
  server.addHook('preHandler', async (request, reply) => {
    if (request.method === 'HEAD' && request.routeOptions.url === '/api/stream') return endHead(reply);
    return undefined;
  });
}

function endHead(reply: FastifyReply): FastifyReply {
  return reply.code(200).header('content-type', 'text/event-stream; charset=utf-8').send();
}

/** An Open311 key names the system that was given it; whoever shows none, or a wrong one, is counted with all others who do. */
function limitOpen311(limits: RateLimits, { installation }: AppContext, request: FastifyRequest): void {
  const { api_key: inQuery } = request.query as { api_key?: unknown };
  const { api_key: inForm } = (request.body ?? {}) as { api_key?: unknown };
  const key = [inForm, inQuery].find((one): one is string => typeof one === 'string');
  limits.take(
    'open311',
    key === undefined ? undefined : accountOf(installation.secret, key),
    performance.now(),
  );
}

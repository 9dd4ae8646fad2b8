import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import { type Refusal, refuse } from '@gezhi/basis';
import { numberAhead, PHOTO_BYTES_MAX, type Receipt, takeIn } from '@gezhi/town';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { AppContext, AppOptions } from './app-context.ts';
import { BOUNDS } from './defence/bounds.ts';
import { defend } from './defence/defend.ts';
import { watchRoutes } from './defence/mounted-routes.ts';
import { headersFor } from './defence/security-headers.ts';
import { mountExchange } from './exchange.ts';
import { factHub } from './fact-hub.ts';
import { mountHealth } from './health.ts';
import { intakeBatcher } from './intake-batcher.ts';
import { languageOf } from './language.ts';
import { mountTiles } from './maps/mount-tiles.ts';
import { mountApi } from './mount-api.ts';
import { mountLedger } from './mount-ledger.ts';
import { mountOpen311 } from './mount-open311.ts';
import type { PageOptions } from './pages/kit/visit.ts';
import { mountPages } from './pages/mount-pages.ts';
import { problemOfFault, problemOfRefusal } from './problems/problems.ts';
import { mountProcessDrawing } from './process-drawing.ts';
import { gateKeeper, readSittings } from './session/who.ts';
import { mountWebApp, WEB_APPS, type WebApp } from './web.ts';

/**
 * The service's HTTP: API, Open311, health and pages over an open installation. Call `listen` on it, or `inject` in tests. Closing it ends
 * streams and waits for signals on their way; it leaves the installation open.
 */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const app = contextOf(options);
  const server = fastify({
    bodyLimit: BOUNDS.bodyBytes,
    trustProxy: options.trustProxy ?? false,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: BOUNDS.paramChars },
    frameworkErrors: (error, request, reply) => {
      reply.headers(headersFor(request.url));
      answerFault(app, error, request, reply);
    },
  });
  watchRoutes(server);
  defend(server, app, options);
  answerErrors(server, app);
  readSittings(server, app.gate);
  mountExchange(server, app);
  readCloudEvents(server);
  await server.register(multipart, {
    limits: {
      fileSize: PHOTO_BYTES_MAX,
      files: BOUNDS.partFiles,
      fields: BOUNDS.partFields,
      parts: BOUNDS.partFields + BOUNDS.partFiles,
      fieldSize: BOUNDS.partFieldBytes,
      fieldNameSize: BOUNDS.partNameBytes,
      headerPairs: 50,
    },
  });
  mountHealth(server, app);
  mountApi(server, app);
  mountLedger(server, app);
  mountProcessDrawing(server, app);
  mountTiles(server, app);
  // Pages and Open311 each read forms in their own way, and the API reads none.
  await server.register(async (own) => {
    await own.register(formbody);
    mountOpen311(own, app);
  });
  const webApps: WebApp[] = [];
  for (const name of WEB_APPS) {
    const folder = options.webApps?.[name];
    if (folder && (await mountWebApp(server, name, folder))) webApps.push(name);
  }
  mountPages(server, {
    installation: options.installation,
    now: app.now,
    onFault: app.onFault,
    takeIn: takeForPages(app),
    ledger: app.ledger,
    gate: app.gate,
    sendCode: app.sendCode,
    postTokens: app.postTokens,
    singleSignOn: options.singleSignOn?.name,
    webApps: webApps.filter((name) => options.only === undefined || options.only.includes(name)),
  });
  server.addHook('preClose', async () => app.hub.close());
  server.addHook('onClose', async () => await app.intake.idle());
  return server;
}

function contextOf(options: AppOptions): AppContext {
  const { installation, spool, ledger, now = Date.now, onFault = () => undefined } = options;
  const baseUrl = (options.baseUrl ?? 'http://localhost:8080').replace(/\/$/, '');
  return {
    installation,
    now,
    onFault,
    ...(options.sendCode ? { sendCode: options.sendCode } : {}),
    ...(options.practiceUrl ? { practiceUrl: options.practiceUrl } : {}),
    ...(options.maps ? { maps: options.maps } : {}),
    postTokens: options.postTokens ?? true,
    gate: gateKeeper({ installation, now, baseUrl, singleSignOn: options.singleSignOn }),
    intake: intakeBatcher({ number: numberAhead, take: takeIn, now, ...(spool ? { spool } : {}) }),
    hub: factHub(installation.db.pool, onFault),
    ...(ledger ? { ledger } : {}),
    baseUrl,
    writes: { count: 0 },
  };
}

/** Reports of the pages go in with all others. Pages read the number and its code; a signal in the journal has no case yet. */
function takeForPages(app: AppContext): NonNullable<PageOptions['takeIn']> {
  return async (town, signals) => {
    const taken = await app.intake.submit(town, signals);
    app.writes.count += 1;
    return taken as readonly (Receipt | Refusal)[];
  };
}

/** Every error leaves in one shape; what is our own fault is told to whoever runs the service, and not to the caller. */
function answerErrors(server: FastifyInstance, app: AppContext): void {
  server.setErrorHandler((error, request, reply) => answerFault(app, error, request, reply));
  server.setNotFoundHandler((request, reply) => {
    const refusal = refuse(
      'no-such-route',
      `There is nothing at ${request.method} ${request.url.split('?')[0]}.`,
    );
    const answer = problemOfRefusal(refusal, languageOf(request.headers['accept-language']));
    return reply.code(answer.status).headers(answer.headers).send(JSON.stringify(answer.body));
  });
}

function answerFault(
  app: AppContext,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const { answer, isOurs } = problemOfFault(error, languageOf(request.headers['accept-language']));
  if (isOurs) app.onFault(error, `${request.method} ${request.routeOptions.url ?? request.url}`);
  return reply.code(answer.status).headers(answer.headers).send(JSON.stringify(answer.body));
}

function readCloudEvents(server: FastifyInstance): void {
  const types = ['application/cloudevents+json', 'application/cloudevents-batch+json'];
  server.addContentTypeParser(types, { parseAs: 'string' }, server.getDefaultJsonParser('error', 'ignore'));
}

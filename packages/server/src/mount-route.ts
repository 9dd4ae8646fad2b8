import { isServiceKey } from '@gezhi/accounts';
import { type Instant, isRefusal, type Refusal, refuse } from '@gezhi/basis';
import type { Actor } from '@gezhi/cases';
import { type RouteName, type Routes, routeOf } from '@gezhi/contract';
import type { Town } from '@gezhi/town';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { type AppContext, townFor } from './app-context.ts';
import { type Language, languageOf } from './language.ts';
import { isMadeUp } from './made-up.ts';
import { readCookies } from './pages/kit/cookies.ts';
import { COOKIES, staffOf } from './pages/kit/visit.ts';
import { readInput } from './problems/bad-input.ts';
import { problemOfRefusal } from './problems/problems.ts';
import { isFromUs } from './session/is-from-us.ts';
import { outOfScope } from './session/service-scope.ts';
import { actorOfService, actorOfSitting } from './session/who.ts';
import { readToken } from './tokens.ts';

type Of<N extends RouteName, K extends string> = Routes[N] extends {
  readonly [P in K]: infer S extends z.ZodType;
}
  ? z.output<S>
  : undefined;

/** One call of a route, read and checked. `actor` is whoever sent a valid staff token. */
export type Turn<N extends RouteName> = {
  readonly app: AppContext;
  readonly town: Town;
  readonly now: Instant;
  readonly language: Language;
  readonly actor: Actor | undefined;
  readonly params: Of<N, 'params'>;
  readonly query: Of<N, 'query'>;
  readonly body: Of<N, 'body'>;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
};

/** What a handler answers; `sent` where it has answered the socket itself. */
export type RouteAnswer =
  | {
      readonly status: number;
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | 'sent';

export type RouteHandler<N extends RouteName> = (
  turn: Turn<N>,
) => Promise<RouteAnswer | Refusal> | RouteAnswer | Refusal;

/**
 * Mounts a route of the contract: finds the town, asks for the token the route needs, reads parameters, query and body by its schemas,
 * and turns a refusal into a problem. `readsBody: false` where the handler reads the body itself.
 */
export function mountRoute<N extends RouteName>(
  server: FastifyInstance,
  app: AppContext,
  name: N,
  handler: RouteHandler<N>,
  options: { readonly readsBody?: boolean; readonly bodyLimit?: number } = {},
): void {
  const route = routeOf(name);
  server.route({
    method: route.method,
    url: route.path,
    ...(options.bodyLimit ? { bodyLimit: options.bodyLimit } : {}),
    handler: async (request, reply) => {
      const language = languageOf(request.headers['accept-language']);
      const turn = readTurn(app, name, request, reply, language, options.readsBody !== false);
      const outcome = isRefusal(turn) ? turn : ((await beyondKey(name, turn)) ?? (await handler(turn)));
      if (outcome === 'sent') return reply;
      if (isRefusal(outcome)) {
        const { status, headers, body } = problemOfRefusal(outcome, language);
        return reply.code(status).headers(headers).send(JSON.stringify(body));
      }
      return reply
        .code(outcome.status)
        .headers(outcome.headers ?? {})
        .send(outcome.body);
    },
  });
}

function readTurn<N extends RouteName>(
  app: AppContext,
  name: N,
  request: FastifyRequest,
  reply: FastifyReply,
  language: Language,
  readsBody: boolean,
): Turn<N> | Refusal {
  const route = routeOf(name);
  const actor = actorOf(app, request);
  if (isRefusal(actor)) return actor;
  if (route.auth === 'staff' && !actor) return refuse('no-token', 'This is for staff.');
  const query = route.query ? readInput(route.query, request.query, language) : undefined;
  if (isRefusal(query)) return query;
  const params = route.params ? readInput(route.params, request.params, language) : undefined;
  if (isRefusal(params)) return params;
  const body = route.body && readsBody ? readInput(route.body, request.body, language) : undefined;
  if (isRefusal(body)) return body;
  const town = townFor(app, districtOf(request));
  return {
    app,
    town,
    now: app.now(),
    language,
    actor,
    params,
    query,
    body,
    request,
    reply,
  } as unknown as Turn<N>;
}

/** What a key is not for. A route that reads its body itself has none to be looked at. */
async function beyondKey<N extends RouteName>(name: N, turn: Turn<N>): Promise<Refusal | undefined> {
  const { service } = turn.request;
  return service && (await outOfScope(turn.town, service, name, turn));
}

export function districtOf(request: FastifyRequest): string | undefined {
  const { district } = request.query as { district?: unknown };
  return typeof district === 'string' && district !== '' ? district : undefined;
}

/** Who sent the call: nobody named, or somebody who sits on a post of this district now. */
export function actorOf(app: AppContext, request: FastifyRequest): Actor | undefined | Refusal {
  const header = request.headers.authorization;
  if (header === undefined) return signedInOf(app, request);
  const [, token] = /^Bearer +(\S+)$/i.exec(header) ?? [];
  if (token && isServiceKey(token)) return actorOfService(townFor(app, districtOf(request)), request.service);
  const town = townFor(app, districtOf(request));
  const { posts, staff, district } = town;
  if (!app.postTokens && !isMadeUp({ town }))
    return refuse('bad-token', 'Tokens of a post open no real town: use a key, or sign in.');
  const here = { district, isAlone: app.installation.towns.size === 1 };
  const actor = token ? readToken(app.installation.secret, token, here) : undefined;
  if (!actor)
    return refuse('bad-token', 'This installation did not make that token, or not for this district.');
  const now = app.now();
  if (!posts.has(actor.post)) return refuse('bad-token', `There is no post "${actor.post}" any more.`);
  const sits = staff.some(
    ({ person, post, validFrom = Number.NEGATIVE_INFINITY, validTo = Number.POSITIVE_INFINITY }) =>
      person === actor.person && post === actor.post && validFrom <= now && now < validTo,
  );
  if (sits || actor.person === undefined) return actor;
  return refuse('bad-token', `${actor.person} does not sit on "${actor.post}" now.`);
}

/**
 * Who the cookie of a sign-in speaks for. One that ended speaks for nobody. Refuses `cross-site` where something would be changed and the call does not come from a page of ours.
 */
function signedInOf(app: AppContext, request: FastifyRequest): Actor | undefined | Refusal {
  const sent = readCookies(request).get(COOKIES.staff);
  if (sent === undefined && !request.sitting) return undefined;
  const town = townFor(app, districtOf(request));
  const cookie = app.postTokens || isMadeUp({ town }) ? sent : undefined;
  const now = app.now();
  const actor =
    actorOfSitting(town, request.sitting, now) ??
    staffOf(town, cookie, now, app.installation.towns.size === 1)?.actor;
  if (!actor || isFromUs(request)) return actor;
  return refuse('cross-site', 'A cookie alone does not speak for somebody on a page that is not ours.');
}

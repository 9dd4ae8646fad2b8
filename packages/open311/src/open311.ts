import { isRefusal } from '@gezhi/basis';
import { answerOf, errorAnswer, type Reply } from './answer.ts';
import { type Arguments, argumentsOf, list, one } from './arguments.ts';
import type { Answer, Call, Format } from './call.ts';
import { writeDiscoveryHtml } from './discovery-html.ts';
import type { Caller, Open311Port, RequestUpdate, Service } from './port.ts';
import { type Failure, fail, isFailure, type Problem, problemOfRefusal } from './problem.ts';
import { readNewRequest } from './read-new-request.ts';
import { readNewUpdate } from './read-new-update.ts';
import { isExtended, readIds, readRequestQuery, readUpdateQuery } from './read-query.ts';
import { type RequestPages, requestPages } from './request-pages.ts';
import { type Act, parseRoute, type Route } from './route.ts';
import { wireDefinition, wireDiscovery, wireService, wireSubmitted, wireUpdate } from './wire.ts';

export type Open311Options = {
  /** Told of every fault that became a 500. Without it, faults are thrown to the caller of `handle`. */
  readonly onFault?: (fault: unknown, call: Call) => void;
  /** Where written requests are kept; one of its own where left out. */
  readonly pages?: RequestPages;
};

/**
 * Open311 GeoReport v2 over a port: takes a call, answers what to send. Holds no state but a bounded memory of written requests,
 * and reads no clock. Never throws where `onFault` is given.
 *
 * Source: GeoReport v2 (wiki.open311.org), its service discovery, and mySociety's extensions to it.
 */
export function open311(port: Open311Port, options: Open311Options = {}): (call: Call) => Promise<Answer> {
  const pages = options.pages ?? requestPages();
  return async (call) => {
    const route = parseRoute(call);
    if ('status' in route) return route;
    try {
      const outcome = await act(port, pages, call, route);
      return isFailure(outcome)
        ? errorAnswer(route.format, outcome.problems)
        : answerOf(outcome, route.format, call.ifNoneMatch);
    } catch (fault) {
      if (!options.onFault) throw fault;
      options.onFault(fault, call);
      return errorAnswer(route.format, [
        { code: 500, description: 'The server failed. Please try again later.' },
      ]);
    }
  };
}

type Outcome = Reply | Failure;

type Turn = {
  readonly port: Open311Port;
  readonly pages: RequestPages;
  readonly call: Call;
  readonly args: Arguments;
  readonly format: Format;
  readonly jurisdiction: string;
};

async function act(port: Open311Port, pages: RequestPages, call: Call, route: Route): Promise<Outcome> {
  if (route.name === 'discovery') {
    const discovery = await port.discovery();
    if (route.html) return { html: writeDiscoveryHtml(discovery) };
    return { root: 'discovery', value: wireDiscovery(discovery) };
  }
  const args = argumentsOf(...(call.form ? [call.form] : []), call.query);
  const caller = await callerOf(port, args, route);
  if (caller && isFailure(caller)) return caller;
  const jurisdiction = await jurisdictionOf(port, args);
  if (typeof jurisdiction !== 'string') return jurisdiction;
  return actIn({ port, pages, call, args, format: route.format, jurisdiction }, route, caller);
}

async function actIn(turn: Turn, route: Act, caller: Caller | undefined): Promise<Outcome> {
  switch (route.name) {
    case 'services':
      return listServices(turn);
    case 'service':
      return define(turn, route.id);
    case 'find':
      return find(turn);
    case 'request':
      return show(turn, route.id);
    case 'token':
      return resolveToken(turn, route.id);
    case 'submit':
      return caller ? submit(turn, caller) : KEY_MISSING;
    case 'updates':
      return updates(turn, caller);
    case 'postUpdate':
      return caller ? postUpdate(turn, caller) : KEY_MISSING;
  }
}

const KEY_MISSING = fail(403, 'api_key is missing.');

/** Whoever the key belongs to. What changes something needs a key; what only reads may bring one, and then a right one. */
async function callerOf(
  port: Open311Port,
  args: Arguments,
  route: Act,
): Promise<Caller | undefined | Failure> {
  const writes = route.name === 'submit' || route.name === 'postUpdate';
  if (!writes && route.name !== 'updates') return undefined;
  const problems: Problem[] = [];
  const key = one(args, 'api_key', problems);
  if (key === undefined) return writes ? KEY_MISSING : undefined;
  const caller = problems.length > 0 ? undefined : await port.keyOf(key);
  return caller ?? fail(403, 'api_key is wrong.');
}

async function jurisdictionOf(port: Open311Port, args: Arguments): Promise<string | Failure> {
  const known = await port.jurisdictions();
  const [asked, ...others] = list(args, 'jurisdiction_id');
  if (others.length > 0) return fail(400, 'jurisdiction_id is given more than once.');
  if (asked !== undefined) {
    return known.some(({ id }) => id === asked) ? asked : fail(404, 'jurisdiction_id was not found.');
  }
  const [only, second] = known;
  if (only && !second) return only.id;
  return fail(400, 'jurisdiction_id is required: several jurisdictions are served here.');
}

async function listServices(turn: Turn): Promise<Outcome> {
  const services = await turn.port.services(turn.jurisdiction);
  return {
    root: 'services',
    value: services.map(wireService),
    keptWith: Object.isFrozen(services) ? services : undefined,
  };
}

async function define(turn: Turn, code: string): Promise<Outcome> {
  const service = await findService(turn, code);
  if (!service) return fail(404, 'service_code was not found.');
  return { root: 'service_definition', value: wireDefinition(service) };
}

async function findService(turn: Turn, code: string): Promise<Service | undefined> {
  const services = await turn.port.services(turn.jurisdiction);
  return services.find((service) => service.code === code);
}

async function find(turn: Turn): Promise<Outcome> {
  const { port, args, jurisdiction } = turn;
  const ids = readIds(args);
  if (ids !== undefined && 'problems' in ids) return ids;
  if (ids !== undefined) {
    const extended = isExtended(args);
    const found = new Map((await port.get(jurisdiction, ids, { extended })).map((each) => [each.id, each]));
    const inOrder = ids.map((id) => found.get(id)).filter((each) => each !== undefined);
    return { page: turn.pages.write(inOrder, { format: turn.format, extended, space: jurisdiction }) };
  }
  const query = readRequestQuery(args, turn.call.now);
  if (isFailure(query)) return query;
  const requests = (await port.find(jurisdiction, query)).slice(0, query.limit);
  const as = { format: turn.format, extended: query.extended, space: jurisdiction };
  return { page: turn.pages.write(requests, as) };
}

async function show(turn: Turn, id: string): Promise<Outcome> {
  const extended = isExtended(turn.args);
  const found = await turn.port.get(turn.jurisdiction, [id], { extended });
  const request = found.find((each) => each.id === id && each.public);
  if (!request) return fail(404, 'service_request_id was not found.');
  const as = { format: turn.format, extended, space: turn.jurisdiction };
  return { page: turn.pages.write([request], as) };
}

async function resolveToken(turn: Turn, token: string): Promise<Outcome> {
  const found = await turn.port.byToken(turn.jurisdiction, token);
  if (!found) return fail(404, 'token was not found.');
  return { root: 'service_requests', value: [{ service_request_id: found.serviceRequestId, token }] };
}

async function submit(turn: Turn, caller: Caller): Promise<Outcome> {
  const services = await turn.port.services(turn.jurisdiction);
  const input = readNewRequest(turn.args, turn.call.files ?? [], services);
  if (isFailure(input)) return input;
  const submitted = await turn.port.submit(turn.jurisdiction, input, caller);
  if (isRefusal(submitted)) return { problems: [problemOfRefusal(submitted)] };
  return { root: 'service_requests', value: [wireSubmitted(submitted)] };
}

async function updates(turn: Turn, caller: Caller | undefined): Promise<Outcome> {
  const query = readUpdateQuery(turn.args, turn.call.now);
  if (isFailure(query)) return query;
  const found = await turn.port.updates(turn.jurisdiction, query, caller);
  const ordered = [...found].sort(byTime).slice(0, query.limit);
  return { root: 'service_request_updates', value: ordered.map(wireUpdate) };
}

function byTime(a: RequestUpdate, b: RequestUpdate): number {
  if (a.updatedAt !== b.updatedAt) return a.updatedAt - b.updatedAt;
  if (a.updateId === b.updateId) return 0;
  return a.updateId < b.updateId ? -1 : 1;
}

async function postUpdate(turn: Turn, caller: Caller): Promise<Outcome> {
  const update = readNewUpdate(turn.args, turn.call.files ?? []);
  if (isFailure(update)) return update;
  const taken = await turn.port.postUpdate(turn.jurisdiction, update, caller);
  if (isRefusal(taken)) return { problems: [problemOfRefusal(taken)] };
  return {
    root: 'service_request_updates',
    value: [{ update_id: taken.updateId, account_id: taken.accountId }],
  };
}

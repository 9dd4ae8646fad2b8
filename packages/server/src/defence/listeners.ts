import { ROUTE_NAMES, routeOf } from '@gezhi/contract';

/** What a service may be started for: everything of one of them, on a network of its own. */
export const LISTENERS = ['portal', 'console', 'field', 'api'] as const;
export type Listener = (typeof LISTENERS)[number];

/**
 * Which listeners serve a route. What residents and everybody may reach is listed; whatever is not listed is for staff, so that a route
 * that somebody adds is not in public by forgetting.
 *
 * @param url as it is mounted: `:name` for parameters
 */
export function listenersOf(method: string, url: string): readonly Listener[] {
  if (EVERYWHERE.test(url)) return LISTENERS;
  if (SET_UP.test(url)) return ['console'];
  if (SIGN_IN.test(url)) return url.startsWith('/api/') ? ['console', 'field', 'api'] : ['console', 'field'];
  const served: Listener[] = [];
  if (isPublic(method, url)) served.push('portal');
  if (FIELD.test(url)) served.push('field');
  if (MACHINES.test(url)) served.push('api');
  if (!ONLY_PUBLIC.test(url) && !url.startsWith('/field')) served.push('console');
  return served;
}

/** Whether a service that was started for these serves the route. */
export function isServed(only: readonly Listener[] | undefined, method: string, url: string): boolean {
  return only === undefined || listenersOf(method, url).some((one) => only.includes(one));
}

/** Probes, style sheet and seal, and the page that says that there is nothing. */
const EVERYWHERE = /^\/(?:healthz|readyz|assets\/.*|\*)$/;

/** Where staff prove who they are. */
const SIGN_IN = /^\/(?:staff(?:\/|$)|api\/(?:session|me|auth|accounts?)(?:\/|$))/;

/** The one-time link of the first start, and what administrators do. */
const SET_UP = /^\/(?:setup|admin)(?:\/|$)/;

const PUBLIC_PAGE =
  /^\/(?:$|tiles\/|report(?:\/|$)|my(?:\/|$)|t\/:|editions(?:\/:id)?$|knowledge$|knowledge\/:id$|topics$|algorithms$|powers$|privacy$|scenes\/|portal(?:\/|$)|ledger\/|open311\/)/;
const PUBLIC_READ = /^\/rulings$/;

/** Residents' own pages, which staff have no use for. */
const ONLY_PUBLIC = /^\/(?:my|portal|open311)(?:\/|$)/;

const FIELD =
  /^\/(?:field(?:\/|$)|tiles\/|t\/:|api\/(?:signals|cases|media|kinds|scenes|town|places|responsible|field|rounds|stream|knowledge)(?:\/|$))/;

const MACHINES = /^\/(?:api|open311|ledger|metrics|scenes)(?:\/|$)/;

function isPublic(method: string, url: string): boolean {
  if (url.startsWith('/api/')) return OPEN.has(`${method === 'HEAD' ? 'GET' : method} ${url}`);
  return PUBLIC_PAGE.test(url) || (method !== 'POST' && PUBLIC_READ.test(url));
}

/** What the contract opens to everybody, or to who holds the code of a request. */
const OPEN: ReadonlySet<string> = new Set(
  ROUTE_NAMES.map(routeOf)
    .filter(({ auth }) => auth !== 'staff')
    .map(({ method, path }) => `${method} ${path}`),
);

import type { ServiceAccount } from '@gezhi/accounts';
import { type CaseId, isRefusal, type Refusal, refuse } from '@gezhi/basis';
import { ROUTE_NAMES, type RouteName, routeOf } from '@gezhi/contract';
import { processOf, type Town } from '@gezhi/town';
import { loadCase } from '../views/load-case.ts';

/** Routes about one case, which is asked for its kind and place. */
const ABOUT_A_CASE: readonly RouteName[] = ROUTE_NAMES.filter((name) =>
  routeOf(name).path.startsWith('/api/cases/:id'),
);
/** A list that is narrow where its query is. */
const LISTS: readonly RouteName[] = ['listCases'];

/** Routes that a key may be for: those of staff. What is open needs no key. */
export const SERVICE_ROUTES: readonly RouteName[] = ROUTE_NAMES.filter(
  (name) => routeOf(name).auth !== 'open' || name === 'sendSignals',
);

/** What a scope asks that cannot be kept: routes that are none, or that cannot be narrowed by kind or place. */
export function scopeProblems(scope: Pick<ServiceAccount, 'routes' | 'kinds' | 'places'>): readonly string[] {
  const isNarrow = scope.kinds.length > 0 || scope.places.length > 0;
  return scope.routes.flatMap((route) => {
    const known = SERVICE_ROUTES.find((name) => name === route);
    if (!known) return [`There is no route "${route}" that a key may be for.`];
    if (!isNarrow || ABOUT_A_CASE.includes(known) || LISTS.includes(known)) return [];
    return [`"${route}" cannot be narrowed by kind or place: leave it out, or make a key without these.`];
  });
}

type Asked = {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
};

/**
 * Why a call is outside what its key is for: another route, a power that it was not given, a kind or place that is not its own. What its post may not do is
 * refused by the power list besides. Refuses `out-of-scope`.
 */
export async function outOfScope(
  town: Town,
  service: ServiceAccount,
  name: RouteName,
  asked: Asked,
): Promise<Refusal | undefined> {
  if (!service.routes.includes(name)) return beyond(`the route ${name}`);
  const isNarrow = service.kinds.length > 0 || service.places.length > 0;
  if (ABOUT_A_CASE.includes(name)) return await caseBeyond(town, service, name, asked);
  if (!isNarrow) return undefined;
  if (!LISTS.includes(name)) return beyond(`the route ${name}, for some kinds or places only`);
  const { kind, place } = asked.query as { readonly kind?: string; readonly place?: string };
  if (service.kinds.length > 0 && !isKindIn(service.kinds, kind ?? ''))
    return beyond('other kinds: name one with kind=');
  if (service.places.length > 0 && !service.places.includes(place ?? ''))
    return beyond('other places: name one with place=');
  return undefined;
}

async function caseBeyond(
  town: Town,
  service: ServiceAccount,
  name: RouteName,
  { params, body }: Asked,
): Promise<Refusal | undefined> {
  const { id } = params as { readonly id: CaseId };
  const loaded = await loadCase(town, id);
  if (isRefusal(loaded)) return loaded;
  const { now: c } = loaded;
  const places = Object.values(c.place.layers).flat();
  if (service.kinds.length > 0 && !isKindIn(service.kinds, c.kind)) return noSuchCase(id);
  if (service.places.length > 0 && !service.places.some((place) => places.includes(place)))
    return noSuchCase(id);
  if (name !== 'sendCommand') return undefined;
  const { action } = body as { readonly action: string };
  const power = processOf(town, c).actions[action]?.power;
  return power === undefined || service.powers.includes(power) ? undefined : beyond(`the power "${power}"`);
}

function isKindIn(kinds: readonly string[], kind: string): boolean {
  return kinds.some((own) => own === kind || (own.endsWith('.') && `${kind}.`.startsWith(own)));
}

function beyond(what: string): Refusal {
  return refuse('out-of-scope', `This key is not for ${what}.`);
}

/** A key is not told of cases beyond it. */
function noSuchCase(id: string): Refusal {
  return refuse('no-such-case', `There is no case ${id} here.`);
}

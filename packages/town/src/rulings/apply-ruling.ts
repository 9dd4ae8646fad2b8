import type { Case, Reason, Route } from '@gezhi/cases';
import { isCommunity, isStreetLevel } from '@gezhi/duty';
import type { RulingRow } from '@gezhi/storage';
import { unitsAbove } from '../may.ts';
import type { Town } from '../town.ts';
import { rulingName } from './ruling-book.ts';

/**
 * The route of a case after the live rulings: the newest for its kind and street, where the catalogue says otherwise, and its number in
 * the reasons. A committee of residents or villagers is never named by a ruling (Beijing ordinance 2021, Art. 17), nor a unit that is
 * gone; a kind that nobody knows is no line of any catalogue. @param listed the units that the catalogue names by their own lists
 */
export function applyRuling(town: Town, c: Case, route: Route, listed: readonly string[]): Route {
  const ruling = rulingFor(town, c);
  if (!ruling || (!route.unclear && route.lead.unit === ruling.toUnit)) return route;
  const unit = town.units.get(ruling.toUnit);
  const name = rulingName(ruling.number);
  if (!unit || (isCommunity(unit.kind) && !listed.includes(unit.code))) {
    const passedOver: Reason = { code: 'ruling-passed-over', ruling: name, unit: ruling.toUnit };
    return { ...route, because: [...route.because, passedOver], reads: [...route.reads, 'ruling'] };
  }
  const { state, applied, toPost, basis } = ruling;
  const district = isStreetLevel(unit.kind)
    ? unitsAbove(town, unit.code).find((above) => town.units.get(above)?.level === 'district')
    : undefined;
  return {
    lead: { unit: unit.code, ...(toPost && town.posts.has(toPost) ? { post: toPost } : {}) },
    coUnits: route.unclear ? [] : route.coUnits.filter((co) => co !== unit.code),
    ...(district ? { cc: [district] } : {}),
    basis,
    because: [...route.because, { code: 'ruling-applied', ruling: name, unit: unit.code, applied, state }],
    reads: [...route.reads, 'ruling'],
    catalogue: route.unclear ? name : `${route.catalogue}+${name}`,
  };
}

/** The newest live ruling of the same kind and street. */
export function rulingFor(town: Town, c: Pick<Case, 'kind' | 'place'>): RulingRow | undefined {
  if (c.kind === 'unknown') return undefined;
  return town.rulings
    .live()
    .find(({ kind, layer, place }) => kind === c.kind && c.place.layers[layer]?.includes(place) === true);
}

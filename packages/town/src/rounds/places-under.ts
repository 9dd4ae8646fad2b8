import { ancestors } from '@gezhi/place';
import type { Town } from '../town.ts';
import type { RoundPlan, RoundTarget } from './round-plan.ts';

/** Every place of a level under a place (or that place), and every asset of a kind there, as stops. */
export function placesUnder(town: Town, every: RoundPlan['every']): readonly RoundTarget[] {
  if (!every) return [];
  const { places } = town;
  const isUnder = (layer: string, code: string): boolean =>
    code === every.under || ancestors(places, layer, code).some((above) => above.code === every.under);
  const found = every.level
    ? places.places.filter(({ level, layer, code }) => level === every.level && isUnder(layer, code))
    : [];
  const layerOf = new Map(places.places.map(({ code, layer }) => [code, layer]));
  const assets = every.assets
    ? [...town.assets.values()].filter(
        ({ kind, place }) =>
          kind === every.assets && place !== undefined && isUnder(layerOf.get(place) ?? '', place),
      )
    : [];
  return [...found.map(({ code }) => ({ place: code })), ...assets.map(({ code }) => ({ asset: code }))];
}

import { ancestors, type PlaceIndex } from '@gezhi/place';
import type { Town } from '@gezhi/town';

/** Street, town and township stand on one level. */
const LEVELS: ReadonlySet<string> = new Set(['street', 'town', 'township']);

/** For the code of each place that lies in a street, town or township, or is one: the code of that. */
export function streetsOf(town: Pick<Town, 'places'>): ReadonlyMap<string, string> {
  const { places } = town;
  const levels = new Map(places.places.map((place) => [`${place.layer}:${place.code}`, place.level ?? '']));
  const isStreet = (layer: string, code: string): boolean => LEVELS.has(levels.get(`${layer}:${code}`) ?? '');
  const streets = new Map<string, string>();
  for (const { layer, code } of places.places) {
    const street = isStreet(layer, code) ? code : streetAbove(places, layer, code, isStreet);
    if (street !== undefined && !streets.has(code)) streets.set(code, street);
  }
  return streets;
}

function streetAbove(
  places: PlaceIndex,
  layer: string,
  code: string,
  isStreet: (layer: string, code: string) => boolean,
): string | undefined {
  return ancestors(places, layer, code).find((above) => isStreet(above.layer, above.code))?.code;
}

import type { Settlement, Subject } from '@gezhi/measures';
import { ancestors, type PlaceIndex } from '@gezhi/place';
import type { Town } from '../town.ts';

/** Street, town and township stand on one level; by it we tell urban from rural (民政部门设街道于城市，乡镇于农村). */
const SETTLEMENTS: Readonly<Record<string, Settlement>> = {
  street: 'urban',
  town: 'rural',
  township: 'rural',
};

/** For the code of each place that lies in a street, town or township, or is one: the code of that. */
export function streetsOf(town: Pick<Town, 'places'>): ReadonlyMap<string, string> {
  const { places } = town;
  const levels = new Map(places.places.map((place) => [`${place.layer}:${place.code}`, place.level ?? '']));
  const isStreet = (layer: string, code: string): boolean =>
    Object.hasOwn(SETTLEMENTS, levels.get(`${layer}:${code}`) ?? '');
  const streets = new Map<string, string>();
  for (const { layer, code } of places.places) {
    const street = isStreet(layer, code) ? code : streetAbove(places, layer, code, isStreet);
    if (street !== undefined && !streets.has(code)) streets.set(code, street);
  }
  return streets;
}

/** Every street, town and township as one who is measured, with whether it is urban or rural. */
export function streetSubjects(town: Pick<Town, 'places'>): Subject[] {
  return town.places.places.flatMap(({ code, level = '' }) =>
    Object.hasOwn(SETTLEMENTS, level) ? [{ code, settlement: SETTLEMENTS[level]! }] : [],
  );
}

function streetAbove(
  places: PlaceIndex,
  layer: string,
  code: string,
  isStreet: (layer: string, code: string) => boolean,
): string | undefined {
  return ancestors(places, layer, code).find((above) => isStreet(above.layer, above.code))?.code;
}

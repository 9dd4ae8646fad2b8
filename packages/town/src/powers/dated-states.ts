import { descendants, type PlaceIndex, type PlaceRef } from '@gezhi/place';
import type { EmergencyRow } from '@gezhi/storage';
import type { Town } from '../town.ts';

type Of = Pick<Town, 'places' | 'emergencies'>;

/** The emergencies in force at a place. Microseconds; nothing is reckoned where there are none. */
export function emergenciesAt(town: Of, place: string): readonly EmergencyRow[] {
  return town.emergencies
    .inForce()
    .filter(({ layer, area }) => codesIn(town.places, { layer, code: area }).has(place));
}

/** The dated states that hold at a place now, as `during` of a power list names them. */
export function statesAt(town: Of, place: string): readonly string[] {
  return emergenciesAt(town, place).length > 0 ? ['emergency'] : [];
}

/** All places where a dated state holds now: the same as `statesAt`, the other way round. */
export function placesDuring(town: Of, state: string): readonly string[] {
  if (state !== 'emergency') return [];
  const areas = town.emergencies
    .inForce()
    .map(({ layer, area }) => codesIn(town.places, { layer, code: area }));
  return [...new Set(areas.flatMap((codes) => [...codes]))];
}

const CODES = new WeakMap<PlaceIndex, Map<string, ReadonlySet<string>>>();

/** The code of a place and those of all places in it. */
function codesIn(places: PlaceIndex, { layer, code }: PlaceRef): ReadonlySet<string> {
  const known = CODES.get(places) ?? new Map<string, ReadonlySet<string>>();
  CODES.set(places, known);
  const key = `${layer}\n${code}`;
  const codes = known.get(key) ?? new Set([code, ...descendants(places, layer, code).map((one) => one.code)]);
  known.set(key, codes);
  return codes;
}

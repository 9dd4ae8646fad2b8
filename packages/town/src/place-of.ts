import { ancestors } from '@gezhi/place';
import type { Town } from './town.ts';

const UNKNOWN = '地点未定';

/** A place by its code, with the name that people give it. */
export function placeNamed(town: Town, code: string): { readonly code: string; readonly name: string } {
  if (code === 'unknown') return { code, name: UNKNOWN };
  return { code, name: placeOf(town, code)?.name ?? code };
}

/** The codes of a place and of all that hold it, across layers that lie above one another. */
export function withAbove(town: Town, code: string): readonly string[] {
  const place = placeOf(town, code);
  return [code, ...(place ? ancestors(town.places, place.layer, code).map((above) => above.code) : [])];
}

type Known = { readonly layer: string; readonly level: string; readonly name: string };

const known = new WeakMap<Town, Map<string, Known>>();

/** The place of a code, whatever its layer; of two layers with the same code, the one the town lists first. */
export function placeOf(town: Town, code: string): Known | undefined {
  let places = known.get(town);
  if (!places) {
    places = new Map();
    const order = new Map(town.profile.layers.map((layer, i) => [layer.code, i]));
    const sorted = [...town.places.places].sort(
      (a, b) => (order.get(a.layer) ?? 99) - (order.get(b.layer) ?? 99),
    );
    for (const { layer, level = layer, code: key, name } of sorted) {
      if (!places.has(key)) places.set(key, { layer, level, name });
    }
    known.set(town, places);
  }
  return places.get(code);
}

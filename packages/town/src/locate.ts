import type { CasePlace } from '@gezhi/cases';
import { ancestors, findPlace, findPlacesByName, placesAt, segmentsNear } from '@gezhi/place';
import type { Incoming } from './incoming.ts';
import type { Town } from './town.ts';

export const UNKNOWN_PLACE: CasePlace = { code: 'unknown', layers: {} };

/**
 * Where a signal is, from what it brings: the asset it names, its point, the codes that its source states, the names of places in
 * its place text and then in its words, taken only where exactly one place is meant. Nothing found is `unknown`, and a person decides.
 */
export function locate(town: Town, signal: Incoming): CasePlace {
  const point = signal.point ?? (signal.asset ? town.assets.get(signal.asset)?.point : undefined);
  if (point) return placeAt(town, point);
  if (signal.statedPlaces) return statedPlace(town, signal.statedPlaces);
  for (const text of [signal.placeText, signal.words]) {
    const place = text ? namedPlace(town, text) : undefined;
    if (place) return place;
  }
  return UNKNOWN_PLACE;
}

function placeAt(town: Town, point: { lon: number; lat: number }): CasePlace {
  const found: Record<string, readonly string[]> = { ...placesAt(town.places, point) };
  for (const { line, segment } of segmentsNear(town.lines, point)) {
    found[line] = [...(found[line] ?? []), segment];
  }
  const rounded = [Math.round(point.lon * 1e6) / 1e6, Math.round(point.lat * 1e6) / 1e6] as const;
  return { code: finest(town, found), layers: found, point: rounded };
}

/**
 * The code by which the place is counted: of the first layer the town lists that lies within another (its service grids), else of
 * the first layer that has one.
 */
function finest(town: Town, layers: Readonly<Record<string, readonly string[]>>): string {
  const { layers: listed } = town.profile;
  const inner = listed.filter((layer) => layer.tiling && layer.within !== undefined);
  for (const { code } of [...inner.slice(0, 1), ...listed]) {
    const found = layers[code]?.at(-1);
    if (found) return found;
  }
  return 'unknown';
}

/** Codes as stated; where one is a place we know, all that it lies in. */
function statedPlace(town: Town, stated: Readonly<Record<string, string>>): CasePlace {
  const layers: Record<string, readonly string[]> = {};
  for (const [layer, code] of Object.entries(stated)) {
    if (findPlace(town.places, layer, code)) Object.assign(layers, placesOf(town, layer, code));
    else layers[layer] ??= [code];
  }
  const code = finest(town, layers);
  return { code: code === 'unknown' ? (Object.values(stated)[0] ?? code) : code, layers };
}

function namedPlace(town: Town, text: string): CasePlace | undefined {
  const candidates = findPlacesByName(town.places, text);
  const [best, second] = candidates;
  if (!best || second?.rank === best.rank) return undefined;
  if (best.point) return placeAt(town, best.point);
  const layers = placesOf(town, best.layer, best.code);
  return { code: best.code, layers };
}

function placesOf(town: Town, layer: string, code: string): Readonly<Record<string, readonly string[]>> {
  const layers: Record<string, string[]> = {};
  for (const place of [...ancestors(town.places, layer, code)].reverse().concat({ layer, code })) {
    layers[place.layer] = [...(layers[place.layer] ?? []), place.code];
  }
  return layers;
}

import type { CasePlace } from '@gezhi/cases';
import { ancestors, findPlace, type LineSegment, type Point, placesAt, segmentsNear } from '@gezhi/place';
import { type Gazetteer, type LearnedName, learnNames, readWhere } from '@gezhi/text';
import { gazetteerOf, gazetteerOfLines, placeId } from './gazetteer-of.ts';
import type { Incoming } from './incoming.ts';
import { learnedNamesOf } from './learned-names.ts';
import type { Town } from './town.ts';

export const UNKNOWN_PLACE: CasePlace = { code: 'unknown', layers: {} };

/**
 * Where a signal is, from what it brings: the asset it names, its point, the codes that its source states, the names of places in
 * its place text and then in its words, taken only where exactly one place is meant. Nothing found is `unknown`, and a person decides.
 */
export function locate(town: Town, signal: Partial<Incoming>): CasePlace {
  const point = signal.point ?? (signal.asset ? town.assets.get(signal.asset)?.point : undefined);
  if (point)
    return {
      ...placeAt(town, point),
      ...(signal.point && signal.pointFrom ? { pointFrom: signal.pointFrom } : {}),
    };
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
  const { resolved } = readWhere(namesOf(town).gazetteer, text);
  if (resolved !== undefined) return placeOfCandidate(town, resolved);
  const [segment, other] = segmentsIn(town, text);
  return segment && !other ? placeOfSegment(segment) : undefined;
}

type Meaning = { readonly layer: string; readonly code: string; readonly point?: Point };
type Names = {
  readonly gazetteer: Gazetteer;
  readonly meanings: ReadonlyMap<string, Meaning>;
  readonly learned: readonly LearnedName[];
};

/** A place that a text may mean, by layer and code, with the words that named it and the places around it, the nearest first. */
export type PlaceCandidate = {
  readonly id: string;
  readonly name: string;
  readonly said: string;
  readonly above: string[];
};

/** Which places a text may mean, the likeliest first, and whether a person should say. */
export function candidatesIn(
  town: Town,
  text: string,
): { readonly candidates: readonly PlaceCandidate[]; readonly ask: boolean } {
  const { gazetteer, meanings } = namesOf(town);
  const { candidates, ask } = readWhere(gazetteer, text);
  const named = candidates.flatMap(({ place: id, because }): PlaceCandidate[] => {
    const meant = meanings.get(id);
    const said = because.find((reason) => reason.code === 'named');
    if (!meant) return [];
    const place = findPlace(town.places, meant.layer, meant.code);
    const asset = meant.layer === 'asset' ? town.assets.get(id.slice('asset/'.length)) : undefined;
    const above = place ? ancestors(town.places, meant.layer, meant.code) : [];
    return [
      {
        id,
        name: place?.name ?? asset?.name ?? meant.code,
        said: said?.code === 'named' ? said.text : '',
        above: above.map(({ layer, code }) => findPlace(town.places, layer, code)?.name ?? code),
      },
    ];
  });
  const segments = segmentsIn(town, text).map((segment): PlaceCandidate => {
    const { line, lineName, segmentName } = segment;
    return { id: `line/${line}/${segment.segment}`, name: segmentName, said: lineName, above: [lineName] };
  });
  const isOpen = segments.length > 1 && named.length === 0;
  return { candidates: [...named, ...segments], ask: ask || isOpen };
}

/**
 * The segments of chief lines (river, road) that a text may mean: one that it names, or all of a line that it names. A line runs through many
 * grids, so that it is nobody's one place: its chiefs answer for it by segment.
 */
function segmentsIn(town: Town, text: string): readonly LineSegment[] {
  const { segments } = town.lines;
  if (segments.length === 0) return [];
  const ids = new Set(readWhere(linesOf(town), text).candidates.map(({ place }) => place));
  const named = segments.filter(({ line, segment }) => ids.has(`line/${line}/${segment}`));
  return named.length > 0 ? named : segments.filter(({ line }) => ids.has(`line/${line}`));
}

const LINES = new WeakMap<Town, Gazetteer>();

function linesOf(town: Town): Gazetteer {
  const known = LINES.get(town) ?? gazetteerOfLines(town.lines.segments);
  LINES.set(town, known);
  return known;
}

/** As a source states a segment: counted under its own code, the matter of whoever answers for it. */
function placeOfSegment({ line, segment }: LineSegment): CasePlace {
  return { code: segment, layers: { [line]: [segment] } };
}

/** What of a text might be the name of a place and is none that the town knows. */
export function unknownNamesIn(town: Town, text: string): readonly string[] {
  const { mentions } = readWhere(namesOf(town).gazetteer, text);
  return mentions.filter(({ places }) => places.length === 0).map((mention) => mention.text);
}

/** The place of a candidate that a person picked; `undefined` where the town has none of that id. */
export function placeOfCandidate(town: Town, id: string): CasePlace | undefined {
  const meant = namesOf(town).meanings.get(id);
  if (!meant) {
    const segment = town.lines.segments.find((one) => `line/${one.line}/${one.segment}` === id);
    return segment && placeOfSegment(segment);
  }
  if (meant.point) return placeAt(town, meant.point);
  return { code: meant.code, layers: placesOf(town, meant.layer, meant.code) };
}

const NAMES = new WeakMap<Town, Names>();

/** The names of a town and what each means, made at the first question; an import makes a new town. Chief lines are read apart. */
function namesOf(town: Town): Names {
  const known = NAMES.get(town);
  const learned = learnedNamesOf(town);
  if (known?.learned === learned) return known;
  const meanings = new Map<string, Meaning>();
  for (const place of town.places.places) {
    const { layer, code, point } = place;
    const id = placeId(layer, code);
    meanings.set(id, { layer, code, ...(point ? { point } : {}) });
    for (const { name, point: own } of place.names) {
      if (own) meanings.set(`${id}/${name}`, { layer, code, point: own });
    }
  }
  for (const { code, place, point } of town.assets.values()) {
    if (point) meanings.set(`asset/${code}`, { layer: 'asset', code: place ?? code, point });
  }
  const plain = gazetteerOf({ places: town.places, assets: town.assets.values(), lines: [] });
  const gazetteer = learned.length > 0 ? learnNames(plain, learned) : plain;
  const made = { gazetteer, meanings, learned };
  NAMES.set(town, made);
  return made;
}

function placesOf(town: Town, layer: string, code: string): Readonly<Record<string, readonly string[]>> {
  const layers: Record<string, string[]> = {};
  for (const place of [...ancestors(town.places, layer, code)].reverse().concat({ layer, code })) {
    layers[place.layer] = [...(layers[place.layer] ?? []), place.code];
  }
  return layers;
}

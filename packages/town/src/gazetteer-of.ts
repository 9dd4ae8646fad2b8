import { ancestors, type LineSegment, type PlaceIndex, validAt } from '@gezhi/place';
import { buildGazetteer, type Gazetteer, type GazetteerPlace, type LearnedName } from '@gezhi/text';
import type { Asset } from './town.ts';

/** What a town's names are made of. */
export type NamedThings = {
  readonly places: PlaceIndex;
  readonly assets: Iterable<Asset>;
  readonly lines: readonly LineSegment[];
};

/**
 * The names of a town, by which a text says where it is: places of every layer that are valid now with their landmarks and groups, assets whose
 * name no other has, chief lines; and what confirmed cases taught. Ids are `place/<layer>/<code>`, with `/<name>` behind for a landmark that
 * has its own point, `asset/<code>` and `line/<line>`.
 */
export function gazetteerOf(
  { places, assets, lines }: NamedThings,
  learned: readonly LearnedName[] = [],
): Gazetteer {
  const valid = places.places.filter((place) => validAt(place, places.at));
  const layers = new Map(valid.map(({ code, layer }) => [code, layer]));
  const named = valid.flatMap((place): GazetteerPlace[] => {
    const id = placeId(place.layer, place.code);
    const [above] = ancestors(places, place.layer, place.code);
    const own: GazetteerPlace = {
      id,
      sort: place.level ? 'division' : 'area',
      name: place.name,
      ...(above ? { parent: placeId(above.layer, above.code) } : {}),
      aliases: place.names.filter(({ point }) => !point).map(({ name }) => name),
    };
    const landmarks = place.names
      .filter(({ point }) => point)
      .map(({ name }): GazetteerPlace => ({ id: `${id}/${name}`, sort: 'landmark', name, parent: id }));
    return [own, ...landmarks];
  });
  const shared = Map.groupBy(assets, ({ name }) => name);
  const things = [...shared.values()].flatMap(([asset, other]): GazetteerPlace[] => {
    if (!asset || other) return [];
    const layer = asset.place === undefined ? undefined : layers.get(asset.place);
    const parent = layer === undefined ? {} : { parent: placeId(layer, asset.place!) };
    return [{ id: `asset/${asset.code}`, sort: 'asset', name: asset.name, ...parent }];
  });
  return buildGazetteer([...named, ...things, ...namedLines(lines)], learned);
}

/** The names of chief lines and of their segments; ids are `line/<line>` and `line/<line>/<segment>`. */
export function gazetteerOfLines(lines: readonly LineSegment[]): Gazetteer {
  const segments = lines.map(({ line, segment, segmentName }): GazetteerPlace => {
    return { id: `line/${line}/${segment}`, sort: 'road', name: segmentName, parent: `line/${line}` };
  });
  return buildGazetteer([...namedLines(lines), ...segments], []);
}

function namedLines(lines: readonly LineSegment[]): readonly GazetteerPlace[] {
  const byLine = new Map(
    lines.map(({ line, lineName }): [string, GazetteerPlace] => [
      line,
      { id: `line/${line}`, sort: 'road', name: lineName },
    ]),
  );
  return [...byLine.values()];
}

/** The id under which a place stands in a town's gazetteer. */
export function placeId(layer: string, code: string): string {
  return `place/${layer}/${code}`;
}

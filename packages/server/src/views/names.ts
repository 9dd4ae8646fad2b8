import { ancestors, findPlace } from '@gezhi/place';
import { placeNamed, placeOf, type Town } from '@gezhi/town';

export { placeNamed, placeOf };

export type Label = { readonly zh: string; readonly en: string };
export type Named = { readonly code: string; readonly name: string };

const KIND_UNKNOWN: Label = { zh: '类别未定', en: 'Kind not known yet' };

export function kindLabel(town: Town, code: string): Label {
  return town.kinds.get(code)?.name ?? (code === 'unknown' ? KIND_UNKNOWN : { zh: code, en: code });
}

export function unitNamed(town: Town, code: string): Named {
  return { code, name: town.units.get(code)?.name ?? code };
}

export function postNamed(town: Town, code: string): Named {
  return { code, name: town.posts.get(code)?.name ?? code };
}

export function layerLabel(town: Town, code: string): Label {
  return (
    (town.profile.layers.find((layer) => layer.code === code)?.name as Label | undefined) ?? {
      zh: code,
      en: code,
    }
  );
}

/** The code of the place of that level which holds this one, itself included; `undefined` where there is none. */
export function placeAtLevel(town: Town, code: string, level: string): string | undefined {
  const place = placeOf(town, code);
  if (!place) return undefined;
  if (place.level === level || place.layer === level) return code;
  const above = ancestors(town.places, place.layer, code).find((ref) => {
    const found = findPlace(town.places, ref.layer, ref.code);
    return found !== undefined && (found.level === level || found.layer === level);
  });
  return above?.code;
}

/** The name of a code in a reason of the duty room: `field` says what it is of. */
export function nameOf(town: Town): (field: string, code: string) => string {
  return (field, code) => {
    switch (field) {
      case 'unit':
        return unitNamed(town, code).name;
      case 'post':
        return postNamed(town, code).name;
      case 'place':
        return placeNamed(town, code).name;
      case 'kind':
        return kindLabel(town, code).zh;
      case 'layer':
        return layerLabel(town, code).zh;
      default:
        return code;
    }
  };
}

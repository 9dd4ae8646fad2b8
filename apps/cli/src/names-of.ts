import type { NameOf } from '@gezhi/duty';
import type { Town } from '@gezhi/town';
import type { Lang } from './io.ts';

/** Names of the codes that reasons and facts hold, as the town knows them now; a code that it does not know stands for itself. */
export function namesOf(town: Town, lang: Lang): NameOf {
  let places: Map<string, string> | undefined;
  return (field, code) => {
    switch (field) {
      case 'unit':
        return town.units.get(code)?.name ?? code;
      case 'post':
        return town.posts.get(code)?.name ?? code;
      case 'kind':
        return labelIn(lang, town.kinds.get(code)?.name) ?? (code === 'unknown' ? UNKNOWN.kind[lang] : code);
      case 'layer':
        return labelIn(lang, town.profile.layers.find((layer) => layer.code === code)?.name) ?? code;
      case 'place':
        places ??= new Map(town.places.places.map((place) => [place.code, place.name]));
        return places.get(code) ?? (code === 'unknown' ? UNKNOWN.place[lang] : code);
      default:
        return code;
    }
  };
}

const UNKNOWN = {
  kind: { zh: '类别未定', en: 'kind not known yet' },
  place: { zh: '地点未定', en: 'place not known yet' },
};

/** A label in a language; kinds that a town brought itself may have one name for all. */
export function labelIn(
  lang: Lang,
  label: string | { readonly zh: string; readonly en: string } | undefined,
): string | undefined {
  return typeof label === 'object' ? label[lang] : label;
}

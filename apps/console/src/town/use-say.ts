import { useCall, useLanguage, useWords } from '@gezhi/ui';
import { useMemo } from 'react';
import { useTown, useZone } from '../shared/use-town.ts';
import { minuteOf } from './days.ts';
import type { Say } from './fields.ts';
import { TOWN_WORDS } from './town-words.ts';

type Names = Readonly<Record<'unit' | 'layer' | 'post' | 'place' | 'matter', ReadonlyMap<string, string>>>;

/** What the town has, by code: what a field may be filled with, and how it is called. */
export function useNames(): Names {
  const { language } = useLanguage();
  const town = useTown();
  const kinds = useCall('listKinds', { query: {} }, { staleTime: 60_000 });
  const posts = useCall('listRecords', { query: { sort: 'post' } }, { staleTime: 600_000 });
  const places = useCall('listRecords', { query: { sort: 'place' } }, { staleTime: 600_000 });
  return useMemo(() => {
    const own = (records: readonly { readonly record: Readonly<Record<string, unknown>> }[] | undefined) =>
      new Map(records?.map(({ record: { code, name } }) => [String(code), String(name ?? code)]));
    return {
      unit: new Map(town.data?.units.map(({ code, name }) => [code, name])),
      layer: new Map(town.data?.layers.map(({ code, name }) => [code, name[language]])),
      matter: new Map(kinds.data?.kinds.map(({ code, name }) => [code, name[language]])),
      post: own(posts.data?.records),
      place: own(places.data?.records),
    };
  }, [town.data, kinds.data, posts.data, places.data, language]);
}

/** How a code is said: by its name, or the word of its closed list; how a moment is. */
export function useSay(): Say {
  const w = useWords(TOWN_WORDS);
  const zone = useZone();
  const { unit, layer, post, place, matter } = useNames();
  return useMemo(() => {
    const all = new Map([...Object.entries(w.choices), ...place, ...post, ...layer, ...unit, ...matter]);
    return (what) => {
      if (typeof what === 'string') return all.get(what) ?? what;
      return zone ? minuteOf(what, zone).replace('T', ' ') : '';
    };
  }, [w, zone, unit, layer, post, place, matter]);
}

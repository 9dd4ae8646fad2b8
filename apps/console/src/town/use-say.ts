import { useCall, useLanguage, useWords } from '@gezhi/ui';
import { useMemo } from 'react';
import { useTown } from '../shared/use-town.ts';
import type { Say } from './fields.ts';
import { TOWN_WORDS } from './town-words.ts';

/** The names of units, layers and kinds of matters, and the words for the closed lists. */
export function useSay(): Say {
  const { language } = useLanguage();
  const w = useWords(TOWN_WORDS);
  const town = useTown();
  const kinds = useCall('listKinds', { query: {} }, { staleTime: 600_000 });
  return useMemo(() => {
    const names = new Map<string, string>(Object.entries(w.choices));
    for (const { code, name } of town.data?.layers ?? []) names.set(code, name[language]);
    for (const { code, name } of town.data?.units ?? []) names.set(code, name);
    for (const { code, name } of kinds.data?.kinds ?? []) names.set(code, name[language]);
    return (code) => names.get(code) ?? code;
  }, [w, town.data, kinds.data, language]);
}

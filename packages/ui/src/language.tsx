import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';

export type Language = 'zh' | 'en';

/** A text that people wrote in both languages: names of kinds, states, units. */
export type Label = { readonly zh: string; readonly en: string };

type Chosen = { readonly language: Language; readonly choose: (language: Language) => void };

const LANGUAGE = createContext<Chosen>({ language: 'zh', choose: () => undefined });
const KEY = 'gezhi.language';

/** Chinese unless the person chose English, here or by `?lang=en`; a browser that prefers English starts in English. */
export function LanguageProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [language, setLanguage] = useState<Language>(firstLanguage);
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
    localStorage.setItem(KEY, language);
    // The plain pages read the same choice.
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store is not in every browser of a phone
    document.cookie = `gezhi_lang=${language}; path=/; max-age=31536000; samesite=lax`;
  }, [language]);
  const chosen = useMemo(() => ({ language, choose: setLanguage }), [language]);
  return <LANGUAGE.Provider value={chosen}>{children}</LANGUAGE.Provider>;
}

/** The language chosen, and how to choose the other. */
export function useLanguage(): Chosen {
  return useContext(LANGUAGE);
}

/** The words of a catalogue in the chosen language: `const w = useWords(WORDS)`. */
export function useWords<T>(catalogue: Readonly<Record<Language, T>>): T {
  return catalogue[useLanguage().language];
}

function firstLanguage(): Language {
  const asked = new URLSearchParams(location.search).get('lang') ?? localStorage.getItem(KEY);
  if (asked === 'zh' || asked === 'en') return asked;
  return navigator.language.toLowerCase().startsWith('en') ? 'en' : 'zh';
}

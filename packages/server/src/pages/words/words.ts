import { en } from './en.ts';
import { zh } from './zh.ts';

export const LANGS = ['zh', 'en'] as const;
export type Lang = (typeof LANGS)[number];

/** The catalogue of one language: the Chinese one gives the keys, the English one has each of them or does not compile. */
export type Words = typeof zh;

const CATALOGUES: Readonly<Record<Lang, Words>> = { zh, en };

export function wordsOf(lang: Lang): Words {
  return CATALOGUES[lang];
}

export function isLang(text: string | undefined): text is Lang {
  return LANGS.some((lang) => lang === text);
}

/** The word for a code that a scene or another system chose; the code itself where the catalogue has none. */
export function nameIn(names: Readonly<Record<string, string>>, code: string): string {
  return Object.hasOwn(names, code) ? names[code]! : code;
}

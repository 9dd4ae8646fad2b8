import { en } from './en.ts';
import { zh } from './zh.ts';

export type PracticeWords = typeof zh;
export const PRACTICE_WORDS: { readonly zh: PracticeWords; readonly en: PracticeWords } = { zh, en };

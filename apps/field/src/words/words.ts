import type { Language } from '@gezhi/ui';
import { en } from './en.ts';
import { type Words, zh } from './zh.ts';

export const WORDS: Readonly<Record<Language, Words>> = { zh, en };

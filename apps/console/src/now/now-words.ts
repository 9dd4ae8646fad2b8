import { en } from './en.ts';
import { zh } from './zh.ts';

export const NOW_WORDS = { zh, en } as const;

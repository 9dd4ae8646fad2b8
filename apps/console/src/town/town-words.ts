import { en } from './en.ts';
import { zh } from './zh.ts';

export const TOWN_WORDS = { zh, en } as const;

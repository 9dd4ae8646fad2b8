import { en } from './en.ts';
import { zh } from './zh.ts';

export const WHISTLE_WORDS = { zh, en } as const;

import { en } from './en.ts';
import { zh } from './zh.ts';

export const RATES_WORDS = { zh, en } as const;

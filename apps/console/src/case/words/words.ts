import { en } from './en.ts';
import { zh } from './zh.ts';

export const CASE_WORDS = { zh, en } as const;

import { en } from './en.ts';
import { zh } from './zh.ts';

export const PRINT_WORDS = { zh, en } as const;

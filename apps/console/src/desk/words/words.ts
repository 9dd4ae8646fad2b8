import { en } from './en.ts';
import { zh } from './zh.ts';

export const DESK_WORDS = { zh, en } as const;

import { en } from './en.ts';
import { zh } from './zh.ts';

export const TOPICS_WORDS = { zh, en } as const;

import { en } from './en.ts';
import { zh } from './zh.ts';

export const QUEUE_WORDS = { zh, en } as const;

import { en } from './en.ts';
import { zh } from './zh.ts';

/** The shell's catalogue: `useWords(SHELL_WORDS)`. */
export const SHELL_WORDS = { zh, en } as const;

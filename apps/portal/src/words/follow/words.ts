import { EN } from './en.ts';
import { ZH } from './zh.ts';

export const FOLLOW_WORDS = { zh: ZH, en: EN };

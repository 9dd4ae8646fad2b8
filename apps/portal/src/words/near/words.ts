import { EN } from './en.ts';
import { ZH } from './zh.ts';

export const NEAR_WORDS = { zh: ZH, en: EN };

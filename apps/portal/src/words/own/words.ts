import { EN } from './en.ts';
import { ZH } from './zh.ts';

export const OWN_WORDS = { zh: ZH, en: EN };

import { EN } from './en.ts';
import { ZH } from './zh.ts';

export const GUIDE_WORDS = { zh: ZH, en: EN };

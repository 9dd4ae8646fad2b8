import { EN } from './en.ts';
import { ZH } from './zh.ts';

export const WORDS = { zh: ZH, en: EN };

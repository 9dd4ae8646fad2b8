import type { KindCode } from './happening.ts';
import type { Phrases } from './matter.ts';
import { LIVING } from './phrases-living.ts';
import { SUPPLY } from './phrases-supply.ts';

export const PHRASES: Readonly<Record<Exclude<KindCode, 'other.inquiry'>, Phrases>> = {
  ...SUPPLY,
  ...LIVING,
};

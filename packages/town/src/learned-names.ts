import type { LearnedName } from '@gezhi/text';
import type { Town } from './town.ts';

const LEARNED = new WeakMap<Town['db']['pool'], Map<string, readonly LearnedName[]>>();

/** The names that confirmed cases of this town taught; a new list where others were taken up. */
export function learnedNamesOf(town: Town): readonly LearnedName[] {
  return LEARNED.get(town.db.pool)?.get(town.district) ?? NONE;
}

const NONE: readonly LearnedName[] = [];

/** From the next signal on these names are known too. */
export function adoptNames(town: Pick<Town, 'db' | 'district'>, names: readonly LearnedName[]): void {
  const own = LEARNED.get(town.db.pool) ?? new Map<string, readonly LearnedName[]>();
  LEARNED.set(town.db.pool, own.set(town.district, names));
}

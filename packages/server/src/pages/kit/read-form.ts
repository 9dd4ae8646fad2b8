import type { Action, Case } from '@gezhi/cases';
import { isLocalDay, localDay, zoneOf } from '@gezhi/clock';
import type { Sent } from './fields.ts';
import type { Visit } from './visit.ts';

export type Input = Readonly<Record<string, unknown>>;

/** What cannot be read, by the key of the words that say so. */
export type Unread = { readonly unread: 'missing' | 'notFound' | 'placeNotFound' };

export const MISSING: Unread = { unread: 'missing' };

export type Reading = {
  readonly visit: Visit;
  readonly c: Case;
  readonly sent: Sent;
  readonly unit: string;
  readonly action: Action;
};

/** The named fields as they were typed; the first list must be filled in. */
export function all(
  { sent }: Reading,
  needed: readonly string[],
  others: readonly string[] = [],
): Input | Unread {
  if (needed.some((name) => !sent.get(name))) return MISSING;
  const filled = [...needed, ...others].filter((name) => sent.get(name));
  return Object.fromEntries(filled.map((name) => [name, sent.get(name)]));
}

export function isOneOf(list: readonly string[], value: string): boolean {
  return list.includes(value);
}

/** A day that was picked ends at the close of business of that day. */
export function dayOf({ visit, sent }: Reading, name: string): number | undefined {
  const day = sent.get(name);
  if (!isLocalDay(day)) return undefined;
  return zoneOf(visit.town.profile.zone).instantOf(localDay(day), CLOSE_OF_BUSINESS_MS);
}

const CLOSE_OF_BUSINESS_MS = 18 * 3_600_000;

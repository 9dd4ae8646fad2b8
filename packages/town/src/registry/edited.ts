import type { Instant } from '@gezhi/basis';
import { type RegistryChange, type RegistryRow, readRegistry, type Sort } from '@gezhi/storage';
import type { Town } from '../town.ts';

/** The records that are changed by hand; outlines come with their places, lines with the town's folder. */
export const EDITED_SORTS = [
  'place',
  'unit',
  'post',
  'staff',
  'roster',
  'duty',
  'kind',
  'day',
  'asset',
  'policy',
] as const satisfies readonly Sort[];
export type EditedSort = (typeof EDITED_SORTS)[number];

/** A record to be known from now on under its code; `record` null: it is gone. */
export type Wanted = { readonly sort: EditedSort; readonly code: string; readonly record: unknown };

/** All that a town ever knew, as the database has it. */
export async function registryOf(town: Town): Promise<readonly RegistryRow[]> {
  return (
    (await readRegistry(town.db.pool)).find(({ district }) => district === town.district)?.registry ?? []
  );
}

export function keyOf(sort: string, code: string): string {
  return `${sort}\n${code}`;
}

export function currentOf(rows: readonly RegistryRow[]): ReadonlyMap<string, unknown> {
  return new Map(rows.map(({ sort, code, record }) => [keyOf(sort, code), record]));
}

/** What wanted records change; those that are so already are left out. */
export function changesOf(
  known: readonly RegistryRow[],
  wanted: readonly Wanted[],
): readonly RegistryChange[] {
  const current = currentOf(known);
  return wanted
    .map(({ sort, code, record }) => ({
      sort,
      code,
      before: current.get(keyOf(sort, code)) ?? null,
      after: record ?? null,
    }))
    .filter(({ before, after }) => !isSame(before, after));
}

export function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(inOrder(a)) === JSON.stringify(inOrder(b));
}

/** The same with its keys in order, so that two records can be compared as texts. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, part]) => [key, inOrder(part)]),
  );
}

export function rowsOf(changes: readonly RegistryChange[], now: Instant): readonly RegistryRow[] {
  return changes.map(({ sort, code, after }) => ({ sort, code, knownFrom: now, record: after }));
}

import type { Fact, FactType } from './fact.ts';

/** A fact as it lies in the log: its payload may be of an earlier version than this code writes. */
export type StoredFact = Omit<Fact, 'data' | 'type'> & { readonly type: string; readonly data: unknown };

type Upcaster = (data: Record<string, unknown>) => Record<string, unknown>;

/**
 * How a payload of version n becomes one of n + 1, by type: `UPCASTERS.opened = [fromV1toV2, …]`. A released version is never
 * edited; `fixtures/facts/` holds a file of each, which the tests replay.
 */
const UPCASTERS: Partial<Record<FactType, readonly Upcaster[]>> = {};

/** Brings a stored fact to the version this code understands. Costs nothing where it is already. */
export function upcast(stored: StoredFact): Fact {
  const steps = UPCASTERS[stored.type as FactType];
  if (!steps || stored.v > steps.length) return stored as Fact;
  const data = steps.slice(stored.v - 1).reduce((d, step) => step(d), stored.data as Record<string, unknown>);
  return { ...stored, v: steps.length + 1, data } as unknown as Fact;
}

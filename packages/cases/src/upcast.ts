import { Fault } from '@gezhi/basis';
import { FACT_TYPES, type Fact, type FactType } from './fact.ts';

/** A fact as it lies in the log: its payload may be of an earlier version than this code writes. */
export type StoredFact = Omit<Fact, 'data' | 'type'> & { readonly type: string; readonly data: unknown };

type Upcaster = (data: Record<string, unknown>) => Record<string, unknown>;

/**
 * How a payload of version n becomes one of n + 1, by type: `UPCASTERS.opened = [fromV1toV2, …]`. A released version is never
 * edited; `fixtures/facts/` holds a file of each, which the tests replay.
 */
const UPCASTERS: Partial<Record<FactType, readonly Upcaster[]>> = {};

const KNOWN: ReadonlySet<string> = new Set(FACT_TYPES);

/**
 * Brings a stored fact to the version this code understands. Costs nothing where it is already.
 *
 * @throws Fault `unknown-fact` where a newer release wrote it: a type, or a version of one, that this code does not know
 */
export function upcast(stored: StoredFact): Fact {
  const steps = KNOWN.has(stored.type) ? (UPCASTERS[stored.type as FactType] ?? []) : undefined;
  if (!steps || !(stored.v >= 1 && stored.v <= steps.length + 1)) {
    throw new Fault('unknown-fact', `A fact "${stored.type}" of version ${stored.v} is not known here.`, {
      hint: `Case ${stored.caseId}, fact ${stored.seq}: run the release that wrote it, or a later one.`,
    });
  }
  if (stored.v > steps.length) return stored as Fact;
  const data = steps.slice(stored.v - 1).reduce((d, step) => step(d), stored.data as Record<string, unknown>);
  return { ...stored, v: steps.length + 1, data } as unknown as Fact;
}

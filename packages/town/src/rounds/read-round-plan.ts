import { type Refusal, refuse } from '@gezhi/basis';
import { parse } from 'yaml';
import type { RoundPlan } from './round-plan.ts';

/** Reads a plan from the text of a file in YAML or JSON (docs/rounds.md). Refuses `bad-round` with what is missing. */
export function readRoundPlan(text: string): RoundPlan | Refusal {
  let read: unknown;
  try {
    read = parse(text);
  } catch (error) {
    return refuse('bad-round', `The plan cannot be read: ${(error as Error).message}`);
  }
  const plan = read as Partial<RoundPlan> | null;
  const missing = (['id', 'sort', 'title', 'lead', 'from', 'to', 'basis', 'checklist'] as const).find(
    (key) => plan?.[key] === undefined,
  );
  if (missing) return refuse('bad-round', `The plan has no "${missing}": see docs/rounds.md.`, { missing });
  const lists = [plan?.checklist, plan?.stops ?? []];
  if (!lists.every(Array.isArray)) return refuse('bad-round', '"checklist" and "stops" are lists.');
  return { ...(plan as RoundPlan), id: String(plan?.id), lead: String(plan?.lead) };
}

import { type Refusal, refuse } from '@gezhi/basis';
import type { Actor } from '@gezhi/cases';
import type { Because } from '@gezhi/powers';
import { holderOf } from '../may.ts';
import { gateOf } from '../powers/gate-of.ts';
import type { Town } from '../town.ts';
import { unitsAbove } from '../units-above.ts';

/** Whether a post holds a power over editions, samples or themes, by the scene's power list; else a refusal that names the row. */
export function mayEdition(town: Town, power: string, by: Actor): Because | Refusal {
  const resource = { coUnits: [], places: [], unitAncestors: (unit: string) => unitsAbove(town, unit) };
  const { allowed, because } = gateOf(town, town.pack).decide(holderOf(town, by), power, resource);
  if (allowed) return because;
  return refuse('no-power', because.text.en, { power, because: because.policy, words: because.text });
}

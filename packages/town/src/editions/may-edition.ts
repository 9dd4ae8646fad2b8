import type { Refusal } from '@gezhi/basis';
import type { Actor } from '@gezhi/cases';
import type { Because } from '@gezhi/powers';
import { holderOf } from '../may.ts';
import { gateOf } from '../powers/gate-of.ts';
import { noPower } from '../powers/no-power.ts';
import type { Town } from '../town.ts';
import { unitsAbove } from '../units-above.ts';

/**
 * Whether a post holds a power that is over no case (editions, samples, themes), or over what a unit has, by the main scene's power list;
 * else a refusal that names the row. @param unit whose it is
 */
export function mayEdition(town: Town, power: string, by: Actor, unit?: string): Because | Refusal {
  const resource = {
    ...(unit === undefined ? {} : { leadUnit: unit }),
    coUnits: [],
    places: [],
    unitAncestors: (code: string) => unitsAbove(town, code),
  };
  const { allowed, because } = gateOf(town, town.pack).decide(holderOf(town, by), power, resource);
  return allowed ? because : noPower(power, because);
}

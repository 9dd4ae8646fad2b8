import type { Actor } from '@gezhi/cases';
import type { PowerFilter } from '@gezhi/storage';
import { holderOf } from '../may.ts';
import { secretKinds } from '../secret.ts';
import type { Town } from '../town.ts';
import { unitsAbove } from '../units-above.ts';
import { placesDuring } from './dated-states.ts';
import { gateOf } from './gate-of.ts';

/**
 * The cases over which somebody holds a power, as a filter of lists: each holds exactly what `mayIn` would allow one by one. The first
 * time for a post and power it costs milliseconds, then microseconds.
 */
export function heldBy(town: Town, by: Actor, power: string): PowerFilter {
  const holder = holderOf(town, by);
  return {
    scenes: [...town.packs.values()].map((pack) => ({
      scene: pack.scene.id,
      test: gateOf(town, pack).testOf(holder, power),
    })),
    secretKinds: secretKinds(town),
    unitsBelow: (unit) => belowOf(town).get(unit) ?? [],
    placesDuring: (state) => placesDuring(town, state),
  };
}

const BELOW = new WeakMap<Town, ReadonlyMap<string, readonly string[]>>();

/** All units below each unit. */
function belowOf(town: Town): ReadonlyMap<string, readonly string[]> {
  const known = BELOW.get(town);
  if (known) return known;
  const below = new Map<string, string[]>();
  for (const unit of town.units.keys()) {
    for (const above of unitsAbove(town, unit)) below.set(above, [...(below.get(above) ?? []), unit]);
  }
  BELOW.set(town, below);
  return below;
}

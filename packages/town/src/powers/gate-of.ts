import { setImmediate } from 'node:timers/promises';
import { Fault, isRefusal } from '@gezhi/basis';
import {
  type Gate,
  makeGate,
  type Policy,
  policiesOfRows,
  prepareRows,
  readCedarPolicies,
} from '@gezhi/powers';
import type { Pack } from '@gezhi/scene';
import type { Town } from '../town.ts';
import { unitsAbove } from '../units-above.ts';
import { cedar } from './cedar.ts';

const GATES = new WeakMap<Town, Map<string, Gate>>();

/** The power list of a scene as it runs in a town. A town that was read anew, and a changed scene, have new gates. */
export function gateOf(town: Town, pack: Pack): Gate {
  const gates = GATES.get(town) ?? new Map<string, Gate>();
  GATES.set(town, gates);
  const known = gates.get(pack.scene.id);
  if (known) return known;
  const gate = makeGate(cedar(), policiesOf(pack), (unit) => unitsAbove(town, unit));
  gates.set(pack.scene.id, gate);
  return gate;
}

/**
 * Asks Cedar about every row of every list, so that no first question waits: some tenths of a second for the scenes that ship, with a rest after
 * each row.
 */
export async function prepareGates(town: Town, stopping: () => boolean = () => false): Promise<void> {
  for (const pack of town.packs.values()) {
    for (const _row of prepareRows(cedar(), gateOf(town, pack).policies)) {
      if (stopping()) return;
      await setImmediate();
    }
  }
}

/** All policies of a scene, sorted by id: its rows, and what it wrote in Cedar. @throws Fault `bad-scene`, which a check finds before */
export function policiesOf({
  scene,
  powers,
}: Pick<Pack, 'powers'> & { readonly scene: { readonly id: string } }): readonly Policy[] {
  const rows = policiesOfRows(powers);
  if (powers.cedar === undefined) return rows;
  const written = readCedarPolicies(cedar(), powers.cedar);
  if (isRefusal(written)) throw new Fault('bad-scene', `${scene.id}, powers.cedar: ${written.because}`);
  return [...rows, ...written].sort((a, b) => (a.id < b.id ? -1 : 1));
}

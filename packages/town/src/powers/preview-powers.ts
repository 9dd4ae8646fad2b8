import { setImmediate } from 'node:timers/promises';
import { type Finding, type Pack, packWithList } from '@gezhi/scene';
import type { Town } from '../town.ts';
import { checkPowers } from './check-powers.ts';
import { comparedByPower, type PowerChange } from './compare-powers.ts';
import { brokenLimits } from './list-limits.ts';
import { type SightChange, sightChange } from './sight-change.ts';

/** What another power list would do, before it holds. Kinds of posts and counts, never persons. */
export type PowersPreview = {
  readonly changes: readonly PowerChange[];
  readonly sight: readonly SightChange[];
};

/** Who gains and who loses which power where a scene runs as in another town, and who would see more or fewer of the open cases. Rests between powers. */
export async function compareLists(
  town: Town,
  would: Pick<Town, 'packs'>,
  scene: string,
): Promise<PowersPreview> {
  const [before, after] = [town.packs.get(scene), would.packs.get(scene)];
  if (!before || !after) return { changes: [], sight: [] };
  const changes: PowerChange[] = [];
  for (const some of comparedByPower(before, after)) {
    changes.push(...some);
    await setImmediate();
  }
  return { changes, sight: await sightChange(town, after) };
}

/** A scene with a list that was written for it, and all that is wrong with that: its form, what Cedar says of it, limits that it breaks. */
export function readPowerList(
  { packs, installed }: Pick<Town, 'packs' | 'installed'>,
  scene: string,
  yaml: string,
): { readonly pack?: Pack; readonly findings: readonly Finding[] } {
  const pack = packs.get(scene);
  const shipped = installed.get(scene);
  if (!pack || !shipped) return { findings: [] };
  const read = packWithList(pack, yaml);
  if (!read.pack || read.findings.length > 0) return read;
  return {
    pack: read.pack,
    findings: [...checkPowers(read.pack), ...brokenLimits(shipped.powers, read.pack.powers)],
  };
}

import { Fault } from '@gezhi/basis';
import { type Pack, packWithList } from '@gezhi/scene';

/** A town's own power list for a scene, as `powers.yaml` writes it. */
export type ListRecord = { readonly code: string; readonly list: string };

/** The packs with the lists that a town wrote for itself; prohibitions that ship with a scene hold beside them. @throws Fault `bad-power-list` */
export function withLists(
  installed: ReadonlyMap<string, Pack>,
  own: readonly ListRecord[],
): ReadonlyMap<string, Pack> {
  if (own.length === 0) return installed;
  const packs = new Map(installed);
  for (const { code, list } of own) {
    const pack = installed.get(code);
    if (pack) packs.set(code, withList(pack, list));
  }
  return packs;
}

/** Read once: a town is built anew after each change of its registry. */
const READ = new WeakMap<Pack, Map<string, Pack>>();

function withList(pack: Pack, list: string): Pack {
  const known = READ.get(pack) ?? new Map<string, Pack>();
  READ.set(pack, known);
  const found = known.get(list);
  if (found) return found;
  const read = packWithList(pack, list);
  if (!read.pack)
    throw new Fault(
      'bad-power-list',
      `${pack.scene.id}: ${read.findings.map((one) => one.problem).join('; ')}`,
    );
  const own = read.pack.powers;
  const missing = pack.powers.forbids.filter(({ id }) => !own.forbids.some((row) => row.id === id));
  const made = { ...read.pack, powers: { ...own, forbids: [...own.forbids, ...missing] } };
  known.set(list, made);
  return made;
}

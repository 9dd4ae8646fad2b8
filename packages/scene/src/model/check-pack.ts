import type { Pack } from '../read-pack.ts';
import { checkProcess } from './check-process.ts';
import type { ModelFinding } from './finding.ts';

/** Checks what the process of a pack can do, with its own powers, terms and kinds. */
export function checkModel(
  pack: Pick<Pack, 'process' | 'powers' | 'clocks' | 'kinds'>,
): readonly ModelFinding[] {
  const { process, powers, clocks } = pack;
  const traits = new Map(pack.kinds.map((kind) => [kind.code, kind.traits]));
  const joined = Object.values(process.actions).some((action) => action.act === 'join');
  const led = pack.kinds.some((kind) => kind.leads !== undefined);
  return checkProcess(process, powers, clocks, undefined, {
    kinds: [...traits.keys()],
    traits: (kind) => traits.get(kind) ?? [],
    begin: joined ? 'asked' : led ? 'led' : 'unled',
  });
}

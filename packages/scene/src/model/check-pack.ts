import type { Pack } from '../read-pack.ts';
import { checkProcess } from './check-process.ts';
import type { ModelFinding } from './finding.ts';

/** Checks what the process of a pack can do, with its own powers, terms and kinds. */
export function checkModel(
  pack: Pick<Pack, 'process' | 'powers' | 'clocks' | 'kinds'>,
): readonly ModelFinding[] {
  const kinds = pack.kinds.map((kind) => kind.code);
  return checkProcess(pack.process, pack.powers, pack.clocks, undefined, { kinds });
}

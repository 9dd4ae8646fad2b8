import { isDeepStrictEqual } from 'node:util';
import type { PowerRow, PowerTable } from '@gezhi/powers';
import type { Finding } from '@gezhi/scene';

/** What rows may give while an emergency is in force, and nobody else but a district government declares one. */
const IN_EMERGENCY: readonly string[] = ['see', 'emergency.reach'];
const DECLARING: readonly string[] = ['emergency.declare', 'emergency.end', 'emergency.review'];

/**
 * Limits that a town's own list may not move (docs/limits.md): the prohibitions that its scene ships stay as they are, and emergency powers
 * stay dated and with the district government.
 */
export function brokenLimits(shipped: PowerTable, own: PowerTable): readonly Finding[] {
  const kept = (row: PowerRow): boolean => own.forbids.some((one) => isDeepStrictEqual(one, row));
  const gone = shipped.forbids
    .filter((row) => !kept(row))
    .map(({ id }) =>
      finding(id, 'this prohibition ships with the scene and is gone or changed', 'Put it back.'),
    );
  const loose = own.permits
    .filter((row) => !isDated(row))
    .map(({ id }) =>
      finding(
        id,
        'it gives more in an emergency, or to others, than the limits let',
        `With "during" a row gives ${IN_EMERGENCY.join(' or ')}; a district government alone declares.`,
      ),
    );
  return [...gone, ...loose];
}

function isDated({ powers, during, unitKinds, unitLevels }: PowerRow): boolean {
  if (during) return powers.every((power) => IN_EMERGENCY.includes(power));
  const named = powers.filter((power) => power.startsWith('emergency.') || power === '*');
  if (named.length === 0) return true;
  return (
    named.every((power) => DECLARING.includes(power)) &&
    unitKinds?.join() === 'government' &&
    unitLevels?.join() === 'district'
  );
}

function finding(key: string, problem: string, remedy: string): Finding {
  return { file: 'powers.yaml', key, problem, remedy };
}

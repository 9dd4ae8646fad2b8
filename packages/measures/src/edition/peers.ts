import type { Settlement } from './edition-case.ts';
import type { EditionPolicy } from './edition-policy.ts';

/** Those who are compared with each other: `volume` 1 is the group of the highest volume. */
export type Peers = { readonly volume: number; readonly settlement: Settlement | 'any' };

export function peersKey({ volume, settlement }: Peers): string {
  return `${settlement}/${volume}`;
}

/**
 * The peer group of each: by volume (equal volumes never fall apart, so groups may differ in size) and by urban or rural. Answers in the
 * order asked, which decides nothing.
 */
export function peersOf(
  measured: readonly { readonly volume: number; readonly settlement: Settlement }[],
  { volumeGroups, bySettlement }: EditionPolicy['peers'],
): Peers[] {
  return measured.map(({ volume, settlement }) => {
    const above = measured.filter((other) => other.volume > volume).length;
    return {
      volume: 1 + Math.floor((volumeGroups * above) / measured.length),
      settlement: bySettlement ? settlement : 'any',
    };
  });
}

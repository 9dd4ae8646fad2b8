import type { Town } from '@gezhi/town';

/**
 * Whether the town is made up, so that its posts may be entered by anybody: GB/T 2260 gives no province the number 99, and a real
 * town never bears it.
 */
export function isMadeUp({ town }: { readonly town: Pick<Town, 'profile' | 'district'> }): boolean {
  return town.profile.codes === 'cn' && town.district.startsWith('99');
}

import { Fault } from '@gezhi/basis';
import type { ClockProfile } from './profile.ts';
import { HOTLINE_PROFILES } from './profiles-hotline.ts';
import { LAW_PROFILES } from './profiles-law.ts';

/** All profiles that come with the house, in the order of the domain's table. */
export const CLOCK_PROFILES: readonly ClockProfile[] = [...HOTLINE_PROFILES, ...LAW_PROFILES];

/** @throws Fault `no-such-profile` */
export function getProfile(id: string): ClockProfile {
  const profile = CLOCK_PROFILES.find((each) => each.id === id);
  if (profile) return profile;
  const known = CLOCK_PROFILES.map((each) => each.id).join(', ');
  throw new Fault('no-such-profile', `There is no clock profile "${id}".`, { hint: `There are: ${known}.` });
}

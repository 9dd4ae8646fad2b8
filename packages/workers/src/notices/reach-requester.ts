import type { Way } from '@gezhi/scene';
import type { Person, ReachMe } from '@gezhi/town';

/** One way that a requester chose and the rule allows. */
export type Reach = {
  readonly way: Way;
  readonly address: string;
  readonly hours?: string;
  readonly language: 'zh' | 'en';
};

export type Reached = { readonly ways: readonly Reach[] } | { readonly noWay: NoWay };

/** Why a requester is told nothing by machine: nothing known or erased; they look for themselves; a person has to go or to speak to a helper. */
export type NoWay = 'noContact' | 'ownPage' | 'byHand' | 'otherWay';

/** Which of our ways each of theirs may mean, in the order in which we would try. */
const MEANS: Readonly<Record<ReachMe['way'], readonly Way[]>> = {
  sms: ['sms'],
  phone: ['sms', 'voice'],
  mail: ['mail'],
  visit: [],
  through: [],
  web: [],
};

/**
 * By which ways to tell somebody, in the order that they chose, as far as the rule allows them. A telephone is written to before it is
 * called, unless it is no mobile (in China eleven digits that begin with 1) or its owner does not read.
 */
export function reachRequester(
  person: Person | undefined,
  allowed: readonly string[],
  usual: 'zh' | 'en',
): Reached {
  const chosen = person?.reachMe ?? [];
  const ways = chosen.flatMap((me) => reachesOf(me, allowed, usual));
  const distinct = new Map(ways.map((reach) => [`${reach.way} ${reach.address}`, reach]));
  if (distinct.size > 0) return { ways: [...distinct.values()] };
  if (chosen.length === 0) return { noWay: 'noContact' };
  if (chosen.some(({ way }) => way === 'visit' || way === 'through')) return { noWay: 'byHand' };
  return { noWay: chosen.some(({ way }) => way === 'web') ? 'ownPage' : 'otherWay' };
}

function reachesOf(me: ReachMe, allowed: readonly string[], usual: 'zh' | 'en'): readonly Reach[] {
  const { address, hours, language, abilities } = me;
  if (!address) return [];
  const reads = !abilities || abilities.includes('reads');
  const writes = reads && /^(\+?86)?1\d{10}$/.test(address.replaceAll(/[\s-]/g, ''));
  const ways = MEANS[me.way].filter((way) => way !== 'sms' || me.way === 'sms' || writes);
  return ways
    .filter((way) => allowed.includes(way))
    .map((way) => ({
      way,
      address,
      ...(hours === undefined ? {} : { hours }),
      language: language === undefined ? usual : languageOf(language),
    }));
}

function languageOf(text: string): 'zh' | 'en' {
  return /^(en|英)/i.test(text.trim()) ? 'en' : 'zh';
}

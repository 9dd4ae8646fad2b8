import { Fault } from '@gezhi/basis';
import { type BandPolicy, checkBandPolicy, WHISTLE_BAND } from '../band.ts';
import { checkPolicy, HUAIROU, type ThreeRatesPolicy } from '../three-rates-policy.ts';

/** How a period becomes an edition, as data with a version: the rates, the groups of peers, the days for appeals, who gets help. */
export type EditionPolicy = {
  readonly id: string;
  readonly version: number;
  readonly rates: ThreeRatesPolicy;
  readonly peers: {
    /** Into how many groups of about the same size those measured are cut by volume; 3 are terciles. */
    readonly volumeGroups: number;
    /** Whether urban and rural places are told apart. */
    readonly bySettlement: boolean;
  };
  /** How long those measured see their cases before anything is final, in days. */
  readonly appealDays: number;
  /** 治理类: those of the highest group of volume with at least so many requests get a help plan. */
  readonly help: { readonly volumeMin: number; readonly oldDays: number; readonly topPoints: number };
  readonly whistle: BandPolicy;
};

/** What we propose where a town has written nothing else; days and counts are ours, to be changed by the town. */
export const EDITION_POLICY: EditionPolicy = {
  id: 'edition-huairou',
  version: 1,
  rates: HUAIROU,
  peers: { volumeGroups: 3, bySettlement: true },
  appealDays: 5,
  help: { volumeMin: 100, oldDays: 90, topPoints: 10 },
  whistle: WHISTLE_BAND,
};

/** @throws Fault `bad-policy` naming the field, what it is, and what it may be */
export function checkEditionPolicy(policy: EditionPolicy): void {
  checkPolicy(policy.rates);
  checkBandPolicy(policy.whistle);
  whole(policy, 'peers.volumeGroups', policy.peers.volumeGroups, 1, 10);
  whole(policy, 'appealDays', policy.appealDays, 1, 60);
  whole(policy, 'help.volumeMin', policy.help.volumeMin, 1, 1_000_000);
  whole(policy, 'help.oldDays', policy.help.oldDays, 1, 3650);
  whole(policy, 'help.topPoints', policy.help.topPoints, 1, 100);
}

function whole(policy: EditionPolicy, field: string, value: number, min: number, max: number): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw new Fault('bad-policy', `Policy ${policy.id} v${policy.version}: ${field} is ${value}.`, {
    hint: `It must be a whole number ${min} … ${max}.`,
  });
}

import { Fault } from '@gezhi/basis';
import type { Words } from './calendar.ts';
import { parseTerm, type Term } from './term.ts';

/**
 * The time limits of one place or law, by stage or kind of request: starting data, which a town edits in its own pack. Every
 * profile and every stage names where it comes from. `confirmed` is true only where the law's text, or the issuer's own page,
 * was read; a profile that is not confirmed must be checked before anybody is promised anything by it.
 */
export type ClockProfile = {
  readonly id: string;
  readonly name: Words;
  readonly source: string;
  readonly confirmed: boolean;
  /** Keyed by stage, in camelCase. */
  readonly terms: Readonly<Record<string, ProfileTerm>>;
};

export type ProfileTerm = {
  readonly name: Words;
  /** As `parseTerm` reads it; absent where the source leaves it to each case's opening condition (立案条件). */
  readonly term?: string;
  /** The longest extension that the source allows. */
  readonly extension?: string;
  /** What starts it, where it is not the case's own opening. */
  readonly from?: Words;
  /** Article, or what the source leaves open. */
  readonly note?: string;
};

/**
 * The term of a stage; `undefined` where the source leaves it to the case.
 * @throws Fault `no-such-stage` where the profile does not have it, `bad-term`
 */
export function findTerm(profile: ClockProfile, stage: string): Term | undefined {
  const found = Object.hasOwn(profile.terms, stage) ? profile.terms[stage] : undefined;
  if (!found) {
    const known = Object.keys(profile.terms).join(', ');
    throw new Fault('no-such-stage', `Clock profile "${profile.id}" has no stage "${stage}".`, {
      hint: `It has: ${known}.`,
    });
  }
  return found.term === undefined ? undefined : parseTerm(found.term);
}

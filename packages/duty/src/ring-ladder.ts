import { type Instant, MINUTE } from '@gezhi/basis';
import { allIn, compareText, findIn } from './book.ts';
import { unitsAbove } from './catalogue.ts';
import type { Reason } from './reason.ts';
import { mayReach, onDuty, postsOfUnit, type Roster } from './roster.ts';
import type { Post } from './unit.ts';

export const RINGS = ['dutyPost', 'deputy', 'unitAbove'] as const;
export type Ring = (typeof RINGS)[number];

/** When to ring whom, in minutes after the task came, in order. Each further `unitAbove` climbs one unit higher. */
export type RingPolicy = readonly { readonly after: number; readonly who: Ring }[];

/** One step of the ladder: `after` so many minutes, this post, and why it and not another. */
export type RingStep = {
  readonly after: number;
  readonly who: Ring;
  readonly unit: string;
  readonly post: string;
  readonly because: readonly Reason[];
};

/**
 * Whom a task of a unit that nobody signs rings, and when: the duty post, its deputy, the unit above (接诉即办 and 吹哨报到: a task is signed
 * within its clock or the level above hears of it). Each step is asked at its own minute. A post that is off duty is passed over, which
 * the next step's reasons say; only a duty post is rung at any hour. Where a unit has no duty post, its head stands in while on duty. No
 * post is rung twice. Empty where nobody may be rung at all.
 *
 * @param at when the task came; `policy` steps count from it
 */
export function ringLadder(
  roster: Roster,
  unit: string,
  at: Instant,
  policy: RingPolicy,
  knownAt: Instant = at,
): readonly RingStep[] {
  const steps: RingStep[] = [];
  const climb: Climb = { roster, knownAt, because: [], rung: new Set(), unit };
  for (const { after, who } of policy) {
    const found = ringOne(climb, who, unit, at + after * MINUTE);
    if (found === undefined) continue;
    climb.rung.add(found.code);
    steps.push({ after, who, unit: found.unit, post: found.code, because: climb.because });
    climb.because = [];
  }
  return steps;
}

type Climb = {
  readonly roster: Roster;
  readonly knownAt: Instant;
  /** Why the next step is whom it is, with everybody passed over since the last. */
  because: Reason[];
  readonly rung: Set<string>;
  /** How high the ladder has come. */
  unit: string;
};

function ringOne(climb: Climb, who: Ring, unit: string, at: Instant): Post | undefined {
  switch (who) {
    case 'dutyPost':
      return dutyPostOf(climb, unit, at);
    case 'deputy':
      return deputyOf(climb, unit, at);
    case 'unitAbove':
      return above(climb, at);
  }
}

function dutyPostOf(climb: Climb, unit: string, at: Instant): Post | undefined {
  const { post, because } = onDuty(climb.roster, unit, at, climb.knownAt);
  climb.because.push(...because);
  return post === undefined ? undefined : reachable(climb, post, at);
}

/** The deputies of the post that the unit's duty falls to: the first that may be reached and was not rung. */
function deputyOf(climb: Climb, unit: string, at: Instant): Post | undefined {
  const { roster, knownAt } = climb;
  const { post } = onDuty(roster, unit, at, knownAt);
  if (post === undefined) return undefined;
  const deputies = allIn(roster.registry.deputiesOf, post, at, knownAt)
    .map(({ code }) => findIn(roster.registry.catalogue.posts, code, at, knownAt))
    .filter((deputy) => deputy?.deputyOf === post)
    .sort((a, b) => compareText(a!.code, b!.code));
  for (const deputy of deputies) {
    const found = reachable(climb, deputy!.code, at);
    if (found === undefined) continue;
    climb.because.push({ code: 'deputy', data: { post: found.code, unit } });
    return found;
  }
  return undefined;
}

function above(climb: Climb, at: Instant): Post | undefined {
  const { roster, knownAt } = climb;
  for (const higher of unitsAbove(roster.registry.catalogue, climb.unit, at, knownAt)) {
    climb.because.push({ code: 'ring-above', data: { unit: climb.unit, above: higher.code } });
    climb.unit = higher.code;
    if (postsOfUnit(roster, higher.code, at, knownAt).length === 0) continue;
    const found = dutyPostOf(climb, higher.code, at);
    if (found) return found;
  }
  return undefined;
}

function reachable(climb: Climb, code: string, at: Instant): Post | undefined {
  const { roster, knownAt, rung } = climb;
  if (rung.has(code)) return undefined;
  if (!mayReach(roster, code, at, knownAt)) {
    climb.because.push({ code: 'left-in-peace', data: { post: code } });
    return undefined;
  }
  return findIn(roster.registry.catalogue.posts, code, at, knownAt);
}

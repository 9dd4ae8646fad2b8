import { Fault, type Instant } from '@gezhi/basis';
import { allIn, type Book, compareText, findIn, makeBook } from './book.ts';
import type { Reason } from './reason.ts';
import type { Registry } from './registry.ts';
import { personsOnPost } from './responsible.ts';
import type { WeekMinute } from './shift.ts';
import type { Times } from './times.ts';
import type { Post } from './unit.ts';

/** 值班表: one person on one post of a unit from `validFrom` to `validTo`, whatever the weekly hours of the post are. */
export type RosterEntry = Times & { readonly unit: string; readonly post: string; readonly person: string };

/** Who sits on which post by the week, and by date on top of it. */
export type Roster = { readonly registry: Registry; readonly entries: Book<RosterEntry> };

/** Builds the roster over a registry. @throws Fault `bad-roster` for an entry without an end or a begin, `bad-correction` */
export function buildRoster(registry: Registry, entries: readonly RosterEntry[]): Roster {
  for (const [row, { validFrom, validTo }] of entries.entries()) {
    if (validFrom !== undefined && validTo !== undefined) continue;
    throw new Fault('bad-roster', `roster, record ${row + 1}: a turn of duty has a begin and an end.`, {
      hint: 'Fill in from and to; who is there always stands in staff.csv.',
    });
  }
  return { registry, entries: makeBook('roster', entries, (entry) => entry.post) };
}

/** Who a unit's duty falls to at a minute. `post` is absent where the unit has neither a duty post nor a head. */
export type OnDuty = {
  readonly unit: string;
  readonly post?: string;
  /** Set where exactly one person is there. */
  readonly person?: string;
  readonly persons: readonly string[];
  readonly because: readonly Reason[];
};

/**
 * Who is on duty for a unit at that minute: its duty post (of several the first that somebody sits on), by the roster, else by weekly
 * hours; where the unit has no duty post, its head post. The post is named even where nobody is registered on it: a duty post has a
 * telephone. Costs some µs a post.
 */
export function onDuty(roster: Roster, unit: string, at: Instant, knownAt: Instant = at): OnDuty {
  const posts = postsOfUnit(roster, unit, at, knownAt).filter((post) => post.deputyOf === undefined);
  const duty = posts.filter((post) => post.kind === 'dutyPost');
  const some = duty.length > 0 ? duty : posts.filter((post) => post.kind === 'head');
  const asked = some.map((post) => ({ post, ...personsThere(roster, post.code, at, knownAt) }));
  const found = asked.find(({ persons }) => persons.length > 0) ?? asked[0];
  if (found === undefined) return { unit, persons: [], because: [{ code: 'no-post', data: { unit } }] };
  const { post, persons, because } = found;
  const why = duty.length > 0 ? 'duty-post' : 'no-duty-post';
  return {
    unit,
    post: post.code,
    ...(persons.length === 1 ? { person: persons[0]! } : {}),
    persons,
    because: [{ code: why, data: { unit, post: post.code } }, because],
  };
}

/** Who sits on a post at that minute: by the roster where it names somebody for that minute, else by weekly hours. */
export function personsThere(
  roster: Roster,
  post: string,
  at: Instant,
  knownAt: Instant = at,
): { readonly persons: readonly string[]; readonly because: Reason } {
  const turns = allIn(roster.entries, post, at, knownAt);
  if (turns.length === 0) return personsOnPost(roster.registry, post, at, knownAt);
  const persons = [...new Set(turns.map((turn) => turn.person))].sort(compareText);
  return { persons, because: { code: 'on-roster', data: { post, person: persons.join(';') } } };
}

/** Whether a message may reach a post at that minute: a duty post always, every other only while somebody is on duty there. */
export function mayReach(roster: Roster, post: string, at: Instant, knownAt: Instant = at): boolean {
  const found = findIn(roster.registry.catalogue.posts, post, at, knownAt);
  if (found === undefined) return false;
  return found.kind === 'dutyPost' || personsThere(roster, post, at, knownAt).persons.length > 0;
}

/** The posts of a unit at that moment, sorted by code; one that moved to another unit since is not among them. */
export function postsOfUnit(
  { registry }: Roster,
  unit: string,
  at: Instant,
  knownAt: Instant,
): readonly Post[] {
  const current = ({ code }: Post): boolean =>
    findIn(registry.catalogue.posts, code, at, knownAt)?.unit === unit;
  const posts = allIn(registry.postsOfUnit, unit, at, knownAt).filter(current);
  return [...new Map(posts.map((post) => [post.code, post])).values()].sort((a, b) =>
    compareText(a.code, b.code),
  );
}

const DAY_MINUTES = 24 * 60;
const SUNDAY = 6;

/**
 * Weekly hours that know the calendar: a public holiday is lived as a Sunday, a weekend day that is worked (调休) as a Monday. Who is on
 * duty on a holiday all the same stands in the roster.
 */
export function dutyWeek(
  weekMinute: (at: Instant) => WeekMinute,
  isWorkday: (at: Instant) => boolean,
): (at: Instant) => WeekMinute {
  return (at) => {
    const minute = weekMinute(at);
    const isWeekend = minute >= 5 * DAY_MINUTES;
    if (isWorkday(at) !== isWeekend) return minute;
    return (isWeekend ? 0 : SUNDAY * DAY_MINUTES) + (minute % DAY_MINUTES);
  };
}

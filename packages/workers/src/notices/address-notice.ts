import { type Instant, MINUTE } from '@gezhi/basis';
import type { NoticeMessage } from '@gezhi/connectors';
import { mayReach, onDuty, personsThere } from '@gezhi/duty';
import type { NoticeRow, NoticeState } from '@gezhi/storage';
import type { Person, Town } from '@gezhi/town';
import { mayTellAt, type Quiet } from './quiet-hours.ts';
import { reachRequester } from './reach-requester.ts';

/** Where a notice goes now: the ways there are, which of them is tried, and to whom. */
export type Addressed = {
  readonly ways: readonly string[];
  readonly at: number;
  readonly to: NoticeMessage['to'];
  readonly language: 'zh' | 'en';
};

/** Why a notice does not go now: until when it waits, or what became of it. */
export type NotNow =
  | { readonly waitUntil: Instant; readonly reason: string }
  | { readonly state: NoticeState; readonly reason: string };

/** How long a notice rests while nobody is on duty whom it may reach. */
const ASK_AGAIN_MS = 10 * MINUTE;

/**
 * To whom a notice goes at this moment. A requester is told by the ways and at the hours they chose. A post is told while it is on duty, else
 * its unit's duty post is; nothing but a duty post is reached off duty, and what can wait does not reach others in the quiet hours.
 */
export function addressOf(
  town: Town,
  notice: NoticeRow,
  quiet: Quiet | undefined,
  person: Person | undefined,
  now: Instant,
): Addressed | NotNow {
  const usual = town.profile.codes === 'cn' || town.profile.calendar === 'cn' ? 'zh' : 'en';
  const calm = notice.urgent ? undefined : quiet;
  if (notice.target === 'requester') return toRequester(town, notice, calm, person, usual, now);
  return toPost(town, notice, calm, usual, now);
}

function toRequester(
  town: Town,
  notice: NoticeRow,
  quiet: Quiet | undefined,
  person: Person | undefined,
  usual: 'zh' | 'en',
  now: Instant,
): Addressed | NotNow {
  const rule = notice.ways;
  const reached = reachRequester(person, rule, usual);
  if ('noWay' in reached) return { state: 'noWay', reason: reached.noWay };
  const ways = reached.ways.map((reach) => reach.way);
  const at = Math.min(notice.way, ways.length - 1);
  const { address, hours, language } = reached.ways[at]!;
  const tellAt = mayTellAt(town.profile.zone, quiet, notice.urgent ? undefined : hours, now);
  if (tellAt > now) return { waitUntil: tellAt, reason: 'quietHours' };
  return { ways, at, to: { kind: 'requester', number: notice.targetCode, address }, language };
}

function toPost(
  town: Town,
  notice: NoticeRow,
  quiet: Quiet | undefined,
  language: 'zh' | 'en',
  now: Instant,
): Addressed | NotNow {
  const found = postNow(town, notice, now);
  if ('reason' in found) return found;
  const { post } = found;
  const { unit = '', kind } = town.posts.get(post) ?? {};
  if (kind !== 'dutyPost') {
    const tellAt = mayTellAt(town.profile.zone, quiet, undefined, now);
    if (tellAt > now) return { waitUntil: tellAt, reason: 'quietHours' };
  }
  const { phone } = (town.units.get(unit) ?? {}) as { phone?: string };
  const { persons } = personsThere(town.roster, post, now);
  return {
    ways: notice.ways,
    at: Math.min(notice.way, notice.ways.length - 1),
    to: { kind: 'post', post, unit, persons, ...(phone ? { phone } : {}) },
    language,
  };
}

function postNow(town: Town, notice: NoticeRow, now: Instant): { readonly post: string } | NotNow {
  const { roster } = town;
  const named = notice.target === 'post' ? notice.targetCode : undefined;
  if (named !== undefined && mayReach(roster, named, now)) return { post: named };
  // The ladder was asked for another minute; its next step follows by itself.
  if (notice.step > 0) return { state: 'lapsed', reason: 'offDuty' };
  const unit = named === undefined ? notice.targetCode : (town.posts.get(named)?.unit ?? '');
  const { post } = onDuty(roster, unit, now);
  if (post === undefined) return { state: 'noWay', reason: 'noPost' };
  if (mayReach(roster, post, now)) return { post };
  return { waitUntil: now + ASK_AGAIN_MS, reason: 'offDuty' };
}

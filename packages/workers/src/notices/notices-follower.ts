import { createHash } from 'node:crypto';
import { type CaseId, HOUR, type Instant, isoInstant } from '@gezhi/basis';
import { type Case, evolve, type Fact, guardView, isOpenPhase } from '@gezhi/cases';
import type { NoticeRule, Pack, RingRule } from '@gezhi/scene';
import {
  factsToTell,
  historiesUpTo,
  insertNotices,
  lapseRing,
  type NewNotice,
  startRing,
  stopRings,
} from '@gezhi/storage';
import type { Town } from '@gezhi/town';
import type pg from 'pg';
import type { Follower } from '../follow.ts';
import { type Told, targetsOf } from './targets.ts';
import { stirSubscribers } from './tell-subscribers.ts';

export const NOTICES = 'notices';

/**
 * Reads the log for what somebody is to be told, by the notices of each scene: a notice for each fact, rule and target, once, however
 * often the log is read; and begins and ends rings. Facts that happened too long ago are history, as is what another system states to have
 * handled. Nothing is sent here.
 */
export function noticesFollower(now: () => Instant): Follower {
  return {
    name: NOTICES,
    batchMax: 2_000,
    yardstick: () => '',
    advance: async (client, town, range) => {
      const packs = [...town.packs.values()].map((pack) => pack.notices);
      const tell = packs.flatMap((p) => [
        ...p.rules.flatMap((rule) => rule.on),
        ...p.rings.flatMap((ring) => ring.starts),
      ]);
      const stop = packs.flatMap((p) => p.rings.flatMap((ring) => ring.stops));
      const hours = Math.max(0, ...packs.map((p) => p.tellWithinHours));
      const at = now();
      const types = { tell: [...new Set(tell)], stop: [...new Set(stop)] };
      const facts = await factsToTell(client, town.district, range, at - hours * HOUR, types);
      await tellOf(client, town, facts, range.upTo, at);
      await stirSubscribers(client, town, range, at);
    },
  };
}

async function tellOf(
  client: pg.ClientBase,
  town: Town,
  facts: readonly Fact[],
  upTo: number,
  now: Instant,
): Promise<void> {
  const { caseAt, isStated } = await casesAt(client, town, facts, upTo);
  const notices: NewNotice[] = [];
  for (const fact of facts) {
    const after = caseAt(fact);
    if (isStated(fact.caseId)) continue;
    const pack = town.packs.get(after.scene);
    if (!pack) continue;
    const view = viewOf(town, fact, after);
    for (const ring of pack.notices.rings) await ringOf(client, town, pack, ring, fact, after, view);
    if (fact.occurredAt < now - pack.notices.tellWithinHours * HOUR) continue;
    for (const rule of pack.notices.rules) {
      if (!rule.on.includes(fact.type) || !rule.when(view)) continue;
      for (const told of targetsOf(town, rule.to, fact, after))
        notices.push(noticeOf(town, pack, rule, fact, told, now));
    }
  }
  await insertNotices(client, town.district, notices);
}

/** The case right after each fact, asked for in the order of the log; and whether another system states to have handled it. */
async function casesAt(
  client: pg.ClientBase,
  town: Town,
  facts: readonly Fact[],
  upTo: number,
): Promise<{ readonly caseAt: (fact: Fact) => Case; readonly isStated: (caseId: CaseId) => boolean }> {
  const ids: readonly CaseId[] = [...new Set(facts.map((fact) => fact.caseId))];
  const histories = await historiesUpTo(client, town.district, ids, upTo);
  const reached = new Map<CaseId, Case>();
  return {
    caseAt: ({ caseId, seq }) => {
      let c = reached.get(caseId);
      for (const fact of histories.get(caseId)!.slice(c?.seq ?? 0, seq)) c = evolve(c, fact);
      reached.set(caseId, c!);
      return c!;
    },
    isStated: (caseId) =>
      histories.get(caseId)!.some((fact) => fact.type === 'closed' && fact.data.how === 'stated'),
  };
}

/** What guards see: the case after the fact, and as `input` the fact's own plain fields and the `urgency` of its kind. */
function viewOf(town: Town, fact: Fact, after: Case): object {
  const urgency = town.kinds.get(after.kind)?.urgency ?? 'ordinary';
  const input: Record<string, string | boolean | bigint | readonly string[]> = { urgency };
  for (const [name, value] of Object.entries(fact.data)) {
    if (typeof value === 'string' || typeof value === 'boolean') input[name] = value;
    else if (Number.isSafeInteger(value)) input[name] = BigInt(value as number);
    else if (Array.isArray(value) && value.every((one) => typeof one === 'string')) input[name] = value;
  }
  const asked = { now: fact.recordedAt, routeClear: true, traits: [], late: after.latePassed, input };
  return guardView(after, asked);
}

/** Ends what this fact ends, then begins what it begins. A case that has come to an end rings no more. */
async function ringOf(
  client: pg.ClientBase,
  town: Town,
  pack: Pack,
  ring: RingRule,
  fact: Fact,
  after: Case,
  view: object,
): Promise<void> {
  const rule = ruleName(pack, ring.id);
  const { task } = fact.data as { task?: string };
  const stops = ring.stops.includes(fact.type) && ring.stopsWhen(view);
  const begins = ring.starts.includes(fact.type) && ring.startsWhen(view) && isOpenPhase(after.phase);
  if (stops || begins) {
    // A fact about one task ends that task's ring; one about the case (it was finished, dispatched anew) ends them all.
    const of = {
      caseId: fact.caseId,
      rule,
      before: fact.position,
      task: ring.of === 'task' ? (task ?? null) : null,
    };
    const reason = stops ? 'signed' : 'again';
    for (const { position } of await stopRings(client, town.district, of))
      await lapseRing(client, town.district, position, rule, reason);
  }
  const unit = ring.of === 'lead' ? after.lead?.unit : (fact.data as { unit?: string }).unit;
  if (!begins || unit === undefined) return;
  await startRing(client, town.district, {
    position: fact.position,
    rule,
    caseId: fact.caseId,
    unit,
    task: ring.of === 'task' ? (task ?? null) : null,
    startedAt: fact.recordedAt,
    step: 0,
    nextAt: fact.recordedAt + ring.ladder[0]!.after * 60_000,
  });
}

export function ruleName(pack: Pack, id: string): string {
  return `${pack.scene.id}.${id}`;
}

function noticeOf(town: Town, pack: Pack, rule: NoticeRule, fact: Fact, told: Told, now: Instant): NewNotice {
  const name = ruleName(pack, rule.id);
  // Several of one day are one notice: its id is made of the case and the local day.
  const { zone } = town.calendar;
  const day = isoInstant(fact.recordedAt + zone.offsetAt(fact.recordedAt)).slice(0, 10);
  const event = rule.once === 'day' ? `${fact.caseId}.${day}` : String(fact.position);
  return {
    id: noticeId(event, name, 0, told),
    position: fact.position,
    caseId: fact.caseId,
    rule: name,
    step: 0,
    target: told.target,
    targetCode: told.code,
    lane: laneOf(told, rule.urgent),
    ways: rule.ways,
    urgent: rule.urgent,
    madeAt: now,
  };
}

/** Made of what it tells of, by which rule and to whom: the same notice has the same id, whoever makes it and however often. */
export function noticeId(event: string, rule: string, step: number, told: Told): string {
  const target = createHash('sha256').update(`${told.target}:${told.code}`).digest('base64url').slice(0, 12);
  return `${event}.${rule}${step > 0 ? `.${step}` : ''}.${target}`;
}

/** What goes to one target goes in order; what is urgent does not wait for what is not. */
export function laneOf(told: Told, urgent: boolean): string {
  return `${told.target}:${told.code}${urgent ? ':urgent' : ''}`;
}

import { type CaseId, isoInstant, isRefusal, type Refusal, refuse } from '@gezhi/basis';
import { type Actor, type Case, type Fact, replay } from '@gezhi/cases';
import { factsAfter, historiesUpTo, wordsById } from '@gezhi/storage';
import { mayEdition } from '../editions/may-edition.ts';
import { mayIn, unitsAbove } from '../may.ts';
import { maySee } from '../powers/sight.ts';
import { processOf, type Town } from '../town.ts';

/** A page of a unit's feed: its lines, and the position to go on from, which moves even where nothing was the unit's. */
export type FeedPage = { readonly lines: readonly string[]; readonly next: number; readonly more: boolean };

const PAGE = 500;

/** A unit's own data are for its staff and for those above it. Refuses `no-such-unit`, `no-power` */
export function refuseFeed(town: Town, unit: string, by: Actor): Refusal | undefined {
  if (!town.units.has(unit)) return refuse('no-such-unit', `There is no unit "${unit}".`, { unit });
  const refused = mayEdition(town, 'feed.read', by, unit);
  return isRefusal(refused) ? refused : undefined;
}

/**
 * The facts after a position of the cases that a unit leads or helps, or did, in the order of the log, as lines of JSON. What was said
 * stands under `words`, by reference, only where the reader holds a power over the case as it stands, and was not erased. Cases about the
 * unit and secret ones that the reader may not see are left out whole. Reads a page of the log, whatever the unit has in it: some ms.
 */
export async function unitFeed(town: Town, unit: string, since: number, by: Actor): Promise<FeedPage> {
  const { pool } = town.db;
  const facts = await factsAfter(pool, town.district, since, PAGE);
  const next = facts.at(-1)?.position ?? since;
  const caseIds = [...new Set(facts.map(({ caseId }) => caseId))];
  const histories = await historiesUpTo(pool, town.district, caseIds, Number.MAX_SAFE_INTEGER);
  const own = new Map<CaseId, { readonly reads: boolean }>();
  for (const [caseId, history] of histories) {
    const c = replay(history);
    if (c && isOf(unit, history) && !isAgainst(town, unit, c) && maySee(town, c, by))
      own.set(caseId, { reads: reads(town, c, by) });
  }
  const mine = facts.filter(({ caseId }) => own.has(caseId));
  const readable = mine.filter(({ caseId }) => own.get(caseId)!.reads);
  const words = await wordsById(pool, town.district, readable.flatMap(refsIn));
  return {
    lines: mine.map((fact) => lineOf(fact, own.get(fact.caseId)!.reads, words)),
    next,
    more: facts.length === PAGE,
  };
}

function isOf(unit: string, history: readonly Fact[]): boolean {
  return history.some((fact) => {
    switch (fact.type) {
      case 'opened':
        return fact.data.lead?.unit === unit;
      case 'dispatched':
        return fact.data.lead.unit === unit || fact.data.coUnits.includes(unit);
      case 'tasked':
        return fact.data.unit === unit;
      default:
        return false;
    }
  });
}

function isAgainst(town: Town, unit: string, { against = [] }: Case): boolean {
  return against.some((about) => about === unit || unitsAbove(town, unit).includes(about));
}

function reads(town: Town, c: Case, by: Actor): boolean {
  const powers = new Set(Object.values(processOf(town, c).actions).map(({ power }) => power));
  return [...powers].some((power) => mayIn(town, power, c, by).allowed);
}

function lineOf(fact: Fact, isRead: boolean, words: ReadonlyMap<string, string>): string {
  const { position, caseId, seq, type, occurredAt, recordedAt, by, data, v } = fact;
  const said = isRead ? refsIn(fact).flatMap((id) => (words.has(id) ? [[id, words.get(id)!]] : [])) : [];
  return JSON.stringify({
    position,
    caseId,
    seq,
    type,
    v,
    occurredAt: isoInstant(occurredAt),
    recordedAt: isoInstant(recordedAt),
    by: by.post,
    data,
    ...(said.length > 0 ? { words: Object.fromEntries(said) } : {}),
  });
}

/** The ids of everything in a fact that words may lie under. */
function refsIn(fact: Fact): readonly string[] {
  const found: string[] = [];
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const { id, hash } = value as { id?: unknown; hash?: unknown };
    if (typeof id === 'string' && typeof hash === 'string') found.push(id);
    else for (const inner of Object.values(value)) look(inner);
  };
  look(fact.data);
  return found;
}

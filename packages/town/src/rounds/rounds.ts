import { type CaseId, csvTable, type Instant, isRefusal, type Refusal, refuse } from '@gezhi/basis';
import type { Actor } from '@gezhi/cases';
import {
  findRoundRows,
  insertVisit,
  listRoundRows,
  type RoundCount,
  type RoundFinding,
  type RoundRow,
  type RoundStopRow,
  type RoundVisitRow,
} from '@gezhi/storage';
import { refuseTime } from '../act.ts';
import { dayIn } from '../day-in.ts';
import { mayEdition } from '../editions/may-edition.ts';
import type { Incoming } from '../incoming.ts';
import { hiddenFrom } from '../powers/sight.ts';
import { takeIn } from '../take-in.ts';
import type { Town } from '../town.ts';

/** How far a round is, in places and things; nothing in it is of a person or a post. */
export type Coverage = {
  readonly stops: number;
  readonly visited: number;
  /** Visited, with nothing found at the last visit. */
  readonly clear: number;
  readonly findings: number;
};

export type RoundStop = RoundStopRow & {
  readonly name: string;
  readonly visits: number;
  readonly lastAt?: Instant;
  readonly findings: readonly RoundFinding[];
};

export type Round = RoundRow & { readonly coverage: Coverage; readonly places: readonly RoundStop[] };

/** What was seen at a stop: nothing, or findings, each an item of the checklist with words. `at`: when, where it is told later. */
export type RoundVisit = {
  readonly round: string;
  readonly stop: string;
  readonly findings: readonly { readonly item: string; readonly words: string }[];
  readonly at?: Instant;
};

/** All rounds, as they are counted; who may read them is asked by `roundsFor`. */
export async function listRounds(town: Town): Promise<readonly RoundCount[]> {
  return await listRoundRows(town.db.pool, town.district);
}

/** All rounds, for whoever holds `round.read`. */
export async function roundsFor(town: Town, by: Actor): Promise<readonly RoundCount[] | Refusal> {
  const holds = mayEdition(town, 'round.read', by);
  return isRefusal(holds) ? holds : await listRounds(town);
}

/** A round for whoever holds `round.read`: of what was found, the cases that they see. Refuses `no-power`, `no-such-round` */
export async function roundFor(town: Town, id: string, by: Actor): Promise<Round | Refusal> {
  const holds = mayEdition(town, 'round.read', by);
  if (isRefusal(holds)) return holds;
  const round = await findRound(town, id);
  if (!round) return refuse('no-such-round', `There is no round ${id} here.`);
  const found = round.places.flatMap(({ findings }) => findings.map((one) => one.case as CaseId));
  const hidden = await hiddenFrom(town, by, found);
  const places = round.places.map((stop) => ({
    ...stop,
    findings: stop.findings.filter((one) => !hidden.has(one.case as CaseId)),
  }));
  return { ...round, places };
}

/** A round with its stops, as they were visited. */
export async function findRound(town: Town, id: string): Promise<Round | undefined> {
  const found = await findRoundRows(town.db.pool, town.district, id);
  if (!found) return undefined;
  const byStop = Map.groupBy(found.visits, ({ stop }) => stop);
  const places = found.stops.map((stop) => stopOf(town, stop, byStop.get(stop.stop) ?? []));
  const visited = places.filter(({ visits }) => visits > 0);
  const coverage = {
    stops: places.length,
    visited: visited.length,
    clear: visited.filter(({ stop }) => byStop.get(stop)?.at(-1)?.findings.length === 0).length,
    findings: places.reduce((sum, { findings }) => sum + findings.length, 0),
  };
  return { ...found.round, coverage, places };
}

function stopOf(town: Town, stop: RoundStopRow, visits: readonly RoundVisitRow[]): RoundStop {
  const last = visits.at(-1);
  const name =
    stop.target === 'asset'
      ? town.assets.get(stop.stop)?.name
      : town.places.places.find(({ code, layer }) => code === stop.stop && layer === stop.layer)?.name;
  return {
    ...stop,
    name: name ?? stop.stop,
    visits: visits.length,
    findings: visits.flatMap(({ findings }) => findings),
    ...(last ? { lastAt: last.at } : {}),
  };
}

/**
 * Writes a visit down. Each finding comes in as what staff found themselves, and opens a case or joins one; nothing found is one step. By
 * a post of the unit that goes there or of the leading one, with `round.visit`, on a day of the round. The same `commandId` again is
 * taken once. It may be told up to two days later.
 *
 * Refuses `no-such-round`, `no-such-stop`, `not-your-unit`, `bad-time`, `round-not-open`, `bad-round`.
 */
export async function visitStop(
  town: Town,
  visit: RoundVisit,
  by: Actor,
  commandId: string,
  now: Instant,
): Promise<{ readonly findings: readonly RoundFinding[] } | Refusal> {
  const holds = mayEdition(town, 'round.visit', by);
  if (isRefusal(holds)) return holds;
  const round = await findRound(town, visit.round);
  if (!round) return refuse('no-such-round', `There is no round ${visit.round} here.`);
  const stop = round.places.find((one) => one.stop === visit.stop);
  if (!stop) return refuse('no-such-stop', `The round does not go to ${visit.stop}.`);
  const unit = town.posts.get(by.post)?.unit ?? '';
  if (unit !== stop.unit && unit !== round.leadUnit)
    return refuse('not-your-unit', 'Another unit goes there.', { unit: stop.unit });
  const at = visit.at ?? now;
  const untimely = refuseTime(at, now);
  if (untimely) return untimely;
  const today = dayIn(town, at);
  if (today < round.fromDay || today > round.toDay)
    return refuse('round-not-open', 'The round does not run on that day.', {
      from: round.fromDay,
      to: round.toDay,
    });
  const findings = await takeFindings(town, round, stop, visit, commandId, now);
  if (isRefusal(findings)) return findings;
  const row = { stop: stop.stop, at, unit, post: by.post, findings };
  await insertVisit(town.db.pool, town.district, round.id, row, commandId);
  return { findings };
}

async function takeFindings(
  town: Town,
  round: Round,
  stop: RoundStop,
  { findings, at }: RoundVisit,
  commandId: string,
  now: Instant,
): Promise<readonly RoundFinding[] | Refusal> {
  const signals: Incoming[] = [];
  for (const { item: id, words } of findings) {
    const item = round.items.find((one) => one.id === id);
    if (!item || !words)
      return refuse('bad-round', 'A finding names an item of the checklist and says what was found.', {
        item: id,
      });
    const kind = item.kind ?? round.kind;
    signals.push({
      source: `round/${round.id}`,
      id: `${commandId}/${id}`,
      type: 'gezhi.found',
      occurredAt: at ?? now,
      channel: 'field',
      words,
      found: true,
      ...(kind ? { kind } : {}),
      ...(stop.target === 'asset'
        ? { asset: stop.stop }
        : { statedPlaces: { [stop.layer ?? '']: stop.stop } }),
    });
  }
  if (signals.length === 0) return [];
  const receipts = await takeIn(town, signals, now);
  const refused = receipts.find(isRefusal);
  if (refused) return refused;
  return receipts.flatMap((receipt, i) =>
    isRefusal(receipt) ? [] : [{ item: findings[i]!.item, case: receipt.caseId }],
  );
}

/** The round as a table of places and things: `stop, name, unit, visits, last day, findings`. */
export function roundCsv(town: Town, round: Round): string {
  const rows = round.places.map(({ stop, name, unit, visits, lastAt, findings }) => [
    stop,
    name,
    town.units.get(unit)?.name ?? unit,
    visits,
    lastAt === undefined ? '' : dayIn(town, lastAt),
    findings.map((finding) => `${finding.item}:${finding.case}`).join(' '),
  ]);
  const head = ['stop', 'name', 'unit', 'visits', 'last_day', 'findings'];
  return csvTable([head, ...rows]);
}

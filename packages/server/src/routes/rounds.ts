import { isoInstant, isRefusal, parseInstant, type Refusal } from '@gezhi/basis';
import type { RoundRow } from '@gezhi/storage';
import {
  findRound,
  planRound as plan,
  type Round,
  type RoundPlan,
  roundCsv,
  roundFor,
  roundsFor,
  visitStop as visit,
} from '@gezhi/town';
import type { RouteAnswer, Turn } from '../mount-route.ts';

export async function listRounds({ town, actor }: Turn<'listRounds'>): Promise<RouteAnswer | Refusal> {
  const all = await roundsFor(town, actor!);
  if (isRefusal(all)) return all;
  const rounds = all.map((round) => ({
    ...headOf(round),
    stops: round.stops,
    visited: round.visited,
  }));
  return { status: 200, body: { rounds } };
}

export async function planRound({
  town,
  actor,
  body,
  now,
}: Turn<'planRound'>): Promise<RouteAnswer | Refusal> {
  const done = await plan(town, body as RoundPlan, actor!, now);
  if (isRefusal(done)) return done;
  return { status: 201, body: viewOf((await findRound(town, done.id))!) };
}

export async function getRound({ town, params, actor }: Turn<'getRound'>): Promise<RouteAnswer | Refusal> {
  const round = await roundFor(town, params.round, actor!);
  return isRefusal(round) ? round : { status: 200, body: viewOf(round) };
}

export async function visitStop({
  town,
  actor,
  params,
  body,
  now,
  app,
}: Turn<'visitStop'>): Promise<RouteAnswer | Refusal> {
  const { commandId, stop, findings, occurredAt } = body;
  const at = occurredAt === undefined ? now : parseInstant(occurredAt)!;
  const done = await visit(town, { round: params.round, stop, findings, at }, actor!, commandId, now);
  if (isRefusal(done)) return done;
  app.writes.count += 1;
  return { status: 200, body: done };
}

export async function exportRound({
  town,
  params,
  actor,
}: Turn<'exportRound'>): Promise<RouteAnswer | Refusal> {
  const round = await roundFor(town, params.round, actor!);
  if (isRefusal(round)) return round;
  return {
    status: 200,
    body: roundCsv(town, round),
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${round.id}.csv"`,
    },
  };
}

function headOf({ id, sort, titleZh, titleEn, kind, leadUnit, fromDay, toDay, basis }: RoundRow) {
  const title = { zh: titleZh, en: titleEn };
  return { id, sort, title, kind, lead: leadUnit, from: fromDay, to: toDay, basis };
}

function viewOf(round: Round): Record<string, unknown> {
  const places = round.places.map(({ stop, target, name, unit, visits, lastAt, findings }) => ({
    stop,
    target,
    name,
    unit,
    visits,
    ...(lastAt === undefined ? {} : { lastAt: isoInstant(lastAt) }),
    findings,
  }));
  return { ...headOf(round), checklist: round.items, coverage: round.coverage, places };
}

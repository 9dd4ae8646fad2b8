import { isRefusal, parseInstant, type Refusal } from '@gezhi/basis';
import { type EmergencyRow, listEmergencies as readEmergencies } from '@gezhi/storage';
import {
  declareEmergency as declare,
  emergencyNumber,
  endEmergency as end,
  reviewEmergency as review,
  type Town,
} from '@gezhi/town';
import type { FastifyInstance } from 'fastify';
import type { AppContext } from '../app-context.ts';
import { mountRoute, type RouteAnswer, type Turn } from '../mount-route.ts';
import { emergencyView } from '../views/emergency-view.ts';

export function mountEmergencies(server: FastifyInstance, app: AppContext): void {
  mountRoute(server, app, 'listEmergencies', listEmergencies);
  mountRoute(server, app, 'declareEmergency', declareEmergency);
  mountRoute(server, app, 'endEmergency', endEmergency);
  mountRoute(server, app, 'reviewEmergency', reviewEmergency);
}

/** The newest first. */
async function listEmergencies({ town, query, now }: Turn<'listEmergencies'>): Promise<RouteAnswer> {
  const { before, limit } = query;
  const rows = await readEmergencies(town.db.pool, town.district, { before }, limit + 1);
  const page = rows.slice(0, limit);
  const next = rows.length > limit ? page.at(-1)!.number : undefined;
  const emergencies = page.map((row) => emergencyView(town, row, now));
  return { status: 200, body: { emergencies, ...(next === undefined ? {} : { next }) } };
}

async function declareEmergency({
  town,
  body,
  actor,
  now,
}: Turn<'declareEmergency'>): Promise<RouteAnswer | Refusal> {
  const { renews, endsAt, ...order } = body;
  const follows = renews === undefined ? undefined : emergencyNumber(renews)!;
  const declaration = { ...order, endsAt: parseInstant(endsAt)!, renews: follows };
  return answer(town, await declare(town, declaration, actor!, now), now);
}

async function endEmergency(turn: Turn<'endEmergency'>): Promise<RouteAnswer | Refusal> {
  const { town, params, body, actor, now } = turn;
  const number = emergencyNumber(params.emergency)!;
  return answer(town, await end(town, { number, reason: body.reason }, actor!, now), now);
}

async function reviewEmergency(turn: Turn<'reviewEmergency'>): Promise<RouteAnswer | Refusal> {
  const { town, params, body, actor, now } = turn;
  const number = emergencyNumber(params.emergency)!;
  return answer(town, await review(town, { number, review: body.words }, actor!, now), now);
}

function answer(town: Town, done: EmergencyRow | Refusal, now: number): RouteAnswer | Refusal {
  return isRefusal(done) ? done : { status: 200, body: emergencyView(town, done, now) };
}

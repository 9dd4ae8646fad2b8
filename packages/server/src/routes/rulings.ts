import { isRefusal, type Refusal } from '@gezhi/basis';
import { listRulings as readRulings } from '@gezhi/storage';
import { orderRuling, rulingNumber } from '@gezhi/town';
import type { RouteAnswer, Turn } from '../mount-route.ts';
import { isTold, rulingView } from '../views/ruling-view.ts';

/** Rulings, the newest first. */
export async function listRulings({ town, query }: Turn<'listRulings'>): Promise<RouteAnswer> {
  const { state, kind, before, limit } = query;
  const filter = { before, ...(state ? { state } : {}), ...(kind ? { kind } : {}) };
  const rows = await readRulings(town.db.pool, town.district, filter, limit + 1);
  const page = rows.slice(0, limit);
  const next = rows.length > limit ? page.at(-1)!.number : undefined;
  const rulings = page.filter((row) => isTold(town, row)).map((row) => rulingView(town, row));
  return { status: 200, body: { rulings, ...(next === undefined ? {} : { next }) } };
}

/** The word of the catalogue's owner. */
export async function actOnRuling(turn: Turn<'actOnRuling'>): Promise<RouteAnswer | Refusal> {
  const { town, params, body, actor, now } = turn;
  const done = await orderRuling(town, { number: rulingNumber(params.ruling)!, ...body }, actor!, now);
  return isRefusal(done) ? done : { status: 200, body: rulingView(town, done) };
}

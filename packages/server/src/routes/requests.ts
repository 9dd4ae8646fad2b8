import { isRefusal, type Refusal, type RequestNumber, refuse } from '@gezhi/basis';
import { findMedia } from '@gezhi/storage';
import { refuseSightOf } from '@gezhi/town';
import { openRequest } from '../code-lock.ts';
import type { RouteAnswer, Turn } from '../mount-route.ts';
import { loadCase } from '../views/load-case.ts';
import { requestView } from '../views/request-view.ts';

/** The requester's own view. */
export async function getRequest(turn: Turn<'getRequest'>): Promise<RouteAnswer | Refusal> {
  const { town, params, query, now } = turn;
  const opened = await openRequest(town, params.number, query.code, turn);
  if (isRefusal(opened)) return opened;
  const loaded = await loadCase(town, opened.caseId);
  if (isRefusal(loaded)) return loaded;
  const view = requestView(town, opened.number, loaded, now);
  if (!view) return refuse('no-such-request', `Request ${opened.number} does not speak in its case.`);
  return { status: 200, body: view, headers: { 'cache-control': 'no-store' } };
}

/** A photo, for staff or for the requester whose number it came under. */
export async function getMedia(turn: Turn<'getMedia'>): Promise<RouteAnswer | Refusal> {
  const { town, params, query, actor } = turn;
  if (!actor && query.code === undefined)
    return refuse('code-needed', 'A photo is for staff and its requester.');
  const media = await findMedia(town.db.pool, town.district, params.id);
  if (!media || (!actor && media.number === null)) return noSuchMedia(params.id);
  const unseen = actor && (await refuseSightOf(town, media.case_id, actor));
  if (unseen) return unseen.code === 'no-power' ? unseen : noSuchMedia(params.id);
  if (!actor) {
    const opened = await openRequest(town, media.number as RequestNumber, query.code, turn);
    if (isRefusal(opened)) return opened;
  }
  const headers = {
    'content-type': media.type,
    'content-disposition': `inline; filename="${params.id}.jpg"`,
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': 'private, max-age=3600',
  };
  return { status: 200, body: media.bytes, headers };
}

function noSuchMedia(id: string): Refusal {
  return refuse('no-such-media', `There is no photo ${id}.`);
}

import { isRefusal, type Refusal, type RequestNumber, refuse } from '@gezhi/basis';
import { findMedia, isReleasedPhoto } from '@gezhi/storage';
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

/** A photo or a sound, for staff or for the requester whose number it came under; for everybody where a person released it with a public case. */
export async function getMedia(turn: Turn<'getMedia'>): Promise<RouteAnswer | Refusal> {
  const { town, params, query, actor } = turn;
  const media = await findMedia(town.db.pool, town.district, params.id);
  if (!actor && query.code === undefined) {
    const isReleased =
      media && (await isReleasedPhoto(town.db.pool, town.district, media.case_id, params.id));
    return isReleased
      ? shown(params.id, media)
      : refuse('code-needed', 'A photo is for staff and its requester.');
  }
  if (!media || (!actor && media.number === null)) return noSuchMedia(params.id);
  const unseen = actor && (await refuseSightOf(town, media.case_id, actor));
  if (unseen) return unseen.code === 'no-power' ? unseen : noSuchMedia(params.id);
  if (!actor) {
    const opened = await openRequest(town, media.number as RequestNumber, query.code, turn);
    if (isRefusal(opened)) return opened;
  }
  return shown(params.id, media);
}

function shown(id: string, { type, bytes }: { readonly type: string; readonly bytes: Buffer }): RouteAnswer {
  const ending = type === 'image/jpeg' ? 'jpg' : type.replace(/^.*\//, '');
  const headers = {
    'content-type': type,
    'content-disposition': `inline; filename="${id}.${ending}"`,
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': 'private, max-age=3600',
  };
  return { status: 200, body: bytes, headers };
}

function noSuchMedia(id: string): Refusal {
  return refuse('no-such-media', `There is no photo ${id}.`);
}

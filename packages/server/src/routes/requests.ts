import { type CaseId, isRefusal, type Refusal, type RequestNumber, refuse } from '@gezhi/basis';
import type { RouteName } from '@gezhi/contract';
import { findMedia, isReleasedPhoto } from '@gezhi/storage';
import { openRequest } from '../code-lock.ts';
import { visitOfTurn } from '../console/visit-of-turn.ts';
import type { RouteAnswer, Turn } from '../mount-route.ts';
import { mayRead } from '../pages/case/case-view.ts';
import { seenCaseView } from '../pages/kit/unseen.ts';
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

/** A photo or a sound, for staff who may read what was said or for the requester whose number it came under; for everybody where a person released it with a public case. */
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
  const refused = actor
    ? await unreadable(turn, media.case_id)
    : await openRequest(town, media.number as RequestNumber, query.code, turn);
  if (isRefusal(refused)) return refused.code === 'no-such-case' ? noSuchMedia(params.id) : refused;
  return shown(params.id, media);
}

/** Why this post sees no photo of a case: what shows a home says as much as words do. */
async function unreadable(turn: Turn<'getMedia'>, caseId: CaseId): Promise<Refusal | undefined> {
  const visit = visitOfTurn(turn as unknown as Turn<RouteName>);
  if (isRefusal(visit)) return visit;
  const view = await seenCaseView(visit, caseId);
  if (isRefusal(view)) return view;
  if (mayRead(visit.town, view, visit.staff)) return undefined;
  return refuse('no-power', 'Photos are for whoever may read what was said.');
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

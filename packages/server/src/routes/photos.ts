import { type CaseId, isRefusal, type Refusal, refuse } from '@gezhi/basis';
import type { Actor } from '@gezhi/cases';
import { addPhoto, type ReadPhoto, type ReadSound, readMedia, refuseSightOf } from '@gezhi/town';
import { openRequest } from '../code-lock.ts';
import type { RouteAnswer, Turn } from '../mount-route.ts';
import { uploadOf } from './uploads.ts';

const PHOTOS_MAX = 6;

/** A requester adds photos to their own request. */
export async function addRequestPhotos(turn: Turn<'addRequestPhotos'>): Promise<RouteAnswer | Refusal> {
  const opened = await openRequest(turn.town, turn.params.number, turn.query.code, turn);
  if (isRefusal(opened)) return opened;
  const by = turn.actor ?? { post: 'requester' };
  const once = turn.query.upload ?? turn.now;
  return await addAll(turn, opened, by, `request/${opened.number}/${once}`);
}

/** Somebody on a post adds photos to a case. */
export async function addCasePhotos(turn: Turn<'addCasePhotos'>): Promise<RouteAnswer | Refusal> {
  const { actor, params, query } = turn;
  if (!actor) return refuse('no-token', 'This is for staff.');
  const caseId = params.id as CaseId;
  const unseen = await refuseSightOf(turn.town, caseId, actor);
  if (unseen) return unseen;
  return await addAll(turn, { caseId }, actor, query.commandId);
}

async function addAll(
  turn: Turn<'addRequestPhotos'> | Turn<'addCasePhotos'>,
  to: { readonly caseId: CaseId; readonly number?: string },
  by: Actor,
  commandId: string,
): Promise<RouteAnswer | Refusal> {
  const photos = await readFiles(turn);
  if (isRefusal(photos)) return photos;
  const kept: { id: string; link: string }[] = [];
  for (const [i, photo] of photos.entries()) {
    const order = { commandId: `${commandId}/${i}`, by, public: false, ...to };
    const added = await addPhoto(turn.town, order, photo, turn.now);
    if (isRefusal(added)) return added;
    kept.push({ id: added.media, link: `/api/media/${added.media}` });
  }
  turn.app.writes.count += 1;
  return { status: 201, body: { photos: kept } };
}

/** The files of the form, or the one that came in pieces before. All files are read before the first is kept, so that a bad one leaves nothing half done. */
async function readFiles(
  turn: Turn<'addRequestPhotos'> | Turn<'addCasePhotos'>,
): Promise<readonly (ReadPhoto | ReadSound)[] | Refusal> {
  const { upload } = turn.query;
  if (upload !== undefined) {
    const bytes = await uploadOf(turn.town, upload);
    const read = isRefusal(bytes) ? bytes : await readMedia(bytes);
    return isRefusal(read) ? read : [read];
  }
  const photos: (ReadPhoto | ReadSound)[] = [];
  for await (const file of turn.request.files({ limits: { files: PHOTOS_MAX } })) {
    const photo = await readMedia(await file.toBuffer());
    if (isRefusal(photo)) return photo;
    photos.push(photo);
  }
  return photos.length > 0 ? photos : refuse('no-photo', 'The form brought no file.');
}

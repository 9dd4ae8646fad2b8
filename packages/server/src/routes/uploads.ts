import { type Refusal, refuse } from '@gezhi/basis';
import { addUploadPart, readUpload, uploadedSize } from '@gezhi/storage';
import { PHOTO_BYTES_MAX, type Town } from '@gezhi/town';
import type { FastifyInstance } from 'fastify';
import type { AppContext } from '../app-context.ts';
import { mountRoute, type RouteAnswer, type Turn } from '../mount-route.ts';

/** One piece at most; our apps send 64 KB. */
const PIECE_BYTES_MAX = 512 * 1024;
const PRIVATE = { 'cache-control': 'no-store' };

/** Photos and sounds in pieces, for networks that break off: as tus does it, with one route to ask and one to go on. */
export function mountUploads(server: FastifyInstance, app: AppContext): void {
  server.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  );
  mountRoute(server, app, 'getUpload', getUpload);
  mountRoute(server, app, 'putUpload', putUpload, { readsBody: false, bodyLimit: PIECE_BYTES_MAX });
}

async function getUpload({ town, params }: Turn<'getUpload'>): Promise<RouteAnswer> {
  const offset = await uploadedSize(town.db.pool, town.district, params.id);
  return { status: 200, body: { offset }, headers: PRIVATE };
}

/** Takes the next piece in. Whatever came, the answer says where to go on. Refuses `no-photo` for what is too large, `uploads-full`. */
async function putUpload(turn: Turn<'putUpload'>): Promise<RouteAnswer | Refusal> {
  const { town, params, query, request, now } = turn;
  const bytes = request.body;
  if (!Buffer.isBuffer(bytes)) return refuse('bad-input', 'Send the piece as octets.', { field: 'body' });
  if (query.offset + bytes.length > PHOTO_BYTES_MAX)
    return refuse('no-photo', `A file has at most ${PHOTO_BYTES_MAX} bytes.`);
  const piece = { upload: params.id, start: query.offset, bytes };
  const offset = await addUploadPart(town.db.pool, town.district, piece, now);
  if (offset === undefined) return refuse('uploads-full', 'Too many files wait here.');
  return { status: 200, body: { offset }, headers: PRIVATE };
}

/** A file that was sent in pieces. Refuses `no-such-upload` where nothing is here, or it was swept. */
export async function uploadOf(town: Town, id: string): Promise<Buffer | Refusal> {
  const bytes = await readUpload(town.db.pool, town.district, id);
  return bytes ?? refuse('no-such-upload', `Nothing of the upload "${id}" is here.`);
}

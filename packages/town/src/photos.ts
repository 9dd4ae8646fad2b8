import { createHash, createHmac } from 'node:crypto';
import { type CaseId, type Instant, isRefusal, type Refusal, refuse } from '@gezhi/basis';
import type { Actor } from '@gezhi/cases';
import { deleteMedia, insertMedia, inTransaction } from '@gezhi/storage';
import sharp from 'sharp';
import { act, type Done } from './act.ts';
import type { Town } from './town.ts';
import { someRandom } from './words.ts';

/** A photo as it is kept: re-encoded, upright, without metadata. */
export type ReadPhoto = {
  readonly type: 'image/jpeg';
  readonly bytes: Buffer;
  readonly width: number;
  readonly height: number;
};

export type PhotoOrder = {
  readonly commandId: string;
  readonly caseId: CaseId;
  readonly by: Actor;
  readonly number?: string;
  readonly public: boolean;
};

export const PHOTO_BYTES_MAX = 10 * 1024 * 1024;
/** The longer side of a photo as it is kept. */
const SIDE_MAX = 2048;
/** A picture of 50 megapixels is the largest a telephone makes; beyond that a small file that unfolds into memory is meant as a bomb. */
const PIXELS_MAX = 50_000_000;

/** A picture unfolds to 150 MB while it is written anew: so many at once in a process, the others wait for them. */
const AT_ONCE = 2;

const lanes: Promise<unknown>[] = Array.from({ length: AT_ONCE }, () => Promise.resolve());
let turns = 0;

/** Does the work when those before it in the same lane have ended, however they ended. */
function inLane<T>(work: () => Promise<T>): Promise<T> {
  const lane = turns % AT_ONCE;
  turns += 1;
  const mine = lanes[lane]!.then(work, work);
  lanes[lane] = mine;
  return mine;
}

/**
 * Reads a photo: its type is told by its first bytes, whatever its name or header said, and its pixels are written anew, so that
 * place, time and device (EXIF, XMP, comments) and anything hidden behind the picture are gone. Refuses `no-photo`, saying why.
 */
export async function readPhoto(bytes: Buffer): Promise<ReadPhoto | Refusal> {
  if (bytes.length > PHOTO_BYTES_MAX) {
    return refuse('no-photo', `The file has ${bytes.length} bytes; at most ${PHOTO_BYTES_MAX} are taken.`);
  }
  if (!isPicture(bytes)) return refuse('no-photo', 'The file is no JPEG, PNG, WebP or GIF.');
  return await inLane(() => writeAnew(bytes));
}

async function writeAnew(bytes: Buffer): Promise<ReadPhoto | Refusal> {
  try {
    const { data, info } = await sharp(bytes, {
      limitInputPixels: PIXELS_MAX,
      failOn: 'error',
      animated: false,
    })
      .rotate()
      .resize({ width: SIDE_MAX, height: SIDE_MAX, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: 82 })
      .toBuffer({ resolveWithObject: true });
    return { type: 'image/jpeg', bytes: data, width: info.width, height: info.height };
  } catch (error) {
    return refuse('no-photo', `The picture cannot be read: ${(error as Error).message}.`);
  }
}

function isPicture(bytes: Buffer): boolean {
  const head = bytes.subarray(0, 12);
  const text = head.toString('latin1');
  return (
    (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) ||
    text.startsWith('\x89PNG\r\n\x1a\n') ||
    text.startsWith('GIF87a') ||
    text.startsWith('GIF89a') ||
    (text.startsWith('RIFF') && text.slice(8) === 'WEBP')
  );
}

/**
 * Adds a photo, or a sound, to a case: the content into the erasable tables under the hash of its content, and a fact that holds its id and a
 * salted hash. The same `commandId` again adds nothing. Refuses what `act` refuses; then nothing stays behind.
 */
export async function addPhoto(
  town: Town,
  order: PhotoOrder,
  photo: { readonly type: string; readonly bytes: Buffer },
  now: Instant,
): Promise<(Done & { readonly media: string }) | Refusal> {
  const { commandId, caseId, by, number } = order;
  const id = mediaId(town, commandId);
  const salt = Buffer.from(someRandom(16));
  const hash = createHash('sha256').update(salt).update(photo.bytes).digest('base64url');
  const contentHash = createHash('sha256').update(photo.bytes).digest();
  const { type, bytes } = photo;
  await inTransaction(town.db.pool, (client) =>
    insertMedia(client, town.district, {
      id,
      caseId,
      number: number ?? null,
      salt,
      type,
      contentHash,
      bytes,
    }),
  );
  const done = await act(
    town,
    {
      commandId,
      caseId,
      by,
      action: actionOf(town),
      input: { media: { id, hash }, ...(number ? { number } : {}), public: order.public },
    },
    now,
  );
  if (isRefusal(done)) {
    await inTransaction(town.db.pool, (client) => deleteMedia(client, town.district, id));
    return done;
  }
  return { ...done, media: id };
}

/** The same for the same command, so that sending it twice keeps one picture; nobody without our secret can tell it (UUID version 8). */
function mediaId(town: Town, commandId: string): string {
  const bytes = createHmac('sha256', town.secret).update(`media:${town.district}/${commandId}`).digest();
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** What the scene calls the act. */
function actionOf(town: Town): string {
  const action = Object.values(town.pack.process.actions).find(({ act }) => act === 'photograph');
  return action?.name ?? 'photograph';
}

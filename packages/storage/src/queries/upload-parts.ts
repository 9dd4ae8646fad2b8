import { createHash } from 'node:crypto';
import type { Instant } from '@gezhi/basis';
import type pg from 'pg';
import { openColumn, sealerOf } from '../sealed-columns.ts';

type Client = pg.Pool | pg.ClientBase;

/** Pieces that wait to become photos, of the whole district, at most. */
const WAITING_MAX_BYTES = 2 * 1024 ** 3;

function belongs(district: string, upload: string, start: number): readonly string[] {
  return [district, 'upload', createHash('sha256').update(upload).digest('base64url'), String(start)];
}

/** How much of an upload is here. */
export async function uploadedSize(client: Client, district: string, upload: string): Promise<number> {
  const { rows } = await client.query<{ size: number }>({
    name: 'uploaded-size',
    text: `SELECT coalesce(max(start + size), 0) AS size FROM upload_part WHERE district = $1 AND upload = $2`,
    values: [district, upload],
  });
  return rows[0]?.size ?? 0;
}

/**
 * Adds the piece that begins where the last one ended; any other is left aside. Answers how much is here now: whoever sent it goes on from there. Nothing where too
 * much waits in this district. Three round trips at most.
 */
export async function addUploadPart(
  client: Client,
  district: string,
  { upload, start, bytes }: { readonly upload: string; readonly start: number; readonly bytes: Buffer },
  now: Instant,
): Promise<number | undefined> {
  const here = await uploadedSize(client, district, upload);
  if (start !== here || bytes.length === 0) return here;
  if (start === 0 && (await isFull(client, district))) return undefined;
  const sealer = sealerOf(client);
  const kept = sealer ? await sealer.seal(belongs(district, upload, start), bytes) : bytes;
  const { rowCount } = await client.query(
    `INSERT INTO upload_part (district, upload, start, size, bytes, sealed, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT DO NOTHING`,
    [district, upload, start, bytes.length, kept, sealer !== undefined, new Date(now).toISOString()],
  );
  // Somebody sent the same piece at the same moment, perhaps another length of it.
  return rowCount === 1 ? start + bytes.length : await uploadedSize(client, district, upload);
}

async function isFull(client: Client, district: string): Promise<boolean> {
  const { rows } = await client.query<{ full: boolean }>({
    name: 'uploads-full',
    text: 'SELECT coalesce(sum(size), 0) >= $2 AS full FROM upload_part WHERE district = $1',
    values: [district, WAITING_MAX_BYTES],
  });
  return rows[0]!.full;
}

/** What was sent so far; nothing where there is no such upload. It stays until it is swept, so that asking twice is harmless. */
export async function readUpload(
  client: Client,
  district: string,
  upload: string,
): Promise<Buffer | undefined> {
  const { rows } = await client.query<{ start: number; bytes: Buffer; sealed: boolean }>(
    'SELECT start, bytes, sealed FROM upload_part WHERE district = $1 AND upload = $2 ORDER BY start',
    [district, upload],
  );
  if (rows.length === 0) return undefined;
  const parts = rows.map(async ({ start, bytes, sealed }) =>
    sealed ? await openColumn(client, belongs(district, upload, start), bytes) : bytes,
  );
  return Buffer.concat(await Promise.all(parts));
}

/** Takes away what nobody has gone on with since then. Answers how many pieces. */
export async function sweepUploads(client: Client, district: string, before: Instant): Promise<number> {
  const { rowCount } = await client.query('DELETE FROM upload_part WHERE district = $1 AND made_at < $2', [
    district,
    new Date(before).toISOString(),
  ]);
  return rowCount ?? 0;
}

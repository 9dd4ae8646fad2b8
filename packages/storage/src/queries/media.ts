import type { CaseId } from '@gezhi/basis';
import type pg from 'pg';
import { mediaBelongs, openColumn, sealerOf } from '../sealed-columns.ts';

/** A photo. The content lies once under its own SHA-256, however many photos are the same picture. */
export type MediaRow = {
  readonly id: string;
  readonly caseId: CaseId;
  readonly number: string | null;
  readonly salt: Buffer;
  readonly type: string;
  readonly contentHash: Buffer;
  readonly bytes: Buffer;
};

/** Keeps a photo, sealed where a vault is open on the connection. */
export async function insertMedia(client: pg.ClientBase, district: string, row: MediaRow): Promise<void> {
  const sealer = sealerOf(client);
  const bytes = sealer ? await sealer.seal(mediaBelongs(district, row.contentHash), row.bytes) : row.bytes;
  await client.query(
    'INSERT INTO media_content (district, hash, bytes, sealed) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
    [district, row.contentHash, bytes, sealer !== undefined],
  );
  await client.query(
    `INSERT INTO media (district, id, case_id, number, salt, type, content) VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT DO NOTHING`,
    [district, row.id, row.caseId, row.number, row.salt, row.type, row.contentHash],
  );
}

/** Takes a photo away, and its content where no other photo is the same picture. */
export async function deleteMedia(client: pg.ClientBase, district: string, id: string): Promise<void> {
  await client.query(
    `WITH gone AS (DELETE FROM media WHERE district = $1 AND id = $2 RETURNING id, content)
     DELETE FROM media_content m USING gone WHERE m.district = $1 AND m.hash = gone.content
       AND NOT EXISTS (SELECT FROM media o WHERE o.district = $1 AND o.content = gone.content AND o.id <> gone.id)`,
    [district, id],
  );
}

export type FoundMedia = {
  readonly case_id: CaseId;
  readonly number: string | null;
  readonly type: string;
  readonly bytes: Buffer;
};

export async function findMedia(
  client: pg.Pool | pg.ClientBase,
  district: string,
  id: string,
): Promise<FoundMedia | undefined> {
  const { rows } = await client.query<FoundMedia & { hash: Buffer; sealed: boolean }>({
    name: 'find-media',
    text: `SELECT m.case_id, m.number, m.type, c.hash, c.bytes, c.sealed FROM media m
           JOIN media_content c ON c.district = m.district AND c.hash = m.content
           WHERE m.district = $1 AND m.id = $2 AND m.stored_until IS NULL`,
    values: [district, id],
  });
  const row = rows[0];
  if (!row) return undefined;
  const { case_id, number, type, hash, sealed } = row;
  const bytes = sealed ? await openColumn(client, mediaBelongs(district, hash), row.bytes) : row.bytes;
  return { case_id, number, type, bytes };
}

import type pg from 'pg';
import { mediaBelongs, releaseBelongs, sealerOf, sealSaid } from '../sealed-columns.ts';
import { inTransaction } from './transaction.ts';

/**
 * Seals words, photos and what was released of them that still lie in clear, a batch of each in one transaction, so that each lies in one way
 * whenever it stops. Answers how many it sealed; 0 where none is left. Needs a sealer on the pool.
 */
export async function sealClearRows(pool: pg.Pool, district: string, batchMax: number): Promise<number> {
  if (!sealerOf(pool)) return 0;
  return await inTransaction(pool, async (client) => {
    const words = await sealWords(client, district, batchMax);
    const released = await sealReleased(client, district, batchMax);
    return words + released + (await sealMedia(client, district, Math.ceil(batchMax / PHOTO_ROWS)));
  });
}

/** A photo is as long as so many texts. */
const PHOTO_ROWS = 50;

async function sealWords(client: pg.ClientBase, district: string, batchMax: number): Promise<number> {
  const { rows } = await client.query<{
    case_id: string;
    id: string;
    said: string;
    place_said: string | null;
  }>(
    `SELECT case_id, id, said, place_said FROM words WHERE district = $1 AND sealed IS NULL AND said <> ''
     LIMIT $2 FOR UPDATE SKIP LOCKED`,
    [district, batchMax],
  );
  if (rows.length === 0) return 0;
  const sealed: (Buffer | null)[] = [];
  for (const { id, said, place_said: placeSaid } of rows)
    sealed.push((await sealSaid(client, district, id, { said, placeSaid })).sealed);
  await client.query(
    `UPDATE words w SET said = NULL, place_said = NULL, sealed = n.sealed
     FROM unnest($2::uuid[], $3::uuid[], $4::bytea[]) AS n(case_id, id, sealed)
     WHERE w.district = $1 AND w.case_id = n.case_id AND w.id = n.id`,
    [district, rows.map((row) => row.case_id), rows.map((row) => row.id), sealed],
  );
  return rows.length;
}

async function sealReleased(client: pg.ClientBase, district: string, batchMax: number): Promise<number> {
  const sealer = sealerOf(client);
  if (!sealer) return 0;
  const { rows } = await client.query<{ case_id: string; said: string }>(
    `SELECT case_id, said FROM public_release WHERE district = $1 AND said IS NOT NULL LIMIT $2 FOR UPDATE SKIP LOCKED`,
    [district, batchMax],
  );
  for (const { case_id, said } of rows) {
    await client.query(
      'UPDATE public_release SET said = NULL, sealed = $3 WHERE district = $1 AND case_id = $2',
      [district, case_id, await sealer.seal(releaseBelongs(district, case_id), Buffer.from(said, 'utf8'))],
    );
  }
  return rows.length;
}

async function sealMedia(client: pg.ClientBase, district: string, batchMax: number): Promise<number> {
  const sealer = sealerOf(client);
  if (!sealer) return 0;
  const { rows } = await client.query<{ hash: Buffer; bytes: Buffer }>(
    'SELECT hash, bytes FROM media_content WHERE district = $1 AND NOT sealed LIMIT $2 FOR UPDATE SKIP LOCKED',
    [district, batchMax],
  );
  for (const { hash, bytes } of rows) {
    await client.query(
      'UPDATE media_content SET bytes = $3, sealed = true WHERE district = $1 AND hash = $2',
      [district, hash, await sealer.seal(mediaBelongs(district, hash), bytes)],
    );
  }
  return rows.length;
}

/** Writes what is sealed under another master key than the current one anew; the values themselves stay. */
export type Rewrap = {
  /** How everything begins that needs nothing. */
  readonly head: Buffer;
  readonly rewrap: (sealed: Buffer) => Promise<Buffer>;
};

/**
 * Wraps the keys of words and photos anew, a batch in one transaction while they are read; begun again, it goes on. Answers how many.
 *
 * @param done is told after each batch how many were wrapped by it
 */
export async function rewrapRows(
  pool: pg.Pool,
  district: string,
  rewrap: Rewrap,
  options: {
    readonly batchMax: number;
    readonly stopping: () => boolean;
    readonly done?: (rows: number) => void;
  },
): Promise<number> {
  let all = 0;
  for (const some of [rewrapWords, rewrapReleased, rewrapMedia]) {
    let after = '';
    for (;;) {
      if (options.stopping()) return all;
      const from = after;
      const batch = await inTransaction(pool, (client) =>
        some(client, district, rewrap, from, options.batchMax),
      );
      all += batch.rows;
      options.done?.(batch.rows);
      if (batch.last === undefined) break;
      after = batch.last;
    }
  }
  return all;
}

type Rewrapped = { readonly rows: number; readonly last: string | undefined };

/** By case and id, so that no row is looked at twice. */
async function rewrapWords(
  client: pg.ClientBase,
  district: string,
  { head, rewrap }: Rewrap,
  after: string,
  batchMax: number,
): Promise<Rewrapped> {
  const [caseId, id] = after === '' ? [FIRST_ID, FIRST_ID] : after.split(' ');
  const { rows } = await client.query<{ case_id: string; id: string; sealed: Buffer }>(
    `SELECT case_id, id, sealed FROM words WHERE district = $1 AND (case_id, id) > ($2::uuid, $3::uuid)
       AND sealed IS NOT NULL AND substr(sealed, 1, $4) <> $5
     ORDER BY case_id, id LIMIT $6 FOR UPDATE`,
    [district, caseId, id, head.length, head, batchMax],
  );
  const fresh: Buffer[] = [];
  for (const row of rows) fresh.push(await rewrap(row.sealed));
  await client.query(
    `UPDATE words w SET sealed = n.sealed FROM unnest($2::uuid[], $3::uuid[], $4::bytea[]) AS n(case_id, id, sealed)
     WHERE w.district = $1 AND w.case_id = n.case_id AND w.id = n.id`,
    [district, rows.map((row) => row.case_id), rows.map((row) => row.id), fresh],
  );
  const last = rows.length < batchMax ? undefined : rows.at(-1);
  return { rows: rows.length, last: last && `${last.case_id} ${last.id}` };
}

const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/** What was released is little: a case at a time. */
async function rewrapReleased(
  client: pg.ClientBase,
  district: string,
  { head, rewrap }: Rewrap,
  after: string,
): Promise<Rewrapped> {
  const { rows } = await client.query<{ case_id: string; sealed: Buffer }>(
    `SELECT case_id, sealed FROM public_release WHERE district = $1 AND case_id > $2::uuid
       AND sealed IS NOT NULL AND substr(sealed, 1, $3) <> $4
     ORDER BY case_id LIMIT 1 FOR UPDATE`,
    [district, after || FIRST_ID, head.length, head],
  );
  const row = rows[0];
  if (!row) return { rows: 0, last: undefined };
  await client.query('UPDATE public_release SET sealed = $3 WHERE district = $1 AND case_id = $2', [
    district,
    row.case_id,
    await rewrap(row.sealed),
  ]);
  return { rows: 1, last: row.case_id };
}

/** A photo at a time: each is up to some megabytes. */
async function rewrapMedia(
  client: pg.ClientBase,
  district: string,
  { head, rewrap }: Rewrap,
  after: string,
): Promise<Rewrapped> {
  const { rows } = await client.query<{ hash: Buffer; bytes: Buffer }>(
    `SELECT hash, bytes FROM media_content WHERE district = $1 AND hash > $2 AND sealed AND substr(bytes, 1, $3) <> $4
     ORDER BY hash LIMIT 1 FOR UPDATE`,
    [district, Buffer.from(after, 'hex'), head.length, head],
  );
  const row = rows[0];
  if (!row) return { rows: 0, last: undefined };
  await client.query('UPDATE media_content SET bytes = $3 WHERE district = $1 AND hash = $2', [
    district,
    row.hash,
    await rewrap(row.bytes),
  ]);
  return { rows: 1, last: row.hash.toString('hex') };
}

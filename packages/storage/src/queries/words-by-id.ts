import type pg from 'pg';
import { openRows, type SaidCells } from '../sealed-columns.ts';

/** What was said under these ids; erased words are absent. One round trip. */
export async function wordsById(
  client: pg.Pool | pg.ClientBase,
  district: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const { rows } = await client.query<SaidCells>({
    name: 'words-by-id',
    text: 'SELECT id, said, place_said, sealed FROM words WHERE district = $1 AND id = ANY($2) AND stored_until IS NULL',
    values: [district, ids],
  });
  return new Map((await openRows(client, district, rows)).map(({ id, said }) => [id, said]));
}

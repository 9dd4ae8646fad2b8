import type pg from 'pg';

/** What was said under these ids; erased words are absent. One round trip. */
export async function wordsById(
  client: pg.Pool | pg.ClientBase,
  district: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const { rows } = await client.query<{ id: string; said: string }>({
    name: 'words-by-id',
    text: 'SELECT id, said FROM words WHERE district = $1 AND id = ANY($2)',
    values: [district, ids],
  });
  return new Map(rows.map(({ id, said }) => [id, said]));
}

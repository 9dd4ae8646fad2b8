import type { Town } from '@gezhi/town';

/** What was said under these references; erased words are absent. One round trip. */
export async function wordsById(town: Town, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const { rows } = await town.db.pool.query<{ id: string; said: string }>({
    name: 'words-by-id',
    text: 'SELECT id, said FROM words WHERE district = $1 AND id = ANY($2)',
    values: [town.district, ids],
  });
  return new Map(rows.map(({ id, said }) => [id, said]));
}

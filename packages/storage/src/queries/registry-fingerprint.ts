import type pg from 'pg';

/** A text that changes whenever what some district knows does. Cheap: an aggregate over some ten thousand small rows. */
export async function registryFingerprint(client: pg.Pool | pg.ClientBase): Promise<string> {
  const { rows } = await client.query<{ seen: string }>({
    name: 'registry-fingerprint',
    text: `SELECT (SELECT count(*) || '/' || coalesce(extract(epoch FROM max(known_from))::text, '') FROM registry)
      || '/' || coalesce((SELECT md5(string_agg(district || town::text, '' ORDER BY district)) FROM district), '') AS seen`,
  });
  return rows[0]!.seen;
}

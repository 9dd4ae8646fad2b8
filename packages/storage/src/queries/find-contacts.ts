import type pg from 'pg';

/** Who asked, who reported for them and whom to reach, of these requests; erased ones are absent. */
export async function findContacts(
  client: pg.Pool | pg.ClientBase,
  district: string,
  numbers: readonly string[],
): Promise<readonly { number: string; role: string; person: unknown }[]> {
  if (numbers.length === 0) return [];
  const { rows } = await client.query<{ number: string; role: string; person: unknown }>({
    name: 'find-contacts',
    text: 'SELECT number, role, person FROM contact WHERE district = $1 AND number = ANY($2)',
    values: [district, numbers],
  });
  return rows;
}

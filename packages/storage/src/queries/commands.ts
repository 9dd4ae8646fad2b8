import type { Instant } from '@gezhi/basis';
import type pg from 'pg';

/** What a command answered when it was carried out; `undefined` where it was not. */
export async function keptAnswer(pool: pg.Pool, district: string, commandId: string): Promise<unknown> {
  const { rows } = await pool.query<{ answer: unknown }>({
    name: 'kept-answer',
    text: 'SELECT answer FROM command WHERE district = $1 AND command_id = $2',
    values: [district, commandId],
  });
  return rows[0]?.answer;
}

/** Keeps it, in the transaction that carries the command out. @throws 23505 where somebody else was first */
export async function keepAnswer(
  client: pg.ClientBase,
  district: string,
  commandId: string,
  at: Instant,
  answer: unknown,
): Promise<void> {
  await client.query({
    name: 'keep-answer',
    text: 'INSERT INTO command (district, command_id, at, answer) VALUES ($1, $2, $3, $4)',
    values: [district, commandId, new Date(at).toISOString(), JSON.stringify(answer)],
  });
}

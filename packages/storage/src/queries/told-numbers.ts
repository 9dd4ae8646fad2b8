import type { RequestNumber } from '@gezhi/basis';
import type pg from 'pg';

/** Keeps a second number that was told for a request, so that it opens the request as the first one does. Twice is harmless. */
export async function keepToldNumber(
  client: pg.Pool | pg.ClientBase,
  district: string,
  told: RequestNumber,
  first: RequestNumber,
): Promise<void> {
  await client.query({
    name: 'keep-told-number',
    text: 'INSERT INTO told_number (district, number, first) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
    values: [district, told, first],
  });
}

/** The number under which a request is in the log: the same one, but where it was told as a second one. */
export async function firstNumber(
  client: pg.Pool | pg.ClientBase,
  district: string,
  number: RequestNumber,
): Promise<RequestNumber> {
  const { rows } = await client.query<{ first: RequestNumber }>({
    name: 'first-number',
    text: 'SELECT first FROM told_number WHERE district = $1 AND number = $2',
    values: [district, number],
  });
  return rows[0]?.first ?? number;
}

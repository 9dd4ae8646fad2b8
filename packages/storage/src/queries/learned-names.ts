import type pg from 'pg';
import { openRows, type SaidCells, wholeSaid } from '../sealed-columns.ts';
import { inTransaction } from './transaction.ts';

/** How often a name meant a place (as the gazetteer names it). */
export type NameCount = { readonly name: string; readonly place: string; readonly count: number };

/** What confirmed cases taught of the names of places. */
export async function learnedNames(
  client: pg.Pool | pg.ClientBase,
  district: string,
): Promise<readonly NameCount[]> {
  const { rows } = await client.query<NameCount>({
    name: 'learned-names',
    text: 'SELECT name, place, count FROM learned_name WHERE district = $1 ORDER BY name, place',
    values: [district],
  });
  return rows;
}

/** Puts these in the place of all that were there. */
export async function writeLearnedNames(
  pool: pg.Pool,
  district: string,
  names: readonly NameCount[],
): Promise<void> {
  await inTransaction(pool, async (client) => {
    await client.query('DELETE FROM learned_name WHERE district = $1', [district]);
    await client.query(
      `INSERT INTO learned_name (district, name, place, count)
       SELECT $1, * FROM unnest($2::text[], $3::text[], $4::int[])`,
      [district, names.map((n) => n.name), names.map((n) => n.place), names.map((n) => n.count)],
    );
  });
}

export type ConfirmedPlace = { readonly said: string; readonly layer: string; readonly code: string };

/** What was said first in the newest cases whose place a person set after a position, with the layer and code of that place. */
export async function confirmedPlaces(
  client: pg.Pool | pg.ClientBase,
  district: string,
  after: number,
  without: readonly string[],
  limit: number,
): Promise<readonly ConfirmedPlace[]> {
  const { rows } = await client.query<
    SaidCells & { place: { code: string; layers: Readonly<Record<string, readonly string[]>> } }
  >({
    name: 'confirmed-places',
    text: `SELECT w.id, w.said, w.place_said, w.sealed, f.data->'place' AS place FROM fact f
           JOIN case_now c ON c.district = f.district AND c.case_id = f.case_id
           JOIN fact o ON o.district = f.district AND o.case_id = f.case_id AND o.seq = 1
           JOIN words w ON w.district = o.district AND w.case_id = o.case_id
             AND w.id = coalesce(o.data->'voice'->'words'->>'id', o.data->'words'->>'id')::uuid
           WHERE f.district = $1 AND f.position > $2 AND f.type = 'placeSet' AND c.kind <> ALL($3) AND w.stored_until IS NULL
             AND f.data->'place'->>'code' = c.place
           ORDER BY f.case_id DESC LIMIT $4`,
    values: [district, after, without, limit],
  });
  return (await openRows(client, district, rows)).flatMap(({ place, ...row }) => {
    const layer = Object.entries(place.layers).find(([, codes]) => codes.includes(place.code))?.[0];
    return layer === undefined ? [] : { said: wholeSaid(row), layer, code: place.code };
  });
}

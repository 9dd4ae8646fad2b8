import type { CaseId, Instant, RequestNumber } from '@gezhi/basis';
import type pg from 'pg';
import { openRows, type SaidCells, sealSaid } from '../sealed-columns.ts';
import { bytesCell, cell, copyRows, moment, NULL_CELL } from './copy-rows.ts';

export type SignalRow = {
  readonly source: string;
  readonly id: string;
  readonly type: string;
  readonly occurredAt: Instant;
  readonly receivedAt: Instant;
  readonly caseId: CaseId;
  readonly number: RequestNumber | null;
  readonly attributes: unknown;
};

export type WordsRow = {
  readonly id: string;
  readonly caseId: CaseId;
  readonly number: string | null;
  readonly salt: Buffer;
  readonly said: string;
  readonly placeSaid: string | null;
  readonly same: Buffer | null;
};

/** The wrapped key of somebody who is new, and what is sealed under it (packages/vault). */
export type VaultPersonRow = { readonly person: string; readonly master: string; readonly sealedKey: Buffer };
export type VaultFieldRow = {
  readonly person: string;
  readonly field: string;
  readonly sealed: Buffer;
  readonly lookup: Buffer | null;
};

export type RequestRow = { readonly number: string; readonly caseId: CaseId };

export async function insertSignals(
  client: pg.ClientBase,
  district: string,
  rows: readonly SignalRow[],
): Promise<void> {
  await copyRows(
    client,
    'signal',
    'district, source, id, type, occurred_at, received_at, case_id, number, attributes',
    rows,
    (r) =>
      `${district}\t${cell(r.source)}\t${cell(r.id)}\t${cell(r.type)}\t${moment(r.occurredAt)}\t${moment(r.receivedAt)}\t` +
      `${r.caseId}\t${r.number ?? NULL_CELL}\t${r.attributes ? cell(JSON.stringify(r.attributes)) : NULL_CELL}`,
  );
}

export async function insertWords(
  client: pg.ClientBase,
  district: string,
  rows: readonly WordsRow[],
): Promise<void> {
  const kept = await sealRows(client, district, rows);
  await copyRows(
    client,
    'words',
    'district, id, case_id, number, salt, said, place_said, same, sealed',
    kept,
    (r) =>
      `${district}\t${r.id}\t${r.caseId}\t${r.number ?? NULL_CELL}\t${bytesCell(r.salt)}\t${cell(r.said)}\t${cell(r.placeSaid)}\t${bytesCell(r.same)}\t${bytesCell(r.sealed)}`,
  );
}

/** Words as the table keeps them. */
export type KeptWords = Omit<WordsRow, 'said'> & {
  readonly said: string | null;
  readonly sealed: Buffer | null;
};

export async function sealRows(
  client: pg.Pool | pg.ClientBase,
  district: string,
  rows: readonly WordsRow[],
): Promise<KeptWords[]> {
  const kept: KeptWords[] = [];
  for (const row of rows) kept.push({ ...row, ...(await sealSaid(client, district, row.id, row)) });
  return kept;
}

export async function insertVaultPersons(
  client: pg.ClientBase,
  district: string,
  rows: readonly VaultPersonRow[],
): Promise<void> {
  await copyRows(
    client,
    'vault_person',
    'district, person, master, sealed_key',
    rows,
    (r) => `${district}\t${cell(r.person)}\t${cell(r.master)}\t${bytesCell(r.sealedKey)}`,
  );
}

export async function insertVaultFields(
  client: pg.ClientBase,
  district: string,
  rows: readonly VaultFieldRow[],
): Promise<void> {
  await copyRows(
    client,
    'vault_field',
    'district, person, field, sealed, lookup',
    rows,
    (r) => `${district}\t${cell(r.person)}\t${cell(r.field)}\t${bytesCell(r.sealed)}\t${bytesCell(r.lookup)}`,
  );
}

export async function insertRequests(
  client: pg.ClientBase,
  district: string,
  rows: readonly RequestRow[],
  table = 'request',
): Promise<void> {
  await copyRows(
    client,
    table,
    'district, number, case_id',
    rows,
    (r) => `${district}\t${r.number}\t${r.caseId}`,
  );
}

/** Requests that speak in another case from now on (merge and un-merge). */
export async function moveRequests(
  client: pg.ClientBase,
  district: string,
  numbers: readonly string[],
  caseId: CaseId,
): Promise<void> {
  if (numbers.length === 0) return;
  await client.query('UPDATE request SET case_id = $3 WHERE district = $1 AND number = ANY($2)', [
    district,
    numbers,
    caseId,
  ]);
}

/**
 * The signals of this batch that were taken in before, by `source` and `id`: sending twice is harmless. One look-up a key, by LATERAL: a
 * join would be planned for the table as small as it was when the connection first asked, and go on reading all of it as it grows.
 */
export async function knownSignals(
  client: pg.Pool | pg.ClientBase,
  district: string,
  keys: readonly { source: string; id: string }[],
): Promise<readonly { source: string; id: string; case_id: CaseId; number: RequestNumber | null }[]> {
  if (keys.length === 0) return [];
  const { rows } = await client.query<{
    source: string;
    id: string;
    case_id: CaseId;
    number: RequestNumber | null;
  }>({
    name: 'known-signals',
    text: `SELECT s.source, s.id, s.case_id, s.number FROM unnest($2::text[], $3::text[]) AS k(source, id)
           CROSS JOIN LATERAL (SELECT * FROM signal
             WHERE district = $1 AND source = k.source AND id = k.id LIMIT 1) AS s`,
    values: [district, keys.map((k) => k.source), keys.map((k) => k.id)],
  });
  return rows;
}

/** The newest open case in which the same words were said of the same place and kind, for each of these keyed hashes. */
export async function sameWords(
  client: pg.Pool | pg.ClientBase,
  district: string,
  hashes: readonly Buffer[],
): Promise<ReadonlyMap<string, CaseId>> {
  if (hashes.length === 0) return new Map();
  const { rows } = await client.query<{ same: Buffer; case_id: CaseId }>({
    name: 'same-words',
    text: `SELECT k.same, max(w.case_id::text) AS case_id FROM unnest($2::bytea[]) AS k(same)
           CROSS JOIN LATERAL (SELECT district, case_id FROM words
             WHERE district = $1 AND same = k.same AND same IS NOT NULL OFFSET 0) AS w
           JOIN case_now c ON c.district = w.district AND c.case_id = w.case_id AND c.is_open
           GROUP BY k.same`,
    values: [district, hashes],
  });
  return new Map(rows.map((row) => [row.same.toString('hex'), row.case_id]));
}

/** The case in which a request speaks now; `undefined` for a number nobody issued. */
export async function findRequest(
  client: pg.Pool | pg.ClientBase,
  district: string,
  number: string,
): Promise<CaseId | undefined> {
  const { rows } = await client.query<{ case_id: CaseId }>({
    name: 'find-request',
    text: `SELECT case_id FROM request WHERE district = $1 AND number =
             coalesce((SELECT first FROM told_number WHERE district = $1 AND number = $2), $2)`,
    values: [district, number],
  });
  return rows[0]?.case_id;
}

/** Reserves the next `size` serials of a desk and answers the first of them. */
export async function reserveSerials(
  pool: pg.Pool,
  district: string,
  desk: number,
  size: number,
): Promise<number> {
  const { rows } = await pool.query<{ first: number }>(
    `INSERT INTO number_block (district, desk, next_serial) VALUES ($1, $2, $3)
     ON CONFLICT (district, desk) DO UPDATE SET next_serial = number_block.next_serial + $3
     RETURNING next_serial - $3 AS first`,
    [district, desk, size],
  );
  return rows[0]!.first;
}

export type WordsSaid = {
  id: string;
  case_id: CaseId;
  number: string | null;
  said: string;
  place_said: string | null;
};

/** What was said, by id, of these cases; erased words are absent. */
export async function wordsOfCases(
  client: pg.Pool | pg.ClientBase,
  district: string,
  caseIds: readonly CaseId[],
): Promise<readonly WordsSaid[]> {
  const { rows } = await client.query<SaidCells & Omit<WordsSaid, 'said' | 'place_said'>>({
    name: 'words-of-cases',
    text: 'SELECT id, case_id, number, said, place_said, sealed FROM words WHERE district = $1 AND case_id = ANY($2) AND stored_until IS NULL ORDER BY id',
    values: [district, caseIds],
  });
  return await openRows(client, district, rows);
}

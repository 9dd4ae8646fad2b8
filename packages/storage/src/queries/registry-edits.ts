import type { Instant } from '@gezhi/basis';
import type pg from 'pg';
import type { Sort } from './registry.ts';

/** One record as it was and as it is: null where there was none, or is none any more. */
export type RegistryChange = {
  readonly sort: Sort;
  readonly code: string;
  readonly before: unknown;
  readonly after: unknown;
};

/** Changes of the registry that somebody made together. `undoes`: the edit that it takes back. */
export type RegistryEdit = {
  readonly id: string;
  readonly at: Instant;
  readonly post: string;
  readonly person: string | null;
  readonly reason: string;
  readonly changes: readonly RegistryChange[];
  readonly undoes: string | null;
};

/** Writes an edit down, in the transaction that makes it. */
export async function addRegistryEdit(
  client: pg.ClientBase,
  district: string,
  edit: RegistryEdit,
): Promise<void> {
  const { id, at, post, person, reason, changes, undoes } = edit;
  await client.query(
    `INSERT INTO registry_edit (district, id, at, post, person, reason, changes, undoes)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [district, id, new Date(at).toISOString(), post, person, reason, JSON.stringify(changes), undoes],
  );
}

/** The latest edits, newest first. */
export async function registryEdits(
  pool: pg.Pool,
  district: string,
  limit: number,
): Promise<readonly RegistryEdit[]> {
  const { rows } = await pool.query<RegistryEdit>(
    `SELECT id, at, post, person, reason, changes, undoes FROM registry_edit
     WHERE district = $1 ORDER BY at DESC, id DESC LIMIT $2`,
    [district, limit],
  );
  return rows;
}

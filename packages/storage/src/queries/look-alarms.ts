import type { Instant } from '@gezhi/basis';
import type pg from 'pg';
import { moment } from './copy-rows.ts';
import { addLedgerEvent } from './ledger-rows.ts';

/** A refused attempt of a unit at who complained about it. */
export type LookAlarmRow = {
  readonly event: number;
  readonly number: string;
  readonly at: Instant;
  readonly post: string;
  readonly unit: string | null;
  readonly staff: string | null;
  readonly purpose: string;
};

/** Writes an attempt down, as a row and an event of the ledger, in the caller's transaction. */
export async function addLookAlarm(
  client: pg.ClientBase,
  district: string,
  alarm: Omit<LookAlarmRow, 'event'>,
): Promise<void> {
  const { number, at, post, unit, staff, purpose } = alarm;
  const body = { number, post, unit, staff, purpose };
  const event = await addLedgerEvent(client, district, { kind: 'alarm', at, body });
  await client.query(
    `INSERT INTO look_alarm (district, event, number, at, post, unit, staff, purpose) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [district, event, number, moment(at), post, unit, staff, purpose],
  );
}

/** Attempts, the newest first: of a number, or of the whole district from one on backwards. */
export async function lookAlarms(
  client: pg.Pool | pg.ClientBase,
  district: string,
  of: { readonly number?: string; readonly before?: number; readonly limit?: number } = {},
): Promise<readonly LookAlarmRow[]> {
  const { number = null, before = null, limit = 100 } = of;
  const { rows } = await client.query<LookAlarmRow>(
    `SELECT event, number, at, post, unit, staff, purpose FROM look_alarm
     WHERE district = $1 AND ($2::text IS NULL OR number = $2) AND ($3::bigint IS NULL OR event < $3)
     ORDER BY event DESC LIMIT $4`,
    [district, number, before, limit],
  );
  return rows;
}

import { type Instant, isoInstant } from '@gezhi/basis';
import type { Gate } from './gate.ts';

/** A look at somebody's contact, as the audit reads it: who looked, why, at which fields; not at whom, and in which matter. */
export type AuditedLook = {
  readonly at: Instant;
  readonly unit?: string;
  readonly post: string;
  readonly staff?: string;
  readonly purpose: string;
  readonly fields: readonly string[];
};

const ROWS_MAX = 200;

/** The newest looks, or those before a moment; 200 at most. Looks of the requester and of the service itself are left out. */
export async function auditLooks(
  { pool }: Pick<Gate, 'pool'>,
  district: string,
  before?: Instant,
): Promise<readonly AuditedLook[]> {
  const { rows } = await pool.query<{
    at: number;
    unit: string | null;
    post: string;
    staff: string | null;
    purpose: string;
    fields: readonly string[];
  }>(
    `SELECT at, unit, post, staff, purpose, fields FROM contact_look
     WHERE district = $1 AND at < $2 AND post NOT IN ('requester', 'system') ORDER BY at DESC LIMIT ${ROWS_MAX}`,
    [district, before === undefined ? 'infinity' : isoInstant(before)],
  );
  return rows.map(({ at, unit, post, staff, purpose, fields }) => ({
    at,
    post,
    purpose,
    fields,
    ...(unit === null ? {} : { unit }),
    ...(staff === null ? {} : { staff }),
  }));
}

import type { CaseId, Instant } from '@gezhi/basis';
import type pg from 'pg';

/** A link for one task of one unit: who made it, until when it opens, whether it was taken back. */
export type TaskLinkRow = {
  readonly id: string;
  readonly caseId: CaseId;
  readonly task: string;
  readonly unit: string;
  readonly madeAt: Instant;
  readonly madeBy: string;
  readonly expiresAt: Instant;
  readonly revokedAt: Instant | null;
};

const COLUMNS = `id, case_id AS "caseId", task, unit, (extract(epoch FROM made_at) * 1000)::float8 AS "madeAt", made_by AS "madeBy",
  (extract(epoch FROM expires_at) * 1000)::float8 AS "expiresAt", (extract(epoch FROM revoked_at) * 1000)::float8 AS "revokedAt"`;

export async function addTaskLink(
  pool: pg.Pool,
  district: string,
  link: Omit<TaskLinkRow, 'revokedAt'>,
): Promise<void> {
  const { id, caseId, task, unit, madeAt, madeBy, expiresAt } = link;
  await pool.query({
    name: 'add-task-link',
    text: `INSERT INTO task_link (district, id, case_id, task, unit, made_at, made_by, expires_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    values: [district, id, caseId, task, unit, iso(madeAt), madeBy, iso(expiresAt)],
  });
}

export async function findTaskLink(
  pool: pg.Pool,
  district: string,
  id: string,
): Promise<TaskLinkRow | undefined> {
  const { rows } = await pool.query<TaskLinkRow>({
    name: 'find-task-link',
    text: `SELECT ${COLUMNS} FROM task_link WHERE district = $1 AND id = $2`,
    values: [district, id],
  });
  return rows[0];
}

/** The links of a case, the newest first. */
export async function taskLinksOf(
  pool: pg.Pool,
  district: string,
  caseId: CaseId,
): Promise<readonly TaskLinkRow[]> {
  const { rows } = await pool.query<TaskLinkRow>({
    name: 'task-links-of',
    text: `SELECT ${COLUMNS} FROM task_link WHERE district = $1 AND case_id = $2 ORDER BY made_at DESC, id`,
    values: [district, caseId],
  });
  return rows;
}

/** Takes a link back; false where there is none, or it was taken back before. */
export async function revokeTaskLink(
  pool: pg.Pool,
  district: string,
  id: string,
  by: { readonly at: Instant; readonly post: string },
): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: 'revoke-task-link',
    text: 'UPDATE task_link SET revoked_at = $3, revoked_by = $4 WHERE district = $1 AND id = $2 AND revoked_at IS NULL',
    values: [district, id, iso(by.at), by.post],
  });
  return rowCount === 1;
}

function iso(at: Instant): string {
  return new Date(at).toISOString();
}

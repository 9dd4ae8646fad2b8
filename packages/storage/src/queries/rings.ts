import type { CaseId, Instant } from '@gezhi/basis';
import type pg from 'pg';

/** A ladder that is being climbed for a unit's task; `step` is the one that comes next, at `nextAt`. */
export type RingRow = {
  readonly position: number;
  readonly rule: string;
  readonly caseId: CaseId;
  readonly unit: string;
  readonly task: string | null;
  readonly startedAt: Instant;
  readonly step: number;
  readonly nextAt: Instant;
};

const COLUMNS = `position, rule, case_id AS "caseId", unit, task, started_at AS "startedAt", step, next_at AS "nextAt"`;

function iso(at: Instant): string {
  return new Date(at).toISOString();
}

/** Begins a ladder; one that was begun for the same fact stays as it is. */
export async function startRing(client: pg.ClientBase, district: string, ring: RingRow): Promise<void> {
  await client.query({
    name: 'start-ring',
    text: `INSERT INTO ring (district, position, rule, case_id, unit, task, started_at, step, next_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (district, position, rule) DO NOTHING`,
    values: [
      district,
      ring.position,
      ring.rule,
      ring.caseId,
      ring.unit,
      ring.task,
      iso(ring.startedAt),
      ring.step,
      iso(ring.nextAt),
    ],
  });
}

/** Ends the ladders of a rule that a case climbs, begun before `position`; of one task only where one is named. Answers them. */
export async function stopRings(
  client: pg.ClientBase,
  district: string,
  of: {
    readonly caseId: CaseId;
    readonly rule: string;
    readonly before: number;
    readonly task: string | null;
  },
): Promise<readonly RingRow[]> {
  const { rows } = await client.query<RingRow>({
    name: 'stop-rings',
    text: `DELETE FROM ring WHERE district = $1 AND case_id = $2 AND rule = $3 AND position < $4
             AND ($5::text IS NULL OR task = $5) RETURNING ${COLUMNS}`,
    values: [district, of.caseId, of.rule, of.before, of.task],
  });
  return rows;
}

/** Ladders whose next step is due, the longest due first, locked for this transaction. */
export async function lockDueRings(
  client: pg.ClientBase,
  district: string,
  now: Instant,
  limit: number,
): Promise<readonly RingRow[]> {
  const { rows } = await client.query<RingRow>({
    name: 'lock-due-rings',
    text: `SELECT ${COLUMNS} FROM ring WHERE district = $1 AND next_at <= $2 ORDER BY next_at LIMIT $3 FOR UPDATE SKIP LOCKED`,
    values: [district, iso(now), limit],
  });
  return rows;
}

/** Goes on to the next step of a ladder, or off it where there is none. */
export async function moveRing(
  client: pg.ClientBase,
  district: string,
  ring: Pick<RingRow, 'position' | 'rule'>,
  next: { readonly step: number; readonly at: Instant } | undefined,
): Promise<void> {
  const key = [district, ring.position, ring.rule];
  if (next === undefined) {
    await client.query('DELETE FROM ring WHERE district = $1 AND position = $2 AND rule = $3', key);
    return;
  }
  await client.query(
    'UPDATE ring SET step = $4, next_at = $5 WHERE district = $1 AND position = $2 AND rule = $3',
    [...key, next.step, iso(next.at)],
  );
}

import type { CaseId, Instant } from '@gezhi/basis';
import type pg from 'pg';
import { openRows, type SaidCells } from '../sealed-columns.ts';
import { inTransaction } from './transaction.ts';

export type KindModelState = 'adopted' | 'kept' | 'replaced';

/** One training and what came of it. `card` and `report` are of the text room: codes and figures. */
export type KindModelRow = {
  readonly hash: string;
  readonly trainedAt: Instant;
  readonly state: KindModelState;
  readonly adoptedAt: Instant | null;
  readonly replacedAt: Instant | null;
  readonly position: number;
  readonly bytes: number;
  readonly card: unknown;
  readonly report: unknown;
};

const MS = (column: string, as: string): string =>
  `(extract(epoch FROM ${column}) * 1000)::float8 AS "${as}"`;
const COLUMNS = `hash, ${MS('trained_at', 'trainedAt')}, state, ${MS('adopted_at', 'adoptedAt')},
  ${MS('replaced_at', 'replacedAt')}, position, bytes, card, report`;

/** All trainings of a district, the newest first, without their files. */
export async function kindModels(
  client: pg.Pool | pg.ClientBase,
  district: string,
  limit = 50,
): Promise<readonly KindModelRow[]> {
  const { rows } = await client.query<KindModelRow>({
    name: 'kind-models',
    text: `SELECT ${COLUMNS} FROM kind_model WHERE district = $1 ORDER BY trained_at DESC LIMIT $2`,
    values: [district, limit],
  });
  return rows;
}

/** The hash of the model by which a district proposes kinds. */
export async function adoptedKindModel(
  client: pg.Pool | pg.ClientBase,
  district: string,
): Promise<string | undefined> {
  const { rows } = await client.query<{ hash: string }>({
    name: 'adopted-kind-model',
    text: `SELECT hash FROM kind_model WHERE district = $1 AND state = 'adopted'`,
    values: [district],
  });
  return rows[0]?.hash;
}

/** The file of a model, where it was kept. */
export async function kindModelFile(
  client: pg.Pool | pg.ClientBase,
  district: string,
  hash: string,
): Promise<Buffer | undefined> {
  const { rows } = await client.query<{ file: Buffer }>({
    name: 'kind-model-file',
    text: 'SELECT file FROM kind_model WHERE district = $1 AND hash = $2 AND file IS NOT NULL LIMIT 1',
    values: [district, hash],
  });
  return rows[0]?.file;
}

/** Keeps a training; an adopted one takes the place of the one before, which is kept as replaced. One transaction. */
export async function addKindModel(
  pool: pg.Pool,
  district: string,
  row: Omit<KindModelRow, 'adoptedAt' | 'replacedAt' | 'state'> & { readonly state: 'adopted' | 'kept' },
  file: Uint8Array,
): Promise<void> {
  const { hash, state, position, bytes, card, report } = row;
  const at = new Date(row.trainedAt).toISOString();
  const isAdopted = state === 'adopted';
  await inTransaction(pool, async (client) => {
    if (isAdopted) {
      await client.query(
        `UPDATE kind_model SET state = 'replaced', replaced_at = $2 WHERE district = $1 AND state = 'adopted'`,
        [district, at],
      );
    }
    await client.query(
      `INSERT INTO kind_model (district, hash, trained_at, state, adopted_at, position, bytes, card, report, file)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        district,
        hash,
        at,
        state,
        isAdopted ? at : null,
        position,
        bytes,
        JSON.stringify(card),
        JSON.stringify(report),
        isAdopted ? Buffer.from(file) : null,
      ],
    );
  });
}

export type ConfirmedCase = { readonly caseId: CaseId; readonly kind: string; readonly said: string };

/** Channels of signals that a person on a post wrote down, whose kind is theirs. */
const BY_STAFF = ['phone', 'hall', 'visit', 'patrol'];

const CONFIRMED = `SELECT f.case_id FROM fact f WHERE f.district = $1 AND f.position > $2 AND (f.type = 'kindSet'
  OR (f.type = 'opened' AND f.data->>'kindBecause' = 'stated'
      AND coalesce(f.data->'voice'->>'channel', 'patrol') = ANY($3)))`;

/** How many facts confirm a kind after a position: kinds that were set, and those that staff stated. */
export async function countConfirmed(
  client: pg.Pool | pg.ClientBase,
  district: string,
  after: number,
): Promise<number> {
  const { rows } = await client.query<{ n: number }>({
    name: 'count-confirmed',
    text: `SELECT count(*)::int AS n FROM (${CONFIRMED}) AS confirmed`,
    values: [district, after, BY_STAFF],
  });
  return rows[0]?.n ?? 0;
}

/** The newest cases whose kind a person confirmed after a position, with what was said first in them; erased ones and those of `without` are left out. */
export async function confirmedCases(
  client: pg.Pool | pg.ClientBase,
  district: string,
  after: number,
  without: readonly string[],
  limit: number,
): Promise<readonly ConfirmedCase[]> {
  const { rows } = await client.query<SaidCells & Omit<ConfirmedCase, 'said'>>({
    name: 'confirmed-cases',
    text: `SELECT o.case_id AS "caseId", c.kind, w.id, w.said, w.place_said, w.sealed FROM fact o
           JOIN case_now c ON c.district = o.district AND c.case_id = o.case_id
           JOIN words w ON w.district = o.district AND w.case_id = o.case_id
             AND w.id = coalesce(o.data->'voice'->'words'->>'id', o.data->'words'->>'id')::uuid
           WHERE o.district = $1 AND o.seq = 1 AND o.case_id IN (${CONFIRMED}) AND c.kind <> ALL($4) AND w.said IS DISTINCT FROM '' AND w.stored_until IS NULL
           ORDER BY o.case_id DESC LIMIT $5`,
    values: [district, after, BY_STAFF, without, limit],
  });
  const opened = await openRows(client, district, rows);
  return opened.flatMap(({ caseId, kind, said }) => (said === '' ? [] : { caseId, kind, said }));
}

/** What was proposed and what it is now, of cases that a person decided on since; counts only. */
export type ProposalCount = {
  readonly month: string;
  /** The hash of the model that was adopted when the case was opened; null where the words of the scene read it. */
  readonly model: string | null;
  readonly proposed: string;
  readonly kind: string;
  readonly unit: string | null;
  readonly n: number;
};

/**
 * How proposals stood up: cases opened in a window whose kind was proposed, and then set by a person or handled to their end. A case that still
 * stands as it was proposed says nothing yet.
 *
 * @param zone by whose months it is counted
 */
export async function countProposals(
  client: pg.Pool | pg.ClientBase,
  district: string,
  window: { readonly from: Instant; readonly to: Instant; readonly zone: string },
  without: readonly string[],
): Promise<readonly ProposalCount[]> {
  const { rows } = await client.query<ProposalCount>({
    name: 'count-proposals',
    text: `SELECT to_char(c.opened_at AT TIME ZONE $4, 'YYYY-MM') AS month, m.hash AS model, o.data->>'kind' AS proposed, c.kind, c.unit, count(*)::int AS n
           FROM case_now c JOIN fact o ON o.district = c.district AND o.case_id = c.case_id AND o.seq = 1
           LEFT JOIN kind_model m ON m.district = c.district AND m.adopted_at <= c.opened_at
             AND (m.replaced_at IS NULL OR m.replaced_at > c.opened_at)
           WHERE c.district = $1 AND c.opened_at >= $2 AND c.opened_at <= $3 AND c.kind <> ALL($5)
             AND o.data->>'kindBecause' = 'proposed'
             AND (NOT c.is_open OR EXISTS (SELECT 1 FROM fact k WHERE k.district = c.district AND k.case_id = c.case_id AND k.type = 'kindSet'))
           GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5`,
    values: [
      district,
      new Date(window.from).toISOString(),
      new Date(window.to).toISOString(),
      window.zone,
      without,
    ],
  });
  return rows;
}

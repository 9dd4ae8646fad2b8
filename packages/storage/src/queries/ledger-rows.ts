import type { Instant } from '@gezhi/basis';
import { type EventLeaf, type FactLeaf, hashBody, type Leaf, type LeafBody } from '@gezhi/ledger';
import type pg from 'pg';
import { nodeSha256 } from '../ledger/open-log.ts';
import { bytesCell, copyRows, NULL_CELL } from './copy-rows.ts';
import type { FactRow } from './load-facts.ts';

/** What is to become a leaf without being a fact of a case. `body` holds no free text. */
export type LedgerEvent = { readonly kind: EventLeaf['kind']; readonly at: number; readonly body: LeafBody };

/** Writes down an event for the ledger, in the caller's transaction: it happened with what it is about, or neither did. Answers its number. */
export async function addLedgerEvent(
  client: pg.ClientBase,
  district: string,
  event: LedgerEvent,
): Promise<number> {
  await client.query(
    `INSERT INTO follower (district, name, position) VALUES ($1, 'ledger-event', 0) ON CONFLICT DO NOTHING`,
    [district],
  );
  const { rows } = await client.query<{ event: number }>(
    `WITH head AS (UPDATE follower SET position = position + 1 WHERE district = $1 AND name = 'ledger-event' RETURNING position)
     INSERT INTO ledger_event (district, event, kind, at, body) SELECT $1, position, $2, $3, $4 FROM head RETURNING event`,
    [district, event.kind, new Date(event.at).toISOString(), JSON.stringify(event.body)],
  );
  return rows[0]!.event;
}

/** A leaf before it is written: what it is about, and its salt. */
export type LeafRow = {
  readonly leaf: number;
  readonly fact: number | null;
  readonly event: number | null;
  readonly salt: Buffer | null;
};

export async function insertLeaves(
  client: pg.ClientBase,
  district: string,
  rows: readonly LeafRow[],
): Promise<void> {
  const number = (value: number | null): string => (value === null ? NULL_CELL : String(value));
  await copyRows(
    client,
    'ledger_leaf',
    'district, leaf, fact, event, salt',
    rows,
    (r) => `${district}\t${r.leaf}\t${number(r.fact)}\t${number(r.event)}\t${bytesCell(r.salt)}`,
  );
}

/** How many leaves a district has, and how many events have become leaves. */
export async function leafHeads(
  client: pg.Pool | pg.ClientBase,
  district: string,
): Promise<{ readonly leaves: number; readonly events: number }> {
  const { rows } = await client.query<{ leaves: number | null; events: number | null }>(
    `SELECT (SELECT max(leaf) + 1 FROM ledger_leaf WHERE district = $1) AS leaves,
            (SELECT max(event) FROM ledger_leaf WHERE district = $1 AND event IS NOT NULL) AS events`,
    [district],
  );
  return { leaves: rows[0]?.leaves ?? 0, events: rows[0]?.events ?? 0 };
}

/** The rules that each scene was last written down to have, and since when. */
export async function lastPolicies(
  client: pg.Pool | pg.ClientBase,
  district: string,
): Promise<ReadonlyMap<string, { readonly version: string; readonly sha256: string; readonly at: Instant }>> {
  const { rows } = await client.query<{
    at: Instant;
    body: { scene: string; version: string; sha256: string };
  }>(`SELECT at, body FROM ledger_event WHERE district = $1 AND kind = 'policy' ORDER BY event`, [district]);
  return new Map(rows.map(({ at, body }) => [body.scene, { ...body, at }]));
}

/** The last event that was written down; 0 where there is none. */
export async function eventHead(client: pg.Pool | pg.ClientBase, district: string): Promise<number> {
  const { rows } = await client.query<{ position: number }>(
    `SELECT position FROM follower WHERE district = $1 AND name = 'ledger-event'`,
    [district],
  );
  return rows[0]?.position ?? 0;
}

/** A leaf with what stands behind it now. `told` is absent where that is gone, or the salt is. */
export type ToldLeaf = {
  readonly row: LeafRow;
  readonly told?: Leaf;
  readonly body?: LeafBody;
};

/** Leaves `from ≤ leaf < to` in order, each as the database tells it now. Three round trips. */
export async function tellLeaves(
  client: pg.Pool | pg.ClientBase,
  district: string,
  from: number,
  to: number,
): Promise<readonly ToldLeaf[]> {
  const { rows } = await client.query<LeafRow>(
    'SELECT leaf, fact, event, salt FROM ledger_leaf WHERE district = $1 AND leaf >= $2 AND leaf < $3 ORDER BY leaf',
    [district, from, to],
  );
  return await tellRows(client, district, rows);
}

/** The leaf of the fact at a position; `undefined` while it is on its way. */
export async function leafOfFact(
  client: pg.Pool | pg.ClientBase,
  district: string,
  position: number,
): Promise<ToldLeaf | undefined> {
  const { rows } = await client.query<LeafRow>(
    'SELECT leaf, fact, event, salt FROM ledger_leaf WHERE district = $1 AND fact = $2 ORDER BY leaf DESC LIMIT 1',
    [district, position],
  );
  return (await tellRows(client, district, rows))[0];
}

/** Rows of neighbouring leaves, each as the database tells it now. Two round trips at most. */
export async function tellRows(
  client: pg.Pool | pg.ClientBase,
  district: string,
  rows: readonly LeafRow[],
): Promise<readonly ToldLeaf[]> {
  const positions = rows.flatMap((row) => row.fact ?? []);
  const numbers = rows.flatMap((row) => row.event ?? []);
  const facts = positions.length
    ? await client.query<FactRow>({
        name: 'ledger-facts',
        text: 'SELECT * FROM fact WHERE district = $1 AND position BETWEEN $2 AND $3',
        values: [district, positions[0], positions.at(-1)],
      })
    : { rows: [] };
  const events = numbers.length
    ? await client.query<EventRow>(
        'SELECT event, kind, at, body FROM ledger_event WHERE district = $1 AND event = ANY($2)',
        [district, numbers],
      )
    : { rows: [] };
  const byPosition = new Map(facts.rows.map((fact) => [fact.position, fact]));
  const byEvent = new Map(events.rows.map((event) => [event.event, event]));
  return rows.map((row) => {
    const fact = row.fact === null ? undefined : byPosition.get(row.fact);
    const event = row.event === null ? undefined : byEvent.get(row.event);
    const told =
      row.salt === null
        ? undefined
        : ((fact && ofFact(fact, row.salt)) ?? (event && ofEvent(district, event, row.salt)));
    const body = fact ? bodyOfFact(fact) : event?.body;
    return { row, ...(told && { told }), ...(body && { body }) };
  });
}

type EventRow = { event: number; kind: EventLeaf['kind']; at: number; body: LeafBody };

/** A fact as it is stored, never as a newer version reads it: the leaf of an old fact stays what it was. */
function ofFact(fact: FactRow, salt: Buffer): FactLeaf {
  return {
    kind: 'fact',
    district: fact.district,
    position: fact.position,
    case: fact.case_id,
    seq: fact.seq,
    type: fact.type,
    v: fact.v,
    at: fact.occurred_at,
    known: fact.recorded_at,
    hash: hashBody(nodeSha256, salt, bodyOfFact(fact)),
  };
}

function bodyOfFact({ post, person, cause, data }: FactRow): LeafBody {
  return { by: person === null ? { post } : { post, person }, cause, data };
}

function ofEvent(district: string, { event, kind, at, body }: EventRow, salt: Buffer): EventLeaf {
  return { kind, district, event, at, hash: hashBody(nodeSha256, salt, body) };
}

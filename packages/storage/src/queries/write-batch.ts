import { type Fact, isOpenPhase, type Phase } from '@gezhi/cases';
import type pg from 'pg';
import { appendFacts } from './append-facts.ts';
import { type CaseNow, insertCases, updateCases } from './case-now.ts';
import { moment } from './copy-rows.ts';
import {
  insertRequests,
  insertSignals,
  insertVaultFields,
  insertVaultPersons,
  insertWords,
  type KeptWords,
  type RequestRow,
  type SignalRow,
  sealRows,
  type VaultFieldRow,
  type VaultPersonRow,
  type WordsRow,
} from './intake-rows.ts';
import { inTransaction } from './transaction.ts';

/** Everything that a batch of signals writes. A case is either opened or changed by it. */
export type BatchRows = {
  readonly signals: readonly SignalRow[];
  readonly words: readonly WordsRow[];
  /** Who is to be reached, sealed. */
  readonly persons: readonly VaultPersonRow[];
  readonly fields: readonly VaultFieldRow[];
  readonly requests: readonly RequestRow[];
  readonly opened: readonly CaseNow[];
  readonly changed: readonly CaseNow[];
  readonly facts: readonly Fact[];
};

/** Up to so many facts one statement is quicker than COPY, whose sixteen round trips cost more than their rows. */
const ONE_STATEMENT_MAX = 1_500;

/**
 * Writes a batch, all of it or nothing. A live batch goes in one statement and one round trip, which matters where the machine is
 * busy and each trip waits its turn; an import goes by COPY. The head of the log is locked last in either.
 *
 * @throws a unique violation (23505) where somebody else was first: take the batch again from the start
 */
export async function writeBatchRows(pool: pg.Pool, district: string, rows: BatchRows): Promise<void> {
  if (rows.facts.length <= ONE_STATEMENT_MAX) await writeInOne(pool, district, rows);
  else await inTransaction(pool, (client) => writeByCopy(client, district, rows));
}

export async function writeByCopy(client: pg.ClientBase, district: string, rows: BatchRows): Promise<void> {
  await insertSignals(client, district, rows.signals);
  await insertWords(client, district, rows.words);
  await insertVaultPersons(client, district, rows.persons);
  await insertVaultFields(client, district, rows.fields);
  await insertRequests(client, district, rows.requests);
  await insertCases(client, district, rows.opened);
  await updateCases(client, district, rows.changed);
  await appendFacts(client, district, rows.facts);
}

const ONE_STATEMENT = `
  WITH
    s AS (INSERT INTO signal SELECT * FROM json_populate_recordset(NULL::signal, $2)),
    w AS (INSERT INTO words SELECT * FROM json_populate_recordset(NULL::words, $3)),
    k AS (INSERT INTO vault_person SELECT * FROM json_populate_recordset(NULL::vault_person, $4)),
    l AS (INSERT INTO vault_field SELECT * FROM json_populate_recordset(NULL::vault_field, $10)),
    r AS (INSERT INTO request SELECT * FROM json_populate_recordset(NULL::request, $5)),
    n AS (INSERT INTO case_now SELECT * FROM json_populate_recordset(NULL::case_now, $6)),
    u AS (
      UPDATE case_now AS c SET
        seq = n.seq, kind = n.kind, state = n.state, phase = n.phase, flags = n.flags, place = n.place, unit = n.unit,
        post = n.post, helpers = n.helpers, updated_at = n.updated_at, requests = n.requests, public = n.public,
        lon = n.lon, lat = n.lat, next_due = n.next_due, next_clock = n.next_clock, is_open = n.is_open,
        scene = n.scene, parties = n.parties, against = n.against, finder = n.finder
      FROM json_populate_recordset(NULL::case_now, $7) AS n
      WHERE c.district = $1 AND c.case_id = n.case_id),
    h AS (UPDATE log_head SET position = position + $9::int WHERE district = $1 RETURNING position)
  INSERT INTO fact (district, case_id, seq, position, type, v, occurred_at, recorded_at, post, person, cause, data)
  SELECT f.district, f.case_id, f.seq, h.position - $9::int + f.position, f.type, f.v, f.occurred_at, f.recorded_at,
    f.post, f.person, f.cause, f.data
  FROM h, json_populate_recordset(NULL::fact, $8) AS f`;

export async function writeInOne(pool: pg.Pool, district: string, rows: BatchRows): Promise<void> {
  const { rowCount } = await pool.query({
    name: 'write-batch',
    text: ONE_STATEMENT,
    values: [
      district,
      JSON.stringify(rows.signals.map((r) => signalOf(district, r))),
      JSON.stringify((await sealRows(pool, district, rows.words)).map((r) => wordsOf(district, r))),
      JSON.stringify(
        rows.persons.map(({ person, master, sealedKey }) => ({
          district,
          person,
          master,
          sealed_key: hex(sealedKey),
        })),
      ),
      JSON.stringify(rows.requests.map(({ number, caseId }) => ({ district, number, case_id: caseId }))),
      JSON.stringify(rows.opened.map((c) => caseOf(district, c))),
      JSON.stringify(rows.changed.map((c) => caseOf(district, c))),
      JSON.stringify(rows.facts.map(factOf)),
      rows.facts.length,
      JSON.stringify(
        rows.fields.map(({ person, field, sealed, lookup }) => ({
          district,
          person,
          field,
          sealed: hex(sealed),
          lookup: hex(lookup),
        })),
      ),
    ],
  });
  if (rowCount !== rows.facts.length)
    throw new Error(`district "${district}" has no log; open the town first`);
}

type Json = Readonly<Record<string, unknown>>;

const iso = (at: number | null): string | null => (at === null ? null : moment(at));
const hex = (bytes: Buffer | null): string | null => (bytes === null ? null : `\\x${bytes.toString('hex')}`);
/** NUL cannot be stored in PostgreSQL text; as in COPY, it is written as U+FFFD so that the words around it are kept. */
const plain = (text: string | null): string | null => text?.replaceAll('\0', '\uFFFD') ?? null;

function signalOf(district: string, r: SignalRow): Json {
  const { source, id, type, number, attributes } = r;
  const [occurred_at, received_at] = [iso(r.occurredAt), iso(r.receivedAt)];
  return { district, source, id, type, occurred_at, received_at, case_id: r.caseId, number, attributes };
}

function wordsOf(district: string, r: KeptWords): Json {
  return {
    district,
    id: r.id,
    case_id: r.caseId,
    number: r.number,
    salt: hex(r.salt),
    said: plain(r.said),
    place_said: plain(r.placeSaid),
    same: hex(r.same),
    sealed: hex(r.sealed),
  };
}

function caseOf(district: string, c: CaseNow): Json {
  const { seq, kind, state, phase, flags, place, unit, post, helpers, requests, lon, lat } = c;
  const { scene, parties, against, finder } = c;
  return {
    ...{
      district,
      case_id: c.caseId,
      seq,
      kind,
      state,
      phase,
      flags,
      place,
      unit,
      post,
      helpers,
      requests,
      lon,
      lat,
      scene,
      parties,
      against,
      finder,
    },
    opened_at: iso(c.openedAt),
    updated_at: iso(c.updatedAt),
    public: c.public,
    next_due: iso(c.nextDue),
    next_clock: c.nextClock,
    is_open: isOpenPhase(phase as Phase),
  };
}

/** `position` counts from 1 in the batch; the statement adds what the head of the log stood at. */
function factOf(f: Fact, i: number): Json {
  const { district, seq, type, v, cause, data } = f;
  return {
    ...{
      district,
      case_id: f.caseId,
      seq,
      position: i + 1,
      type,
      v,
      post: f.by.post,
      person: f.by.person,
      cause,
      data,
    },
    occurred_at: iso(f.occurredAt),
    recorded_at: iso(f.recordedAt),
  };
}

import type { CaseId, Instant } from '@gezhi/basis';
import { type Case, isOpenPhase, type Phase } from '@gezhi/cases';
import type pg from 'pg';
import { cell, copyRows, listCell, moment, NULL_CELL } from './copy-rows.ts';

/** Where a case stands now, as the row that lists and queues read. A projection of its facts: `caseNowOf` makes it. */
export type CaseNow = {
  readonly caseId: CaseId;
  readonly seq: number;
  readonly kind: string;
  readonly state: string;
  readonly phase: string;
  readonly flags: readonly string[];
  readonly place: string;
  readonly unit: string | null;
  readonly post: string | null;
  /** Units that help and do not lead: co-units, and those of tasks that are not done. */
  readonly helpers: readonly string[];
  readonly openedAt: Instant;
  readonly updatedAt: Instant;
  readonly requests: number;
  readonly public: boolean;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly nextDue: Instant | null;
  readonly nextClock: string | null;
  /** What power lists ask beside: every unit that helps or was ever given a task, and the units that the matter is about. */
  readonly scene: string | null;
  readonly parties: readonly string[] | null;
  readonly against: readonly string[] | null;
  /** The post that found it, where staff did. */
  readonly finder: string | null;
};

/** @param updatedAt when its last fact was recorded @param next the clock that passes next, where one runs */
export function caseNowOf(
  c: Case,
  updatedAt: Instant,
  next: { clock: string; dueAt: Instant } | undefined,
): CaseNow {
  const voices = Object.values(c.voices);
  return {
    caseId: c.caseId,
    seq: c.seq,
    kind: c.kind,
    state: c.state,
    phase: c.phase,
    flags: c.flags,
    place: c.place.code,
    unit: c.lead?.unit ?? null,
    post: c.lead?.post ?? null,
    helpers: helpersOf(c),
    openedAt: c.openedAt,
    updatedAt,
    requests: voices.length,
    public: voices.some((voice) => voice.publicity === 'public'),
    lon: c.place.point?.[0] ?? null,
    lat: c.place.point?.[1] ?? null,
    nextDue: next?.dueAt ?? null,
    nextClock: next?.clock ?? null,
    scene: c.scene,
    parties: someOf([...c.coUnits, ...c.tasks.map((task) => task.unit)]),
    against: someOf(c.against ?? []),
    finder: c.openedBy.person === undefined ? null : c.openedBy.post,
  };
}

function someOf(units: readonly string[]): readonly string[] | null {
  return units.length === 0 ? null : [...new Set(units)].sort();
}

function helpersOf(c: Case): readonly string[] {
  const asked = c.tasks.filter((task) => task.doneAt === undefined).map((task) => task.unit);
  return [...new Set([...c.coUnits, ...asked])].filter((unit) => unit !== c.lead?.unit).sort();
}

const COLUMNS =
  'district, case_id, seq, kind, state, phase, flags, place, unit, post, helpers, opened_at, updated_at, requests, public, ' +
  'lon, lat, next_due, next_clock, is_open, scene, parties, against, finder';

function line(district: string, c: CaseNow): string {
  return (
    `${district}\t${c.caseId}\t${c.seq}\t${cell(c.kind)}\t${cell(c.state)}\t${c.phase}\t${listCell(c.flags)}\t${cell(c.place)}\t` +
    `${cell(c.unit)}\t${cell(c.post)}\t${listCell(c.helpers)}\t${moment(c.openedAt)}\t${moment(c.updatedAt)}\t${c.requests}\t${c.public}\t` +
    `${c.lon ?? NULL_CELL}\t${c.lat ?? NULL_CELL}\t${moment(c.nextDue)}\t${cell(c.nextClock)}\t${isOpen(c)}\t` +
    `${cell(c.scene)}\t${someCell(c.parties)}\t${someCell(c.against)}\t${cell(c.finder)}`
  );
}

function someCell(items: readonly string[] | null): string {
  return items === null ? NULL_CELL : listCell(items);
}

function isOpen(c: CaseNow): boolean {
  return isOpenPhase(c.phase as Phase);
}

/** Rows of new cases. */
export async function insertCases(
  client: pg.ClientBase,
  district: string,
  cases: readonly CaseNow[],
  table = 'case_now',
): Promise<void> {
  await copyRows(client, table, COLUMNS, cases, (c) => line(district, c));
}

const UPDATE = `
  UPDATE case_now AS c SET
    seq = n.seq, kind = n.kind, state = n.state, phase = n.phase, flags = n.flags::text[], place = n.place, unit = n.unit,
    post = n.post, helpers = n.helpers::text[], updated_at = n.updated_at, requests = n.requests, public = n.public, lon = n.lon, lat = n.lat,
    next_due = n.next_due, next_clock = n.next_clock, is_open = n.is_open, scene = n.scene,
    parties = n.parties::text[], against = n.against::text[], finder = n.finder
  FROM unnest($2::uuid[], $3::int[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[],
    $11::text[], $12::timestamptz[], $13::int[], $14::bool[], $15::float8[], $16::float8[], $17::timestamptz[], $18::text[],
    $19::bool[], $20::text[], $21::text[], $22::text[], $23::text[]) AS n(case_id, seq, kind, state, phase, flags, place, unit, post, helpers, updated_at, requests, public, lon, lat, next_due,
      next_clock, is_open, scene, parties, against, finder)
  WHERE c.district = $1 AND c.case_id = n.case_id`;

/** Rows of cases that have changed, in one round trip. */
export async function updateCases(
  client: pg.ClientBase,
  district: string,
  cases: readonly CaseNow[],
): Promise<void> {
  if (cases.length === 0) return;
  const iso = (at: Instant | null): string | null => (at === null ? null : new Date(at).toISOString());
  await client.query({
    name: 'update-cases',
    text: UPDATE,
    values: [
      district,
      cases.map((c) => c.caseId),
      cases.map((c) => c.seq),
      cases.map((c) => c.kind),
      cases.map((c) => c.state),
      cases.map((c) => c.phase),
      cases.map((c) => listText(c.flags)),
      cases.map((c) => c.place),
      cases.map((c) => c.unit),
      cases.map((c) => c.post),
      cases.map((c) => listText(c.helpers)),
      cases.map((c) => iso(c.updatedAt)),
      cases.map((c) => c.requests),
      cases.map((c) => c.public),
      cases.map((c) => c.lon),
      cases.map((c) => c.lat),
      cases.map((c) => iso(c.nextDue)),
      cases.map((c) => c.nextClock),
      cases.map(isOpen),
      cases.map((c) => c.scene),
      cases.map((c) => someText(c.parties)),
      cases.map((c) => someText(c.against)),
      cases.map((c) => c.finder),
    ],
  });
}

function someText(items: readonly string[] | null): string | null {
  return items === null ? null : listText(items);
}

/** text[] as PostgreSQL reads it. */
function listText(items: readonly string[]): string {
  return `{${items.map((item) => `"${item.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
}

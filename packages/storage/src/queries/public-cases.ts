import type { CaseId, Instant } from '@gezhi/basis';
import type pg from 'pg';
import { openColumn, releaseBelongs, sealerOf } from '../sealed-columns.ts';
import { firstIdAt } from './list-cases.ts';

/** A case that may be shown to everybody, with what a person released of it. */
export type PublicCaseRow = {
  readonly case_id: CaseId;
  readonly scene: string | null;
  readonly kind: string;
  readonly state: string;
  readonly phase: string;
  readonly place: string;
  readonly unit: string | null;
  readonly opened_at: Instant;
  readonly updated_at: Instant;
  readonly requests: number;
  readonly is_open: boolean;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly said: string | null;
  readonly photos: readonly string[] | null;
  /** False where a person took it off. */
  readonly shown: boolean;
};

/** What public cases are asked by; all must hold. */
export type PublicFilter = {
  /** Only of these kinds: those about a thing in public space. */
  readonly kinds: readonly string[];
  readonly ids?: readonly CaseId[];
  readonly places?: readonly string[];
  readonly box?: {
    readonly west: number;
    readonly south: number;
    readonly east: number;
    readonly north: number;
  };
  /** Opened since then: what bounds a list of the whole town. */
  readonly openedSince?: Instant;
  /** Something befell them after that. */
  readonly updatedAfter?: Instant;
  /** Ended cases are shown until so long after their last fact. */
  readonly endedSince: Instant;
  /** Also what a person took off, for whoever may put it back. */
  readonly alsoOff?: boolean;
};

const COLUMNS =
  'c.case_id, c.scene, c.kind, c.state, c.phase, c.place, c.unit, c.opened_at, c.updated_at, c.requests, c.is_open, c.lon, c.lat, r.said, r.sealed, r.photos, coalesce(r.shown, true) AS shown';

/**
 * Cases of public kinds whose requester let neighbours see them, newest first: none that is about a unit or its staff, none that was merged into another, none
 * that a person took off.
 */
export async function findPublicCases(
  client: pg.Pool | pg.ClientBase,
  district: string,
  filter: PublicFilter,
  limit: number,
): Promise<readonly PublicCaseRow[]> {
  const { kinds, ids, places, box, openedSince, updatedAfter, endedSince, alsoOff = false } = filter;
  const values: unknown[] = [district, kinds, new Date(endedSince).toISOString()];
  const where = [
    'c.district = $1',
    'c.public',
    'c.against IS NULL',
    'c.kind = ANY($2)',
    '(c.is_open OR c.updated_at >= $3)',
    "NOT 'merged' = ANY(c.flags)",
    ...(alsoOff ? [] : ['coalesce(r.shown, true)']),
  ];
  const add = (value: unknown, sql: (parameter: string) => string): void => {
    if (value === undefined) return;
    values.push(value);
    where.push(sql(`$${values.length}`));
  };
  add(firstIdAt(openedSince), (p) => `c.case_id >= ${p}`);
  add(updatedAfter && new Date(updatedAfter).toISOString(), (p) => `c.updated_at > ${p}`);
  add(ids, (p) => `c.case_id = ANY(${p}::uuid[])`);
  add(places, (p) => `c.place = ANY(${p})`);
  add(box?.south, (p) => `c.lat >= ${p}`);
  add(box?.north, (p) => `c.lat <= ${p}`);
  add(box?.west, (p) => `c.lon >= ${p}`);
  add(box?.east, (p) => `c.lon <= ${p}`);
  const { rows } = await client.query<PublicCaseRow & { readonly sealed: Buffer | null }>(
    `SELECT ${COLUMNS} FROM case_now c
     LEFT JOIN public_release r ON r.district = c.district AND r.case_id = c.case_id
     WHERE ${where.join(' AND ')} ORDER BY c.case_id DESC LIMIT ${Math.trunc(limit)}`,
    values,
  );
  return await Promise.all(
    rows.map(async ({ sealed, ...row }) => {
      if (sealed === null) return row;
      const said = await openColumn(client, releaseBelongs(district, row.case_id), sealed);
      return { ...row, said: said.toString('utf8') };
    }),
  );
}

/** What a person released of a case, or that it is off. */
export type PublicRelease = {
  readonly shown: boolean;
  readonly said: string | null;
  readonly photos: readonly string[];
  readonly post: string;
  readonly person: string | null;
};

export async function putPublicRelease(
  client: pg.Pool | pg.ClientBase,
  district: string,
  caseId: CaseId,
  release: PublicRelease,
  at: Instant,
): Promise<void> {
  const { shown, said, photos, post, person } = release;
  const sealer = said === null ? undefined : sealerOf(client);
  const sealed = await sealer?.seal(releaseBelongs(district, caseId), Buffer.from(said ?? '', 'utf8'));
  await client.query(
    `INSERT INTO public_release (district, case_id, shown, said, sealed, photos, post, person, released_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT (district, case_id) DO UPDATE SET shown = excluded.shown, said = excluded.said, sealed = excluded.sealed,
       photos = excluded.photos, post = excluded.post, person = excluded.person, released_at = excluded.released_at`,
    [
      district,
      caseId,
      shown,
      sealed ? null : said,
      sealed ?? null,
      photos,
      post,
      person,
      new Date(at).toISOString(),
    ],
  );
}

/** Whether a photo was released with a case that is shown. */
export async function isReleasedPhoto(
  client: pg.Pool | pg.ClientBase,
  district: string,
  caseId: CaseId,
  photo: string,
): Promise<boolean> {
  const { rows } = await client.query(
    'SELECT FROM public_release WHERE district = $1 AND case_id = $2 AND shown AND $3::uuid = ANY(photos)',
    [district, caseId, photo],
  );
  return rows.length > 0;
}

/** The photos and sounds of a case: id and media type. */
export async function mediaOfCase(
  client: pg.Pool | pg.ClientBase,
  district: string,
  caseId: CaseId,
): Promise<ReadonlyMap<string, string>> {
  return await mediaOfCases(client, district, [caseId]);
}

/** The same of several cases together. */
export async function mediaOfCases(
  client: pg.Pool | pg.ClientBase,
  district: string,
  caseIds: readonly CaseId[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await client.query<{ id: string; type: string }>(
    'SELECT id, type FROM media WHERE district = $1 AND case_id = ANY($2::uuid[])',
    [district, caseIds],
  );
  return new Map(rows.map(({ id, type }) => [id, type]));
}

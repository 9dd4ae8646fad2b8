import pg from 'pg';
import { OWNER_ROLE } from '../roles.ts';

/** What can be computed from the facts again. */
export const PROJECTIONS = ['case_now', 'request', 'rollup', 'search'] as const;
export type Projection = (typeof PROJECTIONS)[number];

/**
 * Where projections are computed anew, beside the live ones: a schema of its own, so that tables, indexes and constraints bear their
 * right names from the start and the swap only moves them over.
 */
export const SIDE = 'gezhi_rebuild';

const KEYS: Readonly<Record<Projection, readonly string[]>> = {
  case_now: ['district', 'case_id'],
  request: ['district', 'number'],
  rollup: ['district', 'basis', 'hour', 'place', 'kind', 'unit'],
  search: ['district', 'case_id'],
};

/** Makes the schema, empty; what an earlier rebuild left behind when it was killed is dropped. @param client of the admin */
export async function openSide(client: pg.ClientBase): Promise<void> {
  await client.query(`DROP SCHEMA IF EXISTS ${SIDE} CASCADE`);
  await client.query(`CREATE SCHEMA ${SIDE} AUTHORIZATION ${OWNER_ROLE}`);
  await client.query(`SET ROLE ${OWNER_ROLE}`);
}

export async function dropSide(client: pg.ClientBase): Promise<void> {
  await client.query('RESET ROLE');
  await client.query(`DROP SCHEMA IF EXISTS ${SIDE} CASCADE`);
}

/** Makes a table like the live one but for its indexes, which are faster made when the rows are there. */
export async function makeSideTable(client: pg.ClientBase, table: Projection | 'follower'): Promise<void> {
  await client.query(`CREATE TABLE ${SIDE}.${table} (LIKE public.${table} INCLUDING ALL EXCLUDING INDEXES)`);
  const { rows } = await client.query<{ option: string }>(
    'SELECT unnest(reloptions) AS option FROM pg_class WHERE oid = $1::regclass',
    [`public.${table}`],
  );
  for (const { option } of rows) await client.query(`ALTER TABLE ${SIDE}.${table} SET (${option})`);
}

type IndexRow = { readonly definition: string; readonly name: string; readonly primary: boolean };

/** Gives a filled table the indexes, key and grants of the live one, under the same names, and its statistics. */
export async function finishSideTable(client: pg.ClientBase, table: Projection | 'follower'): Promise<void> {
  const { rows: indexes } = await client.query<IndexRow>(
    `SELECT pg_get_indexdef(i.indexrelid) AS definition, c.relname AS name, i.indisprimary AS primary
     FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE i.indrelid = $1::regclass ORDER BY c.relname`,
    [`public.${table}`],
  );
  for (const { definition, name, primary } of indexes) {
    await client.query(definition.replace(` ON public.${table} `, ` ON ${SIDE}.${table} `));
    const index = pg.escapeIdentifier(name);
    if (primary) {
      await client.query(
        `ALTER TABLE ${SIDE}.${table} ADD CONSTRAINT ${index} PRIMARY KEY USING INDEX ${index}`,
      );
    }
  }
  const { rows: grants } = await client.query<{ privilege: string; role: string }>(
    `SELECT privilege_type AS privilege, CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(grantee::regrole::text) END AS role
     FROM pg_class, aclexplode(relacl) WHERE oid = $1::regclass AND grantee <> relowner`,
    [`public.${table}`],
  );
  for (const { privilege, role } of grants) {
    await client.query(`GRANT ${privilege} ON ${SIDE}.${table} TO ${role}`);
  }
  await client.query(`ANALYZE ${SIDE}.${table}`);
}

/** One way in which the live rows and the rebuilt ones differ. Samples hold keys and codes, never words. */
export type TableDifference = {
  readonly projection: Projection;
  /** `missing`: only the rebuilt table has the row; `extra`: only the live one; `differs`: both, with other values. */
  readonly kind: 'missing' | 'extra' | 'differs';
  readonly rows: number;
  readonly samples: readonly Readonly<Record<string, unknown>>[];
};

const SAMPLES = 5;

/** Compares a rebuilt table with the live one in the snapshot of the caller's transaction. */
export async function compareSideTable(
  client: pg.ClientBase,
  table: Projection,
): Promise<readonly TableDifference[]> {
  const keys = KEYS[table];
  const { rows: columns } = await client.query<{ name: string }>(
    `SELECT attname AS name FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped`,
    [`public.${table}`],
  );
  const others = columns.map((c) => c.name).filter((name) => !keys.includes(name));
  const value = (side: string, name: string): string =>
    // Roll-up rows may have zeros at their end or not; both say the same.
    name === 'counts' ? `rtrim(array_to_string(${side}.counts, ',', ''), ',')` : `${side}.${name}`;
  const changed = others
    .map((name) => `${value('l', name)} IS DISTINCT FROM ${value('n', name)}`)
    .join(' OR ');
  const told = table === 'search' ? [] : others;
  const sample = [
    ...keys.map((name) => `'${name}', coalesce(l.${name}, n.${name})`),
    ...told.map(
      (name) => `'${name}', CASE WHEN ${value('l', name)} IS DISTINCT FROM ${value('n', name)}
      THEN json_build_array(${value('l', name)}, ${value('n', name)}) END`,
    ),
  ];
  const { rows } = await client.query<{ kind: TableDifference['kind']; rows: number; samples: object[] }>(`
    SELECT kind, count(*) AS rows, (array_agg(sample) FILTER (WHERE nth <= ${SAMPLES})) AS samples FROM (
      SELECT kind, sample, row_number() OVER (PARTITION BY kind) AS nth FROM (
        SELECT CASE WHEN n.district IS NULL THEN 'extra' WHEN l.district IS NULL THEN 'missing' ELSE 'differs' END AS kind,
          json_strip_nulls(json_build_object(${sample.join(', ')})) AS sample
        FROM public.${table} l FULL JOIN ${SIDE}.${table} n ON ${keys.map((k) => `l.${k} = n.${k}`).join(' AND ')}
        WHERE n.district IS NULL OR l.district IS NULL OR ${changed || 'false'}
      ) AS different
    ) AS numbered GROUP BY kind ORDER BY kind`);
  return rows.map((row) => ({ projection: table, ...row }) as TableDifference);
}

/** Puts rebuilt tables in the place of the live ones, in the caller's transaction, which has locked them. */
export async function swapSideTables(client: pg.ClientBase, tables: readonly Projection[]): Promise<void> {
  for (const table of tables) {
    await client.query(`DROP TABLE public.${table}`);
    await client.query(`ALTER TABLE ${SIDE}.${table} SET SCHEMA public`);
  }
}

/**
 * Locks live tables against everybody, and the heads of all logs against new facts, in the caller's transaction.
 * @throws 55P03 where that would take longer than `waitMs`: appending transactions take these locks in other orders, and it is us who step back
 */
export async function lockForSwap(
  client: pg.ClientBase,
  tables: readonly Projection[],
  waitMs: number,
): Promise<void> {
  await client.query(`SET LOCAL lock_timeout = ${Math.trunc(waitMs)}`);
  await client.query(
    `LOCK TABLE ${tables.map((table) => `public.${table}`).join(', ')} IN ACCESS EXCLUSIVE MODE`,
  );
  await client.query('SELECT FROM public.log_head ORDER BY district FOR UPDATE');
}

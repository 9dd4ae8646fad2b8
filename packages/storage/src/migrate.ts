import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '@gezhi/basis';
import pg from 'pg';
import { OWNER_ROLE, SERVICE_ROLE } from './roles.ts';

export type Migration = {
  readonly number: number;
  readonly name: string;
  readonly file: string;
  readonly sql: string;
  /** Of the text with Unix line ends, so that a checkout on Windows is the same migration. */
  readonly sha256: string;
};

export const MIGRATIONS_DIR = join(import.meta.dirname, 'migrations');

/**
 * Brings a database to the newest schema: runs the migrations it lacks in order, each in a transaction of its own together with its
 * line in the table `migration`, as the owner role, one process at a time. Answers how many it ran.
 *
 * @param client a connection of its own, outside a transaction, whose user may become the owner role
 * @throws Fault `migration-edited` where an applied migration reads differently now, `database-newer` where the database has one that
 *   this code does not know, `migration-failed` with file and line; what ran before it stays applied
 */
export async function migrate(client: pg.Client, migrationsDir: string = MIGRATIONS_DIR): Promise<number> {
  const migrations = readMigrations(migrationsDir);
  await client.query(`SET ROLE ${OWNER_ROLE}`);
  await client.query('SELECT pg_advisory_lock($1)', [LOCK_KEY]);
  try {
    await makeTable(client);
    const applied = await readApplied(client);
    requireUnedited(migrations, applied);
    const known = new Set(applied.map(({ number }) => number));
    const missing = migrations.filter(({ number }) => !known.has(number));
    for (const migration of missing) await run(client, migration);
    // A migration may grant writing on all tables; this one no service writes.
    await client.query(`REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON public.migration FROM ${SERVICE_ROLE}`);
    return missing.length;
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [LOCK_KEY]);
    await client.query('RESET ROLE');
  }
}

/** "gezhi" on a telephone's keys. */
const LOCK_KEY = 43_944;

/**
 * Reads a folder of migrations, `0001_<verb>….sql` and on, in the order of their numbers. Numbers may be left out, so that several can be
 * written at once.
 * @throws Fault `bad-migrations` on any other name, a number used twice, or a folder that does not begin with 0001
 */
export function readMigrations(folder: string): readonly Migration[] {
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.sql')) : [];
  let last = 0;
  return files.sort().map((file) => {
    const [, digits, name] = /^(\d{4})_([a-z0-9_-]+)\.sql$/.exec(file) ?? [];
    const number = Number(digits);
    if (!name || !(number > last) || (last === 0 && number !== 1)) {
      const wanted = String(last + 1).padStart(4, '0');
      throw new Fault('bad-migrations', `In ${folder}, ${file} stands where ${wanted}_<verb>.sql should.`, {
        hint: 'Give each migration a number of its own from 0001 on, and name it by what it does.',
      });
    }
    last = number;
    const sql = readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n');
    return { number, name, file, sql, sha256: createHash('sha256').update(sql).digest('hex') };
  });
}

async function makeTable(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ found: string | null }>(
    `SELECT to_regclass('public.migration') AS found`,
  );
  if (rows[0]?.found) return;
  await client.query(`
    BEGIN;
    CREATE TABLE public.migration (
      number int PRIMARY KEY,
      name text NOT NULL,
      sha256 text NOT NULL,
      applied_at timestamptz NOT NULL DEFAULT now()
    );
    GRANT SELECT ON public.migration TO ${SERVICE_ROLE};
    COMMIT`);
}

type Applied = Pick<Migration, 'number' | 'name' | 'sha256'>;

async function readApplied(client: pg.Client): Promise<readonly Applied[]> {
  const { rows } = await client.query<Applied>(
    'SELECT number, name, sha256 FROM public.migration ORDER BY number',
  );
  return rows;
}

function requireUnedited(migrations: readonly Migration[], applied: readonly Applied[]): void {
  const byNumber = new Map(migrations.map((migration) => [migration.number, migration]));
  for (const old of applied) {
    const now = byNumber.get(old.number);
    if (!now) {
      throw new Fault(
        'database-newer',
        `The database has migration ${old.number} (${old.name}), this Gezhi has none.`,
        {
          hint: 'Start the newer Gezhi that wrote it; there is no way back but a backup.',
        },
      );
    }
    if (now.sha256 !== old.sha256) {
      throw new Fault(
        'migration-edited',
        `${now.file} was applied to this database and reads differently now.`,
        {
          hint: 'Bring the old text back, and put the change into a new migration.',
        },
      );
    }
  }
}

async function run(client: pg.Client, { number, name, file, sql, sha256 }: Migration): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(sql);
    await client.query('INSERT INTO public.migration (number, name, sha256) VALUES ($1, $2, $3)', [
      number,
      name,
      sha256,
    ]);
    await client.query('COMMIT');
  } catch (cause) {
    await client.query('ROLLBACK');
    if (!(cause instanceof pg.DatabaseError)) throw cause;
    const line = cause.position ? sql.slice(0, Number(cause.position)).split('\n').length : undefined;
    throw new Fault('migration-failed', `${file}${line ? `:${line}` : ''}: ${cause.message}.`, {
      cause,
      hint: 'Nothing of it was applied: mend the file and start again.',
    });
  }
}

import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { Fault } from '@gezhi/basis';
import type pg from 'pg';
import pgCopy from 'pg-copy-streams';
import { type Db, withClient } from './connect.ts';
import { MIGRATIONS_DIR, readMigrations } from './migrate.ts';

/** Tables without which the others say nothing; they come first, the rest follows by name. */
const FIRST = ['district', 'log_head', 'registry', 'secret', 'fact'];

/** Every table but the list of migrations, in the order in which an archive is written and read. */
export async function tablesOf(client: pg.ClientBase | pg.Pool): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace
     AND relkind IN ('r', 'p') AND NOT relispartition AND relname <> 'migration' ORDER BY relname COLLATE "C"`,
  );
  const names = rows.map(({ name }) => name);
  return [...FIRST, ...names.filter((name) => !FIRST.includes(name))];
}

export type ArchiveManifest = {
  readonly format: 'gezhi-archive-1';
  readonly madeAt: string;
  readonly serverVersion: number;
  /** The last migration: an archive is read by the code of the same schema, which then brings it up to date. */
  readonly migration: number;
  /** Months for which the log has a partition, as `2026-05`. */
  readonly months: readonly string[];
  readonly tables: Readonly<Record<string, { readonly rows: number; readonly sha256: string }>>;
};

/**
 * Writes everything the installation holds into a folder: each table as PostgreSQL's own text format, gzipped, and a manifest with the
 * number of rows and a hash of each. Taken in one snapshot while the service goes on. Plain text, so that another major version of
 * PostgreSQL reads it: this is how one is left for the next. Costs about what COPY costs.
 *
 * @throws Fault `not-empty` where the folder holds something
 */
export async function archive(
  db: Db,
  folder: string,
  options: { readonly now: number; readonly progress?: (table: string, rows: number) => void },
): Promise<ArchiveManifest> {
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0) {
    throw new Fault('not-empty', `${folder} holds something already.`, { hint: 'Name an empty folder.' });
  }
  return await withClient(db.admin, async (client) => {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const tables: Record<string, { rows: number; sha256: string }> = {};
    for (const table of await tablesOf(client)) {
      const { rows } = await client.query<{ n: number }>(`SELECT count(*) AS n FROM ${table}`);
      const sha256 = await copyOut(client, table, join(folder, fileOf(table)));
      tables[table] = { rows: rows[0]!.n, sha256 };
      options.progress?.(table, rows[0]!.n);
    }
    const manifest: ArchiveManifest = {
      format: 'gezhi-archive-1',
      madeAt: new Date(options.now).toISOString(),
      serverVersion: db.serverVersion,
      migration: newestMigration(),
      months: await monthsOf(client),
      tables,
    };
    await client.query('COMMIT');
    await writeFile(join(folder, 'archive.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    return manifest;
  });
}

/**
 * Brings an archive into an installation that holds nothing yet, in one transaction: all of it, or none. Every file is checked against
 * the manifest's hash and number of rows.
 *
 * @throws Fault `no-archive`, `archive-broken`, `other-schema`, `not-empty`
 */
export async function unarchive(
  db: Db,
  folder: string,
  options: { readonly progress?: (table: string, rows: number) => void } = {},
): Promise<ArchiveManifest> {
  const manifest = await readArchive(folder);
  const migration = newestMigration();
  if (manifest.migration !== migration) {
    throw new Fault(
      'other-schema',
      `The archive has schema ${manifest.migration}, this program ${migration}.`,
      {
        hint: 'Bring it in with the program that wrote it, upgrade there, and archive anew.',
      },
    );
  }
  await withClient(db.admin, async (client) => {
    await client.query('BEGIN');
    await mustBeEmpty(client);
    for (const month of manifest.months)
      await client.query('SELECT open_fact_month($1)', [`${month}-02T00:00:00Z`]);
    for (const table of await tablesOf(client)) {
      const { rows = 0, sha256 = '' } = manifest.tables[table] ?? {};
      if (table === 'secret') await client.query('DELETE FROM secret');
      const hash = await copyIn(client, table, join(folder, fileOf(table)));
      const { rows: counted } = await client.query<{ n: number }>(`SELECT count(*) AS n FROM ${table}`);
      if (hash !== sha256 || counted[0]!.n !== rows) {
        throw new Fault(
          'archive-broken',
          `${fileOf(table)} is not what was written: ${counted[0]!.n} of ${rows} rows.`,
          {
            hint: 'Use another copy of the archive; nothing was brought in.',
          },
        );
      }
      options.progress?.(table, rows);
    }
    await client.query('COMMIT');
    await client.query('ANALYZE');
  });
  return manifest;
}

export async function readArchive(folder: string): Promise<ArchiveManifest> {
  const path = join(folder, 'archive.json');
  if (!existsSync(path)) {
    throw new Fault('no-archive', `${folder} is no archive: it has no archive.json.`, {
      hint: 'An archive that was broken off has none; make it anew.',
    });
  }
  return JSON.parse(await readFile(path, 'utf8')) as ArchiveManifest;
}

const fileOf = (table: string): string => `${table}.copy.gz`;

function newestMigration(): number {
  return readMigrations(MIGRATIONS_DIR).at(-1)?.number ?? 0;
}

async function monthsOf(client: pg.ClientBase): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
     WHERE i.inhparent = 'fact'::regclass ORDER BY 1`,
  );
  return rows.map(({ name }) => name.replace(/^fact_(\d{4})_(\d{2})$/, '$1-$2'));
}

async function mustBeEmpty(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query('SELECT district FROM district LIMIT 1');
  if (rows.length === 0) return;
  throw new Fault('not-empty', 'This installation holds a district already.', {
    hint: 'Bring an archive into a new data folder.',
  });
}

/** A column list, so that the order of columns in the file does not depend on how the table came to be. */
async function columnsOf(client: pg.ClientBase, table: string): Promise<string> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT attname AS name FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped
     ORDER BY attname COLLATE "C"`,
    [table],
  );
  return rows.map(({ name }) => name).join(', ');
}

async function copyOut(client: pg.ClientBase, table: string, path: string): Promise<string> {
  const columns = await columnsOf(client, table);
  const hashing = hashed();
  const rows = client.query(pgCopy.to(`COPY (SELECT ${columns} FROM ${table}) TO STDOUT`));
  await pipeline(rows, hashing.through, createGzip({ level: 3 }), createWriteStream(path));
  return hashing.digest();
}

async function copyIn(client: pg.ClientBase, table: string, path: string): Promise<string> {
  const columns = await columnsOf(client, table);
  const hashing = hashed();
  const into = client.query(pgCopy.from(`COPY ${table} (${columns}) FROM STDIN`));
  await pipeline(createReadStream(path), createGunzip(), hashing.through, into);
  return hashing.digest();
}

function hashed(): { readonly through: Transform; readonly digest: () => string } {
  const hash = createHash('sha256');
  const through = new Transform({
    transform(piece: Buffer, _encoding, done) {
      hash.update(piece);
      done(null, piece);
    },
  });
  return { through, digest: () => hash.digest('hex') };
}

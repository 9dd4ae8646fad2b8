import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { Fault } from '@gezhi/basis';
import type pg from 'pg';
import { type BackupFile, copyHashed, syncFolders, walk } from './backup-files.ts';
import { type Db, withClient } from './connect.ts';
import { chooseAccount, giveTreeTo } from './embedded/account.ts';
import type { MajorVersion } from './embedded/binaries.ts';

/**
 * What stands in `backup.json`. It is written last, so that a folder with it is a whole backup; its own last line is the hash of the rest.
 */
export type BackupManifest = {
  readonly format: 1;
  readonly takenAt: string;
  readonly postgres: MajorVersion;
  /** The last migration the database had. */
  readonly migration: number;
  readonly startLsn: string;
  /** Everything acknowledged before this point of the log is in the backup. */
  readonly stopLsn: string;
  readonly files: readonly BackupFile[];
};

export type BackupProgress = (done: { readonly files: number; readonly filesTotal: number }) => void;

const MANIFEST = 'backup.json';
const CLUSTER = 'postgres';
const silent: BackupProgress = () => undefined;

/**
 * Copies a whole installation while it works: the cluster, the part of its log that makes the copy consistent, and whatever else lies
 * in the data folder. The copy can be restored by itself. PostgreSQL's own way (manual, 25.3.3 "base backup using the low level API"):
 * `pg_backup_start`, copy, `pg_backup_stop` on one connection, then the log from start to stop, which a slot keeps from being
 * recycled meanwhile. Every file is synced and its hash noted. The folder `keys` stays out unless `withKeys`: whoever has both has
 * everything.
 *
 * @param dataDir the data folder that `db` was opened in
 * @param target a folder that is absent or empty
 * @throws Fault `backup-elsewhere` where the server is not ours, `target-not-empty`, `tablespace` where a part lies outside the cluster
 */
export async function backup(
  db: Pick<Db, 'admin' | 'embedded'>,
  dataDir: string,
  target: string,
  options: { readonly progress?: BackupProgress; readonly withKeys?: boolean } = {},
): Promise<BackupManifest> {
  const { embedded } = db;
  if (!embedded) {
    throw new Fault('backup-elsewhere', 'The database lies on a server of its own.', {
      hint: "Use that server's backups, for instance pg_basebackup or pgBackRest.",
    });
  }
  refuseTablespaces(embedded.cluster);
  return await fill(target, async (folder) => {
    const copied = await withClient(db.admin, (client) =>
      copyCluster(client, embedded.cluster, join(folder, CLUSTER), options.progress ?? silent),
    );
    const rest = await copyRest(dataDir, folder, options.withKeys === true);
    const manifest: BackupManifest = {
      format: 1,
      takenAt: new Date().toISOString(),
      postgres: embedded.version,
      ...copied,
      files: [...copied.files, ...rest],
    };
    await syncTree(folder);
    await writeManifest(folder, manifest);
    return manifest;
  });
}

/**
 * Puts a backup into a data folder that is absent or empty, checking every file against its hash on the way. Starting Gezhi on that
 * folder then replays the log. The cluster appears under its name when all is there.
 *
 * @throws Fault `not-a-backup`, `backup-damaged` naming the file, `target-not-empty`, `other-version`
 */
export async function restore(
  source: string,
  dataDir: string,
  options: { readonly version?: MajorVersion; readonly progress?: BackupProgress } = {},
): Promise<BackupManifest> {
  const manifest = readManifest(source);
  const { version = 18, progress = silent } = options;
  if (manifest.postgres !== version) {
    throw new Fault('other-version', `${source} is of PostgreSQL ${manifest.postgres}, this is ${version}.`, {
      hint: 'Restore it with the Gezhi that made it, export there, and import here.',
    });
  }
  return await fill(dataDir, async (folder) => {
    const draft = join(folder, `${CLUSTER}.draft`);
    const place = (path: string): string =>
      path === CLUSTER || path.startsWith(`${CLUSTER}/`)
        ? join(draft, path.slice(CLUSTER.length))
        : join(folder, path);
    for (const path of walk(source).folders) mkdirSync(place(path), { recursive: true, mode: 0o700 });
    for (const [index, file] of manifest.files.entries()) {
      await restoreFile(join(source, file.path), place(file.path), file);
      progress({ files: index + 1, filesTotal: manifest.files.length });
    }
    giveTreeTo(chooseAccount(join(folder, CLUSTER)), draft);
    await syncTree(folder);
    renameSync(draft, join(folder, CLUSTER));
    await syncFolders([folder]);
    return manifest;
  });
}

/**
 * Fills a folder that is absent or empty, and empties it again where that fails. (Not by renaming a draft: the folder may be the
 * root of a disk or a volume.)
 */
async function fill<T>(folder: string, work: (folder: string) => Promise<T>): Promise<T> {
  requireEmpty(folder);
  const top = resolve(folder);
  mkdirSync(top, { recursive: true });
  try {
    return await work(top);
  } catch (error) {
    for (const name of readdirSync(top)) rmSync(join(top, name), { recursive: true, force: true });
    throw error;
  }
}

/** @throws Fault `not-a-backup` where the manifest is absent, torn or edited */
export function readManifest(source: string): BackupManifest {
  const file = join(source, MANIFEST);
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const cut = text.lastIndexOf('\n', text.length - 2) + 1;
  if (cut === 0 || text.slice(cut).trim() !== hashOf(text.slice(0, cut))) {
    throw new Fault('not-a-backup', `${source} holds no whole backup.`, {
      hint: `Name a folder that "gezhi backup" made; its ${MANIFEST} must be as it was written.`,
    });
  }
  return JSON.parse(text.slice(0, cut)) as BackupManifest;
}

async function restoreFile(from: string, to: string, file: BackupFile): Promise<void> {
  const copied = await copyHashed(from, to);
  if (copied?.sha256 === file.sha256) return;
  throw new Fault('backup-damaged', `${from} ${copied ? 'has changed' : 'is missing'}.`, {
    hint: 'Nothing was restored: use another backup.',
  });
}

type CopiedCluster = Pick<BackupManifest, 'migration' | 'startLsn' | 'stopLsn' | 'files'>;

async function copyCluster(
  client: pg.Client,
  cluster: string,
  target: string,
  progress: BackupProgress,
): Promise<CopiedCluster> {
  // Temporary: it goes with the connection, even when we are killed. It keeps the log from here on.
  await client.query(
    `SELECT pg_create_physical_replication_slot('gezhi_backup_' || pg_backend_pid(), true, true)`,
  );
  const startLsn = await text(client, `SELECT pg_backup_start('gezhi', fast => true)::text AS text`);
  const firstLog = await text(client, `SELECT pg_walfile_name('${startLsn}') AS text`);
  const files = await copyFiles(cluster, target, progress);
  const migration = Number(
    await text(client, 'SELECT coalesce(max(number), 0)::text AS text FROM public.migration'),
  );
  const { rows } = await client.query<{ lsn: string; labelfile: string; lastlog: string }>(
    `SELECT lsn::text, labelfile, pg_walfile_name(lsn) AS lastlog FROM pg_backup_stop(wait_for_archive => false)`,
  );
  const { lsn: stopLsn, labelfile, lastlog } = rows[0]!;
  const label = await writeSynced(join(target, 'backup_label'), labelfile);
  const log = await copyLog(cluster, target, firstLog, lastlog);
  const under = [...files, { path: 'backup_label', ...label }, ...log];
  return {
    migration,
    startLsn,
    stopLsn,
    files: under.map((file) => ({ ...file, path: `${CLUSTER}/${file.path}` })),
  };
}

async function text(client: pg.Client, sql: string): Promise<string> {
  const { rows } = await client.query<{ text: string }>(sql);
  return rows[0]!.text;
}

/** Folders whose contents are of one run of the server only (manual, 25.3.4); the folders themselves must be there. */
const EMPTIED = [
  'pg_wal',
  'pg_replslot',
  'pg_dynshmem',
  'pg_notify',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
];
const LEFT_OUT =
  /^(postmaster\.(pid|opts)|pg_internal\.init(\..*)?|pgsql_tmp.*|backup_label(\.old)?|tablespace_map(\.old)?)$/;
const CONTROL = 'global/pg_control';

async function copyFiles(cluster: string, target: string, progress: BackupProgress): Promise<BackupFile[]> {
  const { folders, files } = walk(
    cluster,
    (path, entry) => EMPTIED.includes(path.split('/').slice(0, -1)[0] ?? '') || LEFT_OUT.test(entry.name),
  );
  for (const folder of folders) mkdirSync(join(target, folder), { recursive: true, mode: 0o700 });
  // The control file last, as pg_basebackup does.
  const ordered = [...files.filter((file) => file !== CONTROL), CONTROL];
  const copied: BackupFile[] = [];
  for (const [index, path] of ordered.entries()) {
    const file = await copyHashed(join(cluster, path), join(target, path));
    if (file) copied.push({ path, ...file });
    progress({ files: index + 1, filesTotal: ordered.length });
  }
  return copied;
}

/** The segments of the log from the start of the backup to its end; with them the copy reaches a consistent state. */
async function copyLog(cluster: string, target: string, first: string, last: string): Promise<BackupFile[]> {
  const names = readdirSync(join(cluster, 'pg_wal')).sort();
  const needed = names.filter(
    (name) => (/^[0-9A-F]{24}$/.test(name) && name >= first && name <= last) || name.endsWith('.history'),
  );
  const copied: BackupFile[] = [];
  for (const name of needed) {
    const path = `pg_wal/${name}`;
    const file = await copyHashed(join(cluster, path), join(target, path));
    if (file) copied.push({ path, ...file });
  }
  if (
    copied.some((file) => file.path === `pg_wal/${first}`) &&
    copied.some((file) => file.path === `pg_wal/${last}`)
  ) {
    return copied;
  }
  throw new Fault('log-recycled', `The log from ${first} to ${last} is not whole any more.`, {
    hint: 'Look whether max_slot_wal_keep_size limits it, and take the backup again.',
  });
}

const OWN = /^(postgres(\.draft)?|postgres\.log(\.1)?|server|socket|engine-.*)$/;

/** What else lies in the data folder: media, ledgers, settings. What the launcher makes anew is left out. */
async function copyRest(dataDir: string, target: string, withKeys: boolean): Promise<BackupFile[]> {
  const own = withKeys ? OWN : /^(postgres(\.draft)?|postgres\.log(\.1)?|server|socket|engine-.*|keys)$/;
  const top = resolve(dataDir);
  const { files } = walk(
    top,
    (path) => (!path.includes('/') && own.test(path)) || join(top, path) === target,
  );
  const copied: BackupFile[] = [];
  for (const path of files) {
    const file = await copyHashed(join(top, path), join(target, path));
    if (file) copied.push({ path, ...file });
  }
  return copied;
}

async function syncTree(top: string): Promise<void> {
  await syncFolders([top, ...walk(top).folders.map((folder) => join(top, folder))]);
}

async function writeManifest(folder: string, manifest: BackupManifest): Promise<void> {
  const body = `${JSON.stringify(manifest, null, 1)}\n`;
  await writeSynced(join(folder, MANIFEST), `${body}${hashOf(body)}\n`);
  await syncFolders([folder]);
}

async function writeSynced(path: string, content: string): Promise<{ bytes: number; sha256: string }> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  return { bytes: Buffer.byteLength(content), sha256: hashOf(content) };
}

function hashOf(content: string): string {
  return createHash('sha256').update(content).digest('hex');
}

function requireEmpty(folder: string): void {
  if (!existsSync(folder) || readdirSync(folder).length === 0) return;
  throw new Fault('target-not-empty', `${folder} is not empty.`, {
    hint: 'Name a folder that is absent or empty.',
  });
}

function refuseTablespaces(cluster: string): void {
  const [first] = readdirSync(join(cluster, 'pg_tblspc'));
  if (!first) return;
  throw new Fault(
    'tablespace',
    `${relative('.', join(cluster, 'pg_tblspc', first))} leads out of the cluster.`,
    {
      hint: 'Move its tables into the default tablespace, or back up with pg_basebackup.',
    },
  );
}

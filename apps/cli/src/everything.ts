import { archive, type Db, openDatabase, readRegistry, unarchive } from '@gezhi/storage';
import { recordExport } from '@gezhi/town';
import { type Io, say } from './io.ts';
import type { CommonOptions } from './options.ts';
import { whole } from './print/numbers.ts';
import { progress } from './progress.ts';
import { requireData, whereOf } from './with-installation.ts';

/** Writes all that the installation holds into a folder, in plain text that every version of PostgreSQL reads. */
export async function exportEverything(io: Io, options: CommonOptions, dir: string): Promise<void> {
  const where = whereOf(io, options);
  if ('dataDir' in where) requireData(where.dataDir);
  const rows = rowsBar(io);
  const { tables, madeAt, migration } = await withDatabase(io, options, 'guest', async (db) => {
    for (const { district } of await readRegistry(db.pool))
      await recordExport({ db, district }, { what: 'everything', by: OPERATOR, contacts: true }, io.now());
    return await archive(db, dir, { now: io.now(), progress: rows.add });
  }).finally(rows.end);
  if (options.json) return io.out(JSON.stringify({ dir, madeAt, migration, rows: rows.count() }));
  io.out(
    say(
      io,
      `${dir}：${Object.keys(tables).length} 张表，${whole(rows.count())} 行。\n导入：gezhi import --everything ${dir} --data 新目录`,
      `${dir}: ${Object.keys(tables).length} tables, ${whole(rows.count())} rows.\nTo bring it in: gezhi import --everything ${dir} --data NEW`,
    ),
  );
}

/** Who sits at a shell is not known. */
const OPERATOR = { post: 'operator' };

/** Brings such a folder into an installation that holds nothing yet: all of it, each file checked, or nothing. */
export async function importEverything(io: Io, options: CommonOptions, dir: string): Promise<void> {
  const rows = rowsBar(io);
  const { madeAt, migration } = await withDatabase(io, options, 'owner', (db) =>
    unarchive(db, dir, { progress: rows.add }),
  ).finally(rows.end);
  if (options.json) return io.out(JSON.stringify({ dir, madeAt, migration, rows: rows.count() }));
  io.out(
    say(
      io,
      `已导入 ${madeAt} 的全部数据，${whole(rows.count())} 行逐表核对无误。`,
      `Everything of ${madeAt} is in: ${whole(rows.count())} rows, each table checked.`,
    ),
  );
}

/** The database alone: towns and keys of an installation come with what is brought in, so no service may hold older ones. */
async function withDatabase<T>(
  io: Io,
  options: CommonOptions,
  as: 'owner' | 'guest',
  work: (db: Db) => Promise<T>,
): Promise<T> {
  const db = await openDatabase({ ...whereOf(io, options), as, connectionsMax: 2 });
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}

function rowsBar(io: Io): { add(table: string, rows: number): void; end(): void; count(): number } {
  const bar = progress(io, say(io, '行', 'rows'));
  let done = 0;
  return {
    add: (_table, rows) => {
      done += rows;
      bar.at(done);
    },
    end: () => bar.end(),
    count: () => done,
  };
}

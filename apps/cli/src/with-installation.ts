import { existsSync } from 'node:fs';
import { Fault } from '@gezhi/basis';
import { readEnvironment, type Settings, settingsOf } from '@gezhi/service';
import { type Installation, openInstallation } from '@gezhi/town';
import type { Io } from './io.ts';
import type { CommonOptions } from './options.ts';

export type Where = Settings['database'];

/** Where a command finds the installation: `--data`, else `DATABASE_URL`, else `GEZHI_DATA`, else `.gezhi` here. */
export function whereOf(io: Pick<Io, 'env'>, options: CommonOptions): Where {
  const { data, keys, suite } = options;
  return settingsOf(readEnvironment(io.env), {
    ...(data === undefined ? {} : { data }),
    ...(keys === undefined ? {} : { keys }),
    ...(suite === undefined ? {} : { suite }),
  }).database;
}

/**
 * Opens the installation as a guest, beside a running service or without one, does the work, and leaves again, on Ctrl-C too.
 *
 * @param needs `data`: the command only reads, so a data folder that is not there is a mistake and is not made
 * @throws Fault `no-data`
 */
export async function withInstallation<T>(
  io: Io,
  options: CommonOptions,
  needs: 'data' | 'nothing',
  work: (installation: Installation) => Promise<T>,
): Promise<T> {
  const where = whereOf(io, options);
  if (needs === 'data' && 'dataDir' in where) requireData(where.dataDir);
  const installation = await openInstallation({ ...where, as: 'guest', connectionsMax: 6 });
  const leave = (): void => {
    installation.close().finally(() => process.exit(130));
  };
  process.once('SIGINT', leave).once('SIGTERM', leave).once('SIGHUP', leave);
  try {
    return await work(installation);
  } finally {
    process.off('SIGINT', leave).off('SIGTERM', leave).off('SIGHUP', leave);
    await installation.close();
  }
}

export function requireData(dataDir: string): void {
  if (existsSync(dataDir)) return;
  throw new Fault('no-data', `There is no data folder ${dataDir}.`, {
    hint: 'Name one with --data, or make a town: gezhi demo, gezhi town import DIR, gezhi import FILE --profile P.',
  });
}

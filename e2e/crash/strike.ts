import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withClient } from '@gezhi/storage';
import type { Seeded } from '../kit/seeded.ts';
import { withInstallation } from '../kit/small-town.ts';

/** What is killed: the service, the database's postmaster, one backend of it, or the service soon after the postmaster. */
export const VICTIMS = ['service', 'postmaster', 'backend', 'both'] as const;
export type Victim = (typeof VICTIMS)[number];

/** Kills the embedded server's first process: its backends see it and end. */
export async function killPostmaster(dataDir: string): Promise<void> {
  const [pid] = (await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n');
  process.kill(Number(pid), 'SIGKILL');
}

/** Kills one connection's process at work; the server answers by ending all of them and recovering. */
export async function killBackend(dataDir: string, random: Seeded): Promise<void> {
  const admin = await withInstallation({ dataDir }, async ({ db }) => db.admin);
  const pids = await withClient(admin, async (client) => {
    const { rows } = await client.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity
       WHERE backend_type = 'client backend' AND application_name = 'gezhi' AND pid <> pg_backend_pid() ORDER BY pid`,
    );
    return rows.map(({ pid }) => pid);
  });
  process.kill(random.pick(pids), 'SIGKILL');
}

import { spawn } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { Fault } from '@gezhi/basis';
import { type Account, giveTo } from './account.ts';
import { isReachable, type MajorVersion, program } from './binaries.ts';
import { initialSettings } from './settings.ts';

/** The superuser of the embedded server. The service itself never works as this role. */
export const SUPERUSER = 'postgres';

/**
 * The major version of the cluster in a folder; `undefined` where the folder is absent or empty.
 * @throws Fault `not-a-cluster` where it holds something else
 */
export function clusterVersion(cluster: string): number | undefined {
  const file = join(cluster, 'PG_VERSION');
  if (existsSync(file)) return Number.parseInt(readFileSync(file, 'utf8'), 10);
  if (!existsSync(cluster) || readdirSync(cluster).length === 0) return undefined;
  throw new Fault('not-a-cluster', `${cluster} holds files that are not a PostgreSQL cluster.`, {
    hint: 'Choose another data folder, or look at what lies there and move it away.',
  });
}

/** @throws Fault `other-version` where the cluster was made by another major version than the one that is to run */
export function requireVersion(cluster: string, version: MajorVersion): void {
  const found = clusterVersion(cluster);
  if (found === undefined || found === version) return;
  throw new Fault(
    'other-version',
    `${cluster} was made by PostgreSQL ${found}, this is PostgreSQL ${version}.`,
    {
      hint: `Nothing is upgraded silently. With the Gezhi that made it: gezhi export --everything DIR; then with this one: gezhi import --everything DIR --data NEW.`,
    },
  );
}

/**
 * Makes the cluster, in a draft folder that is renamed when it is whole: a start that is cut short leaves no half cluster behind.
 *
 * One collation, the same everywhere and for ever: code points. From 17 on PostgreSQL brings it along (`builtin`); 15 takes the
 * order `C`, which is the same, and upper and lower case from the C library. No collation of the operating system or ICU:
 * their order changes with their version and corrupts indexes without a word.
 */
export async function makeCluster(
  native: string,
  cluster: string,
  version: MajorVersion,
  account: Account,
  durable: boolean,
): Promise<void> {
  const draft = `${cluster}.draft`;
  const clusterArg = reachableName(draft, account);
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  giveTo(account, draft);
  const common = [
    '-D',
    clusterArg,
    '-U',
    SUPERUSER,
    '--encoding=UTF8',
    '--data-checksums',
    '--no-instructions',
  ];
  const auth = ['--auth-local=trust', '--auth-host=reject'];
  const sync = durable ? [] : ['--no-sync'];
  await runInitdb(native, [...common, ...auth, ...sync, ...collation(version)], account, draft);
  const settings = Object.entries(initialSettings()).map(([name, value]) => `${name} = '${value}'\n`);
  appendFileSync(
    join(draft, 'postgresql.conf'),
    `\n# What Gezhi sets; yours to change.\n${settings.join('')}`,
  );
  chmodSync(draft, 0o700);
  renameSync(draft, cluster);
  syncFolder(dirname(cluster));
}

/**
 * The name under which the account that runs PostgreSQL reaches a folder of its own. Where one of the folders above is closed to it
 * (root's service in a closed /root), its path is of no use to it; but the server works inside its cluster and never leaves, and on
 * Linux /proc/self/cwd leads there without a step through any folder above. Start the program with that folder as its cwd.
 *
 * @throws Fault `data-dir-closed` on other systems
 */
export function reachableName(folder: string, account: Account): string {
  if (!account.switched || isReachable(dirname(folder), account)) return folder;
  if (process.platform === 'linux') return '/proc/self/cwd';
  throw new Fault('data-dir-closed', `${folder} cannot be reached by ${account.name}, who runs PostgreSQL.`, {
    hint: 'Choose a data folder outside closed folders, or start Gezhi as an ordinary user.',
  });
}

/** After a power cut the renamed folder is there under its new name. */
function syncFolder(folder: string): void {
  const fd = openSync(folder, 'r');
  fsyncSync(fd);
  closeSync(fd);
}

function collation(version: MajorVersion): readonly string[] {
  return version === 15
    ? ['--locale-provider=libc', '--locale=C', '--lc-ctype=C.UTF-8']
    : ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
}

async function runInitdb(
  native: string,
  args: readonly string[],
  account: Account,
  cwd: string,
): Promise<void> {
  const child = spawn(program(native, 'initdb'), args, {
    cwd,
    env: serverEnv(),
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(account.switched ? { uid: account.uid, gid: account.gid } : {}),
  });
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += chunk;
  });
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const code = await new Promise((resolve, reject) => child.once('close', resolve).once('error', reject));
  if (code === 0) return;
  throw new Fault(
    'initdb-failed',
    `initdb ended with ${code}:\n${said.trim().split('\n').slice(-12).join('\n')}\n`,
    {
      hint: 'Mend what its last lines name and start again.',
    },
  );
}

/** Only what the programs need: a stray PGPORT, PGDATA or LC_ALL in the shell of an operator changes nothing. */
export function serverEnv(): Record<string, string> {
  return { LC_ALL: 'C', TZ: 'UTC', PATH: process.env.PATH ?? '/usr/bin:/bin' };
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../../apps/cli/src/main.ts', import.meta.url));

/** The real service, as `gezhi serve` starts it, in a process that can be killed. */
export type ServiceProcess = {
  readonly url: string;
  readonly child: ChildProcess;
  /** The last lines of its log, for the message of a failure. */
  log(): string;
  /** Answers when `/readyz` is well. */
  ready(): Promise<void>;
  /** kill -9; answers when the process is gone. */
  kill(): Promise<void>;
  /** Stops it in order, as Ctrl-C does. */
  stop(): Promise<void>;
};

export type ServiceStart = {
  /** Its data folder: of the database, or only of the journal where `databaseUrl` names a server. */
  readonly dataDir: string;
  readonly databaseUrl?: string;
  /** Where the master keys lie; services on one database need the same. */
  readonly keysDir?: string;
  /** More flags of `gezhi serve`. */
  readonly flags?: readonly string[];
  /** Its `MAPS_FILE`. */
  readonly mapsFile?: string;
};

const NODE_FLAGS = ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=16', '--expose-gc'];
const READY_WAIT_MS = 60_000;
const LOG_LINES = 60;

/** Starts a service on a free port and answers as soon as it says where it is. */
export async function startServiceProcess({
  dataDir,
  databaseUrl,
  keysDir,
  mapsFile,
  flags = [],
}: ServiceStart): Promise<ServiceProcess> {
  const child = spawn(
    process.execPath,
    [...NODE_FLAGS, CLI, 'serve', '--port', '0', '--host', '127.0.0.1', '--json', ...flags],
    {
      env: { ...environment(dataDir, databaseUrl, keysDir), ...(mapsFile ? { MAPS_FILE: mapsFile } : {}) },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const lines: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    lines.push(line);
    if (lines.length > LOG_LINES) lines.shift();
  });
  const log = (): string => lines.join('\n');
  const url = await firstLine(child, log);
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (hasEnded()) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  };
  return {
    url,
    child,
    log,
    ready: () => waitUntilReady(url, () => (hasEnded() ? `The service ended:\n${log()}` : undefined), log),
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  };
}

/** Answers when nothing waits in the journal of a service. */
export async function untilEmptied(dataDir: string, service: ServiceProcess): Promise<void> {
  const giveUpAt = Date.now() + READY_WAIT_MS;
  while ((await segmentsIn(join(dataDir, 'spool'))).length > 0) {
    if (Date.now() > giveUpAt) throw new Error(`The journal is not emptied:\n${service.log()}`);
    await sleep(50);
  }
}

async function segmentsIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith('.journal'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function environment(
  dataDir: string,
  databaseUrl: string | undefined,
  keysDir: string | undefined,
): NodeJS.ProcessEnv {
  const { PORT: _port, HOST: _host, PUBLIC_URL: _publicUrl, DATABASE_URL: _url, ...env } = process.env;
  return {
    ...env,
    GEZHI_DATA: dataDir,
    LOG_LEVEL: 'info',
    // Its towns are small and have no accounts.
    POST_TOKENS: 'yes',
    ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}),
    ...(keysDir ? { GEZHI_KEYS: keysDir } : {}),
  };
}

async function firstLine(child: ChildProcess, log: () => string): Promise<string> {
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout! }).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`The service ended with ${code}:\n${log()}`)));
    child.once('error', reject);
  });
  return (JSON.parse(line) as { url: string }).url;
}

async function waitUntilReady(
  url: string,
  ended: () => string | undefined,
  log: () => string,
): Promise<void> {
  const giveUpAt = Date.now() + READY_WAIT_MS;
  for (;;) {
    const answer = await fetch(`${url}/readyz`).catch((error: Error) => error);
    if (answer instanceof Response) {
      await answer.arrayBuffer();
      if (answer.status === 200) return;
    }
    const why = ended();
    if (why) throw new Error(why);
    if (Date.now() > giveUpAt) throw new Error(`${url} is not ready after a minute:\n${log()}`);
    await sleep(50);
  }
}

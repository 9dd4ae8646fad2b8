import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** Where the things of the embedded server lie in the data folder of an installation. */
export type ServerPaths = {
  readonly dataDir: string;
  /** What PostgreSQL calls its data directory. */
  readonly cluster: string;
  readonly log: string;
  readonly mutex: string;
  readonly users: string;
  /** The socket's folder beside the cluster; `undefined` where its path is too long for a socket. */
  readonly nearSocketDir: string | undefined;
  /** The one in the folder for temporary files, whose path is short and whose parents are open to all. */
  readonly shortSocketDir: string;
};

export function serverPaths(dataDir: string): ServerPaths {
  const root = resolve(dataDir);
  return {
    dataDir: root,
    cluster: join(root, 'postgres'),
    log: join(root, 'postgres.log'),
    mutex: join(root, 'server', 'mutex'),
    users: join(root, 'server', 'users'),
    nearSocketDir: fits(join(root, 'socket')),
    shortSocketDir: join(tmpdir(), `gezhi-${createHash('sha256').update(root).digest('hex').slice(0, 16)}`),
  };
}

export const SOCKET_PORT = 5432;

/** `sockaddr_un` holds 108 bytes on Linux and 104 on macOS, the closing zero among them. */
const SOCKET_PATH_BYTES = 103;

function fits(folder: string): string | undefined {
  const path = join(folder, `.s.PGSQL.${SOCKET_PORT}`);
  return Buffer.byteLength(path) <= SOCKET_PATH_BYTES ? folder : undefined;
}

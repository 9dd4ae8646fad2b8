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
  readonly socketDir: string;
};

export function serverPaths(dataDir: string): ServerPaths {
  const root = resolve(dataDir);
  return {
    dataDir: root,
    cluster: join(root, 'postgres'),
    log: join(root, 'postgres.log'),
    mutex: join(root, 'server', 'mutex'),
    users: join(root, 'server', 'users'),
    socketDir: socketDirFor(root),
  };
}

export const SOCKET_PORT = 5432;

/** `sockaddr_un` holds 108 bytes on Linux and 104 on macOS, the closing zero among them. */
const SOCKET_PATH_BYTES = 103;

/** A folder in the data folder; where its name is too long for a socket, a short one in the folder for temporary files. */
function socketDirFor(root: string): string {
  const near = join(root, 'socket');
  if (Buffer.byteLength(join(near, `.s.PGSQL.${SOCKET_PORT}`)) <= SOCKET_PATH_BYTES) return near;
  const name = createHash('sha256').update(root).digest('hex').slice(0, 16);
  return join(tmpdir(), `gezhi-${name}`);
}

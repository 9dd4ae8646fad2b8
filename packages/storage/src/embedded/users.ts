import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identify, isAlive, type ProcessIdentity } from './process-identity.ts';

/** Whose server it is: the one service of a data folder, or a command that works beside it or instead of it. */
export type UserRole = 'owner' | 'guest';

export type ServerUser = ProcessIdentity & { readonly role: UserRole; readonly file: string };

let registered = 0;

/** Notes that this process uses the server under `folder`. Whoever decides by it who is first or last holds the folder's mutex. */
export function registerUser(folder: string, role: UserRole): ServerUser {
  mkdirSync(folder, { recursive: true });
  const me = identify();
  if (!me) throw new Error('This process cannot find itself.');
  registered += 1;
  const file = join(folder, `${me.pid}-${registered}`);
  // A name with a full stop is a draft: a reader never meets half a file.
  writeFileSync(`${file}.draft`, `${role} ${me.pid} ${me.startedAt}`);
  renameSync(`${file}.draft`, file);
  return { ...me, role, file };
}

export function unregisterUser(user: ServerUser): void {
  rmSync(user.file, { force: true });
}

/** The users that live. Notes of dead ones (kill -9, power cut) are swept away. */
export function livingUsers(folder: string): ServerUser[] {
  mkdirSync(folder, { recursive: true });
  const notes = readdirSync(folder).filter((name) => !name.includes('.'));
  return notes.flatMap((name) => {
    const file = join(folder, name);
    const user = readUser(file);
    if (user && isAlive(user)) return [user];
    rmSync(file, { force: true });
    return [];
  });
}

function readUser(file: string): ServerUser | undefined {
  const [role, pid, startedAt] = readNote(file).split(' ');
  if ((role !== 'owner' && role !== 'guest') || !startedAt) return undefined;
  return { role, pid: Number(pid), startedAt, file };
}

/** Its user may take a note away while we read. */
function readNote(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

import { chownSync, lchownSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '@gezhi/basis';

/** The account PostgreSQL runs as; `switched` where that is not the account of this process. */
export type Account = {
  readonly uid: number;
  readonly gid: number;
  readonly name: string;
  readonly switched: boolean;
};

/** Accounts that a root service lends to PostgreSQL, first found first: one made for it, Debian's, everybody's. */
const CANDIDATES = ['gezhi', 'postgres', '_postgres', 'nobody'];

/**
 * PostgreSQL refuses to run as root. A service that is root therefore runs it as another account: the one that owns the cluster
 * already, else the first of the candidates in /etc/passwd (initdb looks its own name up there, so a bare high uid would not
 * do). Anybody else runs it as themselves.
 *
 * @param cluster the data directory of PostgreSQL, which need not exist yet
 * @throws Fault `no-account` where root finds nobody to lend it to
 */
export function chooseAccount(cluster: string): Account {
  const uid = process.geteuid?.() ?? -1;
  const gid = process.getegid?.() ?? -1;
  if (uid !== 0) return { uid, gid, name: String(uid), switched: false };
  const accounts = readAccounts();
  const owner = ownerOf(cluster);
  const found =
    accounts.find((account) => account.uid === owner) ??
    CANDIDATES.map((name) => accounts.find((account) => account.name === name)).find(Boolean);
  if (found) return { ...found, switched: true };
  throw new Fault(
    'no-account',
    `PostgreSQL does not run as root, and none of ${CANDIDATES.join(', ')} exists.`,
    {
      hint: 'Start Gezhi as an ordinary user, or make one: useradd --system gezhi.',
    },
  );
}

/** Gives a file or folder to the account PostgreSQL runs as, where that is not us. Never follows a link. */
export function giveTo(account: Account, path: string): void {
  if (!account.switched) return;
  if (lstatSync(path).isSymbolicLink()) {
    throw new Fault('link-in-the-way', `${path} is a symbolic link.`, { hint: 'Put a real folder there.' });
  }
  chownSync(path, account.uid, account.gid);
}

/** The same for all that lies below, a cluster that was copied or restored by root. Links are passed over. */
export function giveTreeTo(account: Account, top: string): void {
  if (!account.switched) return;
  giveTo(account, top);
  for (const entry of readdirSync(top, { withFileTypes: true })) {
    const path = join(top, entry.name);
    if (entry.isDirectory()) giveTreeTo(account, path);
    else lchownSync(path, account.uid, account.gid);
  }
}

function readAccounts(): { name: string; uid: number; gid: number }[] {
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= 4 && Number(fields[2]) > 0)
    .map(([name, , uid, gid]) => ({ name: name!, uid: Number(uid), gid: Number(gid) }));
}

/** The uid that owns a cluster; `undefined` where there is none yet, or where it is root's (a copy that was brought back). */
function ownerOf(cluster: string): number | undefined {
  return statSync(cluster, { throwIfNoEntry: false })?.uid || undefined;
}

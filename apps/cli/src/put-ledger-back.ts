import { existsSync } from 'node:fs';
import { cp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '@gezhi/basis';

/** The districts whose ledgers a folder holds. @throws Fault `no-ledger-there` where there is none */
export async function ledgersIn(from: string): Promise<readonly string[]> {
  const districts = (await readdir(from, { withFileTypes: true }).catch(() => []))
    .filter((entry) => entry.isDirectory() && existsSync(join(from, entry.name, 'public')))
    .map(({ name }) => name)
    .sort();
  if (districts.length === 0) {
    throw new Fault('no-ledger-there', `${from} holds no ledgers.`, {
      hint: 'Name the folder "ledger" of the data folder as it was before, or leave --ledger out where there never was one.',
    });
  }
  return districts;
}

/**
 * Puts the ledgers as they are now into the place of those that a backup held, with the lists of who was erased since: the restored database
 * erases them again when it is opened, before anything is shown.
 */
export async function putLedgerBack(
  from: string,
  districts: readonly string[],
  dataDir: string,
): Promise<void> {
  const into = join(dataDir, 'ledger');
  for (const district of districts) {
    await rm(join(into, district), { recursive: true, force: true });
    await cp(join(from, district), join(into, district), { recursive: true, preserveTimestamps: true });
  }
}

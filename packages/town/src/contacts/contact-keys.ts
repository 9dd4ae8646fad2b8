import { createHmac } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '@gezhi/basis';
import type { Db } from '@gezhi/storage';
import { type MasterKeys, masterKeysIn, passingMasterKeys, type Suite } from '@gezhi/vault';

/** The file of master keys in its folder. */
const FILE = 'master-keys.json';

/** Where master keys are kept: a folder of their own; `passing` where they go with the process (tests); none where nobody said. */
export type KeysPlace = { readonly keysDir?: string; readonly suite?: Suite } | 'passing';

/**
 * The master keys of an installation. They are made when something is sealed for the first time; from then on the database holds a mark
 * of them, and opens with no others.
 *
 * @throws Fault `keys-missing` where the database was sealed and the folder has no keys, `other-keys` where it has others; later, on first
 *   use, `no-keys` where no folder was named
 */
export async function contactKeys(db: Db, place: KeysPlace): Promise<MasterKeys> {
  let opening: Promise<MasterKeys> | undefined;
  const opened = (): Promise<MasterKeys> => {
    opening ??= open(db, place);
    opening.catch(() => {
      opening = undefined;
    });
    return opening;
  };
  if (place !== 'passing' && place.keysDir !== undefined && (await markOf(db))) await opened();
  return {
    current: async () => (await opened()).current(),
    names: async () => (await opened()).names(),
    wrap: async (key, belongs) => (await opened()).wrap(key, belongs),
    unwrap: async (wrapped, belongs) => (await opened()).unwrap(wrapped, belongs),
    renew: async () => (await opened()).renew(),
    dropOld: async () => (await opened()).dropOld(),
    lookupKey: async () => (await opened()).lookupKey(),
  };
}

async function open(db: Db, place: KeysPlace): Promise<MasterKeys> {
  const keys = place === 'passing' ? passingKeysOf(db) : await keysIn(db, place);
  const mark = createHmac('sha256', await keys.lookupKey())
    .update('gezhi vault')
    .digest();
  await db.pool.query(`INSERT INTO secret (name, value) VALUES ('vault', $1) ON CONFLICT DO NOTHING`, [mark]);
  if ((await markOf(db))?.equals(mark)) return keys;
  const where = place === 'passing' ? 'this process' : place.keysDir;
  throw new Fault('other-keys', `The master keys in ${where} are not those this database was sealed with.`, {
    hint: 'Put back the folder of keys that belongs to it (gezhi serve --keys DIR, or GEZHI_KEYS).',
  });
}

const passing = new WeakMap<Db, MasterKeys>();

/** Whoever opens the same database again in this process has the same keys. */
function passingKeysOf(db: Db): MasterKeys {
  const keys = passing.get(db) ?? passingMasterKeys();
  passing.set(db, keys);
  return keys;
}

async function keysIn(db: Db, { keysDir, suite }: Exclude<KeysPlace, 'passing'>): Promise<MasterKeys> {
  if (keysDir === undefined) {
    throw new Fault('no-keys', 'Where the master keys of the vault lie is not said.', {
      hint: 'Name their folder: --keys DIR, or GEZHI_KEYS.',
    });
  }
  const file = join(keysDir, FILE);
  if (!existsSync(file) && (await markOf(db))) {
    throw new Fault(
      'keys-missing',
      `What people said and who they are is sealed here, and ${file} is not there.`,
      {
        hint: 'Put the folder of keys back from its own backup, or name it with --keys DIR (GEZHI_KEYS). Without it they stay unreadable.',
      },
    );
  }
  return await masterKeysIn(file, suite);
}

async function markOf(db: Db): Promise<Buffer | undefined> {
  const { rows } = await db.pool.query<{ value: Buffer }>(`SELECT value FROM secret WHERE name = 'vault'`);
  return rows[0]?.value;
}

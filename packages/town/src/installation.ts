import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Fault, type Instant } from '@gezhi/basis';
import { type Pack, readPack } from '@gezhi/scene';
import { type Db, type OpenOptions, openDatabase, readRegistry } from '@gezhi/storage';
import type { ApartSealer, Suite } from '@gezhi/vault';
import { contactKeys, type KeysPlace } from './contacts/contact-keys.ts';
import { eraseAgain } from './contacts/erase-contact.ts';
import { erasureList } from './contacts/erasure-list.ts';
import { moveContacts } from './contacts/move-contacts.ts';
import { sealWordsIn } from './contacts/seal-words.ts';
import type { Keeping } from './contacts/town-vault.ts';
import { hashScene, type PolicyMark, recordPolicies } from './powers/record-policies.ts';
import { makeTown, type Town } from './town.ts';

/** An open installation: one database and the districts in it, each a town that runs. */
export type Installation = {
  readonly db: Db;
  readonly packs: ReadonlyMap<string, Pack>;
  readonly towns: ReadonlyMap<string, Town>;
  /** Keys our own hashes: codes of numbers, recognised wordings. Never leaves the installation. */
  readonly secret: Buffer;
  /** Seals what waits outside the database: the journal. */
  readonly sealer: ApartSealer;
  /** Reads the districts anew, after an import changed places or duties; cases in work see it at their next step. */
  reload(): Promise<void>;
  close(): Promise<void>;
};

export const SCENES_DIR = fileURLToPath(new URL('../../../scenes', import.meta.url));

export type InstallationOptions = OpenOptions & {
  readonly scenesDir?: string;
  /** Where the master keys of the vault lie; `keys` in the data folder where left out. A database elsewhere has no such folder of its own. */
  readonly keysDir?: string;
  /** Where the ledgers lie, and beside them the lists of who was erased; `ledger` in the data folder where left out. */
  readonly ledgerDir?: string;
  readonly suite?: Suite;
  /** The clock by which an emergency is over; that of the machine where left out. */
  readonly now?: () => Instant;
};

/**
 * Opens an installation in a data folder or on a server, with the scenes of `scenesDir` and every district's town. Whoever was erased is
 * erased again where the database is older than that; contacts that still lie in clear move into the vault.
 *
 * @throws Fault of `openDatabase` and `contactKeys`; `bad-scene` where a scene pack has something wrong with it, naming file, key and remedy
 */
export async function openInstallation(options: InstallationOptions): Promise<Installation> {
  const scenesDir = options.scenesDir ?? SCENES_DIR;
  const packs = await readPacks(scenesDir);
  const db = await openDatabase(options);
  const own = (name: string): string | undefined =>
    'dataDir' in options ? join(options.dataDir, name) : undefined;
  const keysDir = options.keysDir ?? own('keys');
  const place = {
    ...(keysDir === undefined ? {} : { keysDir }),
    ...(options.suite === undefined ? {} : { suite: options.suite }),
  };
  const places = { keys: place, ledgerDir: options.ledgerDir ?? own('ledger'), now: options.now };
  const installation = await installationOn(db, packs, places);
  const marks = await marksOf(scenesDir, packs);
  for (const town of installation.towns.values()) await recordPolicies(town, marks, Date.now());
  return installation;
}

/**
 * The same on a database that is open already; closing the installation closes it. Where nothing is said of keys they go with the process,
 * and so does what they seal: for tests.
 */
export async function installationOn(
  db: Db,
  packs?: ReadonlyMap<string, Pack>,
  places: {
    readonly keys: KeysPlace;
    readonly ledgerDir?: string | undefined;
    readonly now?: (() => Instant) | undefined;
  } = { keys: 'passing' },
): Promise<Installation> {
  const scenes = packs ?? (await readPacks(SCENES_DIR));
  const towns = new Map<string, Town>();
  const secret = await readSecret(db);
  const reload = async (keeping: Keeping): Promise<void> => {
    const districts = await readRegistry(db.pool);
    for (const district of districts)
      towns.set(
        district.district,
        makeTown(db, secret, scenes, district, towns.get(district.district), keeping, places.now),
      );
    for (const town of towns.values()) {
      await town.rulings.refresh();
      await town.emergencies.refresh();
    }
  };
  try {
    const keeping = await keepingOf(db, places);
    const sealer = sealWordsIn(db, keeping);
    await reload(keeping);
    for (const town of towns.values()) {
      await eraseAgain(town, Date.now());
      await moveContacts(town);
    }
    return {
      db,
      packs: scenes,
      towns,
      secret,
      sealer,
      reload: () => reload(keeping),
      close: () => db.close(),
    };
  } catch (error) {
    await db.close();
    throw error;
  }
}

async function keepingOf(
  db: Db,
  { keys, ledgerDir }: { readonly keys: KeysPlace; readonly ledgerDir?: string | undefined },
): Promise<Keeping> {
  const suite = keys === 'passing' ? undefined : keys.suite;
  return {
    keys: await contactKeys(db, keys),
    ...(suite === undefined ? {} : { suite }),
    erasures: erasureList(ledgerDir),
  };
}

/** The town of a district; the only one where none is named. @throws Fault `no-such-district`, naming those there are */
export function townOf(installation: Installation, district?: string): Town {
  const { towns } = installation;
  const town =
    district === undefined && towns.size === 1 ? [...towns.values()][0] : towns.get(district ?? '');
  if (town) return town;
  throw new Fault(
    'no-such-district',
    district === undefined ? 'Name a district.' : `There is no district "${district}".`,
    {
      hint: towns.size
        ? `There is: ${[...towns.keys()].join(', ')}.`
        : 'Import a town first: gezhi town import DIR.',
    },
  );
}

async function readPacks(folder: string): Promise<Map<string, Pack>> {
  const packs = new Map<string, Pack>();
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const { pack, findings } = await readPack(join(folder, entry.name));
    if (!pack || findings.length) {
      const list = findings.map((f) => `${f.file} ${f.key}: ${f.problem}. ${f.remedy}`).join('\n  ');
      throw new Fault('bad-scene', `The scene "${entry.name}" cannot run:\n  ${list}`);
    }
    packs.set(pack.scene.id, pack);
  }
  return packs;
}

/** Which rules are in force, by scene. */
async function marksOf(folder: string, packs: ReadonlyMap<string, Pack>): Promise<readonly PolicyMark[]> {
  const marks: PolicyMark[] = [];
  for (const { scene } of packs.values())
    marks.push({ scene: scene.id, version: scene.version, sha256: await hashScene(join(folder, scene.id)) });
  return marks;
}

async function readSecret(db: Db): Promise<Buffer> {
  await db.pool.query(`INSERT INTO secret (name, value) VALUES ('installation', $1) ON CONFLICT DO NOTHING`, [
    randomBytes(32),
  ]);
  const { rows } = await db.pool.query<{ value: Buffer }>(
    `SELECT value FROM secret WHERE name = 'installation'`,
  );
  return rows[0]!.value;
}

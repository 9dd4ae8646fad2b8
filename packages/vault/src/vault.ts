import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { type Instant, isoInstant, isRefusal, type Refusal, refuse } from '@gezhi/basis';
import { inTransaction } from '@gezhi/storage';
import type pg from 'pg';
import type { MasterKeys } from './master-keys.ts';
import { phoneHash, phoneHashes } from './phone.ts';
import { checkSuite, KEY_BYTES, randomPart, type Suite, seal, unseal } from './seal.ts';

type Client = pg.Pool | pg.ClientBase;

/** Why somebody may read, by which law, and which fields. Whoever has no purpose that is registered reads nothing. */
export type Purpose = {
  readonly id: string;
  readonly basis: string;
  readonly fields: readonly string[];
  /** Whether it may find persons by their telephone number. */
  readonly finds?: true;
  /** Whether it still reads what is kept for the law alone (PIPL Art. 47). */
  readonly readsStored?: true;
};

/** A look: who read which fields of whom, for which purpose. It is written down before anything is told. */
export type Look = {
  readonly district: string;
  readonly person: string;
  readonly fields: readonly string[];
  readonly purpose: string;
  readonly by: { readonly post: string; readonly person?: string };
  readonly at: Instant;
  /** Why, in their own words, where the purpose asks for it. */
  readonly reason?: string;
  /** Until when the person is not told of it, and by which law. */
  readonly putOff?: { readonly until: Instant; readonly basis: string };
};

export type VaultOptions = {
  readonly keys: MasterKeys;
  readonly purposes: readonly Purpose[];
  readonly suite?: Suite;
  /** Writes a look down; where it throws, nothing is told. */
  readonly looked: (client: Client, look: Look) => Promise<void>;
};

/** A field to be kept; `phone` is what it may be found by. */
export type Field = {
  readonly person: string;
  readonly field: string;
  readonly value: string;
  readonly phone?: string;
};

export type Erased =
  | { readonly erased: true }
  | { readonly erased: false; readonly until: Instant; readonly reason: string };

export type Reading = Pick<Look, 'purpose' | 'by' | 'at' | 'reason' | 'putOff'>;

/** What sealing new persons made, ready to be written with the batch they came in. */
export type Sealed = {
  readonly persons: readonly {
    readonly person: string;
    readonly master: string;
    readonly sealedKey: Buffer;
  }[];
  readonly fields: readonly {
    readonly person: string;
    readonly field: string;
    readonly sealed: Buffer;
    readonly lookup: Buffer | null;
  }[];
};

/** Fields that identify people, each sealed under its person's own key. `person` is an opaque id and links nobody across matters. */
export type Vault = {
  /**
   * Seals fields of persons who are not kept yet, without asking the database: the caller writes the rows with its own. A person who was
   * there already is found by the key of `vault_person`. About 20 µs a person with two fields.
   */
  readonly sealNew: (district: string, fields: readonly Field[]) => Promise<Sealed>;
  /** Keeps fields, over what was there. Refuses `person-erased`. One round trip to read keys, two to write. */
  readonly putFields: (
    client: Client,
    district: string,
    fields: readonly Field[],
  ) => Promise<undefined | Refusal>;
  /**
   * The fields of a person that the purpose reads; absent ones are left out. One round trip, and one to write the look down. Refuses
   * `no-purpose`, `storage-only`.
   */
  readonly getFields: (
    client: Client,
    district: string,
    person: string,
    reading: Reading,
  ) => Promise<Readonly<Record<string, string>> | Refusal>;
  /** The same of several persons at once: one round trip, and one to write each look down. Who is not there is left out. */
  readonly getMany: (
    client: Client,
    district: string,
    persons: readonly string[],
    reading: Reading,
  ) => Promise<ReadonlyMap<string, Readonly<Record<string, string>> | Refusal> | Refusal>;
  /** Persons with this telephone number. Refuses `no-purpose`, `no-phone`. */
  readonly findByPhone: (
    client: Client,
    district: string,
    phone: string,
    reading: Reading,
  ) => Promise<readonly string[] | Refusal>;
  /** What a telephone number or mail address is found by, without saying it: its keyed hashes in a row. Of what is neither, nothing. */
  readonly markOf: (district: string, address: string) => Promise<Buffer | undefined>;
  /** Whether anybody is found by a mark; nobody is told who, so no look is written. */
  readonly isKnown: (client: Client, district: string, mark: Buffer) => Promise<boolean>;
  /** Persons who are found by a mark. Refuses `no-purpose`. */
  readonly findByMark: (
    client: Client,
    district: string,
    mark: Buffer,
    reading: Reading,
  ) => Promise<readonly string[] | Refusal>;
  /**
   * Destroys a person's key and fields, so that no copy of them opens any more; while a legal term runs, they are only locked away, with
   * the reason, and `erase` is called again after it (PIPL Art. 47). Harmless twice.
   */
  readonly erase: (
    client: Client,
    district: string,
    person: string,
    order: { readonly now: Instant; readonly term?: { readonly until: Instant; readonly reason: string } },
  ) => Promise<Erased>;
  /** Wraps every person's key with the current master key, a batch at a time; goes on where it was killed. Answers how many it wrapped. */
  readonly rewrap: (
    pool: pg.Pool,
    district: string,
    batchMax?: number,
    stopping?: () => boolean,
    done?: (persons: number) => void,
  ) => Promise<number>;
};

/** @throws Fault `no-national-crypto` where the suite asks for what this Node lacks */
export function openVault(options: VaultOptions): Vault {
  checkSuite(options.suite ?? 'aes');
  const purposes = new Map(options.purposes.map((purpose) => [purpose.id, purpose]));
  return {
    sealNew: (district, fields) => sealNew(options, district, fields),
    putFields: (client, district, fields) => putFields(options, client, district, fields),
    getFields: async (client, district, person, reading) => {
      const purpose = purposes.get(reading.purpose);
      if (!purpose || purpose.fields.length === 0) return noPurpose(reading.purpose);
      return await getFields(options, client, district, person, purpose, reading);
    },
    getMany: async (client, district, persons, reading) => {
      const purpose = purposes.get(reading.purpose);
      if (!purpose || purpose.fields.length === 0) return noPurpose(reading.purpose);
      return await getMany(options, client, district, persons, purpose, reading);
    },
    findByPhone: async (client, district, phone, reading) => {
      if (!purposes.get(reading.purpose)?.finds) return noPurpose(reading.purpose);
      return await findByPhone(options, client, district, phone, reading);
    },
    markOf: async (district, address) => {
      const hashes = phoneHashes(await options.keys.lookupKey(), district, address);
      return hashes.length === 0 ? undefined : Buffer.concat(hashes);
    },
    isKnown,
    findByMark: async (client, district, mark, reading) => {
      if (!purposes.get(reading.purpose)?.finds) return noPurpose(reading.purpose);
      return await findByHashes(options, client, district, hashesIn(mark), reading);
    },
    erase,
    rewrap: (pool, district, batchMax = 500, stopping = () => false, done = () => undefined) =>
      rewrap(options.keys, pool, district, { batchMax, stopping, done }),
  };
}

function noPurpose(id: string): Refusal {
  return refuse('no-purpose', `"${id}" is no purpose for which this may be read.`, { purpose: id });
}

async function sealNew(
  { keys, suite = 'aes' }: VaultOptions,
  district: string,
  fields: readonly Field[],
): Promise<Sealed> {
  const lookupKey = await keys.lookupKey();
  const dataKeys = new Map<string, KeyObject>();
  const persons: Sealed['persons'][number][] = [];
  for (const { person } of fields) {
    if (dataKeys.has(person)) continue;
    const key = randomPart(KEY_BYTES);
    dataKeys.set(person, createSecretKey(key));
    const { master, sealed } = await keys.wrap(key, [district, person]);
    persons.push({ person, master, sealedKey: sealed });
  }
  return {
    persons,
    fields: fields.map(({ person, field, value, phone }) => ({
      person,
      field,
      sealed: seal(suite, dataKeys.get(person)!, [district, person, field], Buffer.from(value, 'utf8')),
      lookup: phone === undefined ? null : (phoneHash(suite, lookupKey, district, phone) ?? null),
    })),
  };
}

type PersonRow = { person: string; master: string | null; sealed_key: Buffer | null };

async function putFields(
  { keys, suite = 'aes' }: VaultOptions,
  client: Client,
  district: string,
  fields: readonly Field[],
): Promise<undefined | Refusal> {
  if (fields.length === 0) return undefined;
  const dataKeys = await dataKeysOf(keys, client, district, [...new Set(fields.map(({ person }) => person))]);
  if (isRefusal(dataKeys)) return dataKeys;
  const lookupKey = await keys.lookupKey();
  const rows = fields.map(({ person, field, value, phone }) => ({
    person,
    field,
    sealed: seal(suite, dataKeys.get(person)!, [district, person, field], Buffer.from(value, 'utf8')),
    lookup: phone === undefined ? null : (phoneHash(suite, lookupKey, district, phone) ?? null),
  }));
  await client.query({
    name: 'vault-put',
    text: `INSERT INTO vault_field (district, person, field, sealed, lookup)
           SELECT $1, * FROM unnest($2::text[], $3::text[], $4::bytea[], $5::bytea[])
           ON CONFLICT (district, person, field) DO UPDATE SET sealed = excluded.sealed, lookup = excluded.lookup`,
    values: [
      district,
      rows.map((row) => row.person),
      rows.map((row) => row.field),
      rows.map((row) => row.sealed),
      rows.map((row) => row.lookup),
    ],
  });
  return undefined;
}

/** The data keys of persons, made where they have none. */
async function dataKeysOf(
  keys: MasterKeys,
  client: Client,
  district: string,
  persons: readonly string[],
): Promise<ReadonlyMap<string, Buffer> | Refusal> {
  const made = await Promise.all(
    persons.map((person) => keys.wrap(randomBytes(KEY_BYTES), [district, person])),
  );
  // Whoever was first has made the key: all others take theirs.
  await client.query({
    name: 'vault-persons',
    text: `INSERT INTO vault_person (district, person, master, sealed_key)
           SELECT $1, * FROM unnest($2::text[], $3::text[], $4::bytea[]) ON CONFLICT DO NOTHING`,
    values: [district, persons, made.map((one) => one.master), made.map((one) => one.sealed)],
  });
  const { rows } = await client.query<PersonRow>({
    name: 'vault-keys',
    text: 'SELECT person, master, sealed_key FROM vault_person WHERE district = $1 AND person = ANY($2)',
    values: [district, persons],
  });
  const dataKeys = new Map<string, Buffer>();
  for (const { person, master, sealed_key: sealed } of rows) {
    if (master === null || sealed === null)
      return refuse('person-erased', `${person} was erased and stays so.`);
    dataKeys.set(person, await keys.unwrap({ master, sealed }, [district, person]));
  }
  return dataKeys;
}

type FieldRow = PersonRow & {
  field: string | null;
  sealed: Buffer | null;
  stored_until: number | null;
  reason: string | null;
};

async function getFields(
  options: VaultOptions,
  client: Client,
  district: string,
  person: string,
  purpose: Purpose,
  reading: Reading,
): Promise<Readonly<Record<string, string>> | Refusal> {
  const { rows } = await client.query<FieldRow>({
    name: 'vault-get',
    // By key alone: with the list of fields as a parameter the look-up would be planned anew each time, which costs more than it does.
    text: `SELECT p.person, p.master, p.sealed_key, p.stored_until, p.reason, f.field, f.sealed FROM vault_person p
           LEFT JOIN LATERAL (SELECT field, sealed FROM vault_field WHERE district = $1 AND person = $2) AS f ON true
           WHERE p.district = $1 AND p.person = $2`,
    values: [district, person],
  });
  return await openFields(options, client, district, rows, purpose, reading);
}

async function getMany(
  options: VaultOptions,
  client: Client,
  district: string,
  persons: readonly string[],
  purpose: Purpose,
  reading: Reading,
): Promise<ReadonlyMap<string, Readonly<Record<string, string>> | Refusal>> {
  const { rows } = await client.query<FieldRow>({
    name: 'vault-get-many',
    text: `SELECT p.person, p.master, p.sealed_key, p.stored_until, p.reason, f.field, f.sealed FROM unnest($2::text[]) AS k(person)
           CROSS JOIN LATERAL (SELECT * FROM vault_person WHERE district = $1 AND person = k.person LIMIT 1) AS p
           LEFT JOIN LATERAL (SELECT field, sealed FROM vault_field WHERE district = $1 AND person = k.person) AS f ON true`,
    values: [district, persons],
  });
  const found = new Map<string, Readonly<Record<string, string>> | Refusal>();
  for (const [person, own] of Map.groupBy(rows, (row) => row.person))
    found.set(person, await openFields(options, client, district, own, purpose, reading));
  return found;
}

/** Opens what was read of one person, writes the look down, and only then tells. */
async function openFields(
  { keys, looked }: VaultOptions,
  client: Client,
  district: string,
  rows: readonly FieldRow[],
  purpose: Purpose,
  reading: Reading,
): Promise<Readonly<Record<string, string>> | Refusal> {
  const first = rows[0];
  if (!first || first.master === null || first.sealed_key === null) return {};
  const { person } = first;
  if (first.stored_until !== null && !purpose.readsStored) {
    return refuse('storage-only', `This is kept for the law alone: ${first.reason}.`, {
      until: isoInstant(first.stored_until),
      reason: first.reason,
    });
  }
  const found = rows.filter(
    (row): row is FieldRow & { field: string; sealed: Buffer } =>
      row.field !== null && purpose.fields.includes(row.field),
  );
  if (found.length === 0) return {};
  const key = await keys.unwrap({ master: first.master, sealed: first.sealed_key }, [district, person]);
  const values = Object.fromEntries(
    found.map(({ field, sealed }) => [
      field,
      unseal(key, [district, person, field], sealed).toString('utf8'),
    ]),
  );
  await looked(client, { district, person, fields: Object.keys(values).sort(), ...reading });
  return values;
}

async function findByPhone(
  options: VaultOptions,
  client: Client,
  district: string,
  phone: string,
  reading: Reading,
): Promise<readonly string[] | Refusal> {
  const hashes = phoneHashes(await options.keys.lookupKey(), district, phone);
  if (hashes.length === 0) return refuse('no-phone', 'This is no telephone number.');
  return await findByHashes(options, client, district, hashes, reading);
}

const HASH_BYTES = 32;

/** A mark is hashes of 32 bytes each. */
function hashesIn(mark: Buffer): readonly Buffer[] {
  return Array.from({ length: Math.floor(mark.length / HASH_BYTES) }, (_, i) =>
    mark.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES),
  );
}

async function isKnown(client: Client, district: string, mark: Buffer): Promise<boolean> {
  const { rows } = await client.query<{ known: boolean }>({
    name: 'vault-known',
    text: 'SELECT EXISTS (SELECT 1 FROM vault_field WHERE district = $1 AND lookup = ANY($2)) AS known',
    values: [district, hashesIn(mark)],
  });
  return rows[0]!.known;
}

async function findByHashes(
  { looked }: VaultOptions,
  client: Client,
  district: string,
  hashes: readonly Buffer[],
  reading: Reading,
): Promise<readonly string[]> {
  const { rows } = await client.query<{ person: string }>({
    name: 'vault-find',
    text: `SELECT DISTINCT f.person FROM vault_field f JOIN vault_person p ON p.district = f.district AND p.person = f.person
           WHERE f.district = $1 AND f.lookup = ANY($2) AND p.stored_until IS NULL ORDER BY f.person`,
    values: [district, hashes],
  });
  for (const { person } of rows) await looked(client, { district, person, fields: ['phone'], ...reading });
  return rows.map((row) => row.person);
}

const erase: Vault['erase'] = async (client, district, person, { now, term }) => {
  if (term && term.until > now) {
    await client.query(
      'UPDATE vault_person SET stored_until = $3, reason = $4 WHERE district = $1 AND person = $2 AND sealed_key IS NOT NULL',
      [district, person, isoInstant(term.until), term.reason],
    );
    return { erased: false, ...term };
  }
  await client.query(
    `WITH gone AS (DELETE FROM vault_field WHERE district = $1 AND person = $2)
     UPDATE vault_person SET master = NULL, sealed_key = NULL, stored_until = NULL, reason = NULL, erased_at = $3
     WHERE district = $1 AND person = $2 AND sealed_key IS NOT NULL`,
    [district, person, isoInstant(now)],
  );
  return { erased: true };
};

async function rewrap(
  keys: MasterKeys,
  pool: pg.Pool,
  district: string,
  {
    batchMax,
    stopping,
    done: tell,
  }: { batchMax: number; stopping: () => boolean; done: (persons: number) => void },
): Promise<number> {
  const current = await keys.current();
  let wrapped = 0;
  for (;;) {
    const done = await inTransaction(pool, (client) => rewrapSome(keys, client, district, current, batchMax));
    wrapped += done;
    tell(done);
    if (done < batchMax || stopping()) return wrapped;
  }
}

async function rewrapSome(
  keys: MasterKeys,
  client: pg.ClientBase,
  district: string,
  current: string,
  batchMax: number,
): Promise<number> {
  const { rows } = await client.query<{ person: string; master: string; sealed_key: Buffer }>(
    `SELECT person, master, sealed_key FROM vault_person
     WHERE district = $1 AND master <> $2 LIMIT $3 FOR UPDATE SKIP LOCKED`,
    [district, current, batchMax],
  );
  const fresh = await Promise.all(
    rows.map(async ({ person, master, sealed_key: sealed }) =>
      keys.wrap(await keys.unwrap({ master, sealed }, [district, person]), [district, person]),
    ),
  );
  await client.query(
    `UPDATE vault_person p SET master = n.master, sealed_key = n.sealed_key
     FROM unnest($2::text[], $3::text[], $4::bytea[]) AS n(person, master, sealed_key)
     WHERE p.district = $1 AND p.person = n.person`,
    [district, rows.map((row) => row.person), fresh.map((one) => one.master), fresh.map((one) => one.sealed)],
  );
  return rows.length;
}

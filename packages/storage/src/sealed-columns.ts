import { Fault } from '@gezhi/basis';
import type pg from 'pg';

/** Seals what columns hold, and opens it. `belongs` binds a value to its row. */
export type ColumnSealer = {
  readonly seal: (belongs: readonly string[], plain: Buffer) => Promise<Buffer>;
  readonly open: (belongs: readonly string[], sealed: Buffer) => Promise<Buffer>;
};

type Client = pg.Pool | pg.ClientBase;

const sealers = new WeakMap<pg.Pool, ColumnSealer>();

/** Which pool a connection goes by: the one that lends it, or the one it stands beside. */
const poolOf = new WeakMap<Client, pg.Pool>();

/**
 * From now on queries over this pool, over clients it lends and over those beside it (`withAdmin`) seal words and photos as they write them
 * and open them as they read: the database never has them in clear, and callers see nothing of it (as drivers do that encrypt columns on the
 * side of the client). Without a sealer they are written as they are.
 */
export function sealColumns(pool: pg.Pool, sealer: ColumnSealer | undefined): void {
  if (sealer) sealers.set(pool, sealer);
  else sealers.delete(pool);
}

/** Makes a new pool's connections go by it; `openPool` does. */
export function knowClients(pool: pg.Pool): void {
  poolOf.set(pool, pool);
  pool.on('connect', (client) => void poolOf.set(client, pool));
}

/** Makes a connection beside a pool go by it; `withAdmin` does. */
export function goBy(client: pg.ClientBase, pool: pg.Pool): void {
  poolOf.set(client, pool);
}

/**
 * The sealer of a connection; `undefined` where no vault was opened on its pool: then columns are written as they are.
 *
 * @throws Fault `no-sealer` for a connection that goes by no pool: what it wrote would lie in clear
 */
export function sealerOf(client: Client): ColumnSealer | undefined {
  const pool = poolOf.get(client);
  if (pool) return sealers.get(pool);
  throw new Fault('no-sealer', 'Words and photos go over a connection that no pool lent.', {
    hint: 'Take one of the pool, or by withAdmin.',
  });
}

/** @throws Fault `no-sealer` where something is sealed and no vault was opened on this connection */
export async function openColumn(
  client: Client,
  belongs: readonly string[],
  sealed: Buffer,
): Promise<Buffer> {
  const sealer = sealerOf(client);
  if (sealer) return await sealer.open(belongs, sealed);
  throw new Fault('no-sealer', 'Words and photos here are sealed, and no master keys were opened.', {
    hint: 'Open the installation with its keys (--keys DIR, GEZHI_KEYS).',
  });
}

/** Which row a text that was released to the public belongs to: its case. */
export function releaseBelongs(district: string, caseId: string): readonly string[] {
  return [district, 'released', caseId];
}

/** What was said, as a row keeps it: sealed, or in clear where it is from before. Nothing said is nothing to seal. */
export type SaidCells = {
  readonly id: string;
  readonly said: string | null;
  readonly place_said: string | null;
  readonly sealed: Buffer | null;
};

export type SaidText = { readonly said: string; readonly place_said: string | null };

/** Which row a text belongs to. */
export function saidBelongs(district: string, id: string): readonly string[] {
  return [district, 'words', id];
}

/** Which row a picture belongs to: its content, by its hash. */
export function mediaBelongs(district: string, hash: Buffer): readonly string[] {
  return [district, 'media', hash.toString('base64url')];
}

/** What a row of words holds, sealed where a vault is open. The place goes behind a NUL, which no words hold. */
export async function sealSaid(
  client: Client,
  district: string,
  id: string,
  { said, placeSaid }: { readonly said: string; readonly placeSaid: string | null },
): Promise<{ said: string | null; placeSaid: string | null; sealed: Buffer | null }> {
  const sealer = sealerOf(client);
  if (!sealer || (said === '' && placeSaid === null)) return { said, placeSaid, sealed: null };
  const whole = placeSaid === null ? plainText(said) : `${plainText(said)}\0${plainText(placeSaid)}`;
  return {
    said: null,
    placeSaid: null,
    sealed: await sealer.seal(saidBelongs(district, id), Buffer.from(whole, 'utf8')),
  };
}

export async function openSaid(
  client: Client,
  district: string,
  { id, said, place_said, sealed }: SaidCells,
): Promise<SaidText> {
  if (sealed === null) return { said: said ?? '', place_said };
  const whole = (await openColumn(client, saidBelongs(district, id), sealed)).toString('utf8');
  const at = whole.indexOf('\0');
  return at < 0
    ? { said: whole, place_said: null }
    : { said: whole.slice(0, at), place_said: whole.slice(at + 1) };
}

export type OpenedRow<Row extends SaidCells> = Omit<Row, 'said' | 'place_said' | 'sealed'> & SaidText;

/** Rows with their words opened. */
export async function openRows<Row extends SaidCells>(
  client: Client,
  district: string,
  rows: readonly Row[],
): Promise<OpenedRow<Row>[]> {
  const opened: OpenedRow<Row>[] = [];
  for (const row of rows) {
    const { said: _said, place_said: _place, sealed: _sealed, ...rest } = row;
    opened.push({ ...rest, ...(await openSaid(client, district, row)) });
  }
  return opened;
}

/** What was said, and on a line of its own where. */
export function wholeSaid({ said, place_said }: SaidText): string {
  return place_said === null ? said : `${said}\n${place_said}`;
}

/** NUL cannot be stored in PostgreSQL text; it is written as U+FFFD so that the words around it are kept. */
export function plainText(text: string): string {
  return text.replaceAll('\0', '\uFFFD');
}

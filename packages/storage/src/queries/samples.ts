import type { Instant } from '@gezhi/basis';
import type pg from 'pg';

export type SeedRow = {
  readonly id: string;
  readonly purpose: string;
  readonly hash: string;
  readonly seed: string;
  readonly committed_at: Instant;
  readonly post: string;
  readonly person: string | null;
};

export type DrawnRow = {
  readonly seed_id: string;
  readonly drawn_at: Instant;
  readonly post: string;
  readonly person: string | null;
  readonly population_from: Instant;
  readonly population_to: Instant;
  readonly size: unknown;
  readonly population: readonly string[];
  readonly drawn: readonly string[];
};

/** Promises a seed. Fails with a conflict where the id is taken. */
export async function addSeed(
  client: pg.Pool | pg.ClientBase,
  district: string,
  row: SeedRow,
): Promise<void> {
  const { id, purpose, hash, seed, committed_at, post, person } = row;
  await client.query(
    `INSERT INTO sample_seed (district, id, purpose, hash, seed, committed_at, post, person)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [district, id, purpose, hash, seed, iso(committed_at), post, person],
  );
}

/** Keeps what a seed drew. Fails with a conflict where it drew already. */
export async function addDrawn(
  client: pg.Pool | pg.ClientBase,
  district: string,
  row: DrawnRow,
): Promise<void> {
  await client.query(
    `INSERT INTO sample_drawn (district, seed_id, drawn_at, post, person, population_from, population_to, size,
       population, drawn) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      district,
      row.seed_id,
      iso(row.drawn_at),
      row.post,
      row.person,
      iso(row.population_from),
      iso(row.population_to),
      JSON.stringify(row.size),
      row.population,
      row.drawn,
    ],
  );
}

/** All seeds of a district, the newest first, each with what it drew. The seed itself comes too: see to whom it is told. */
export async function listSeeds(
  client: pg.Pool | pg.ClientBase,
  district: string,
): Promise<readonly { readonly seed: SeedRow; readonly drawn: DrawnRow | undefined }[]> {
  const { rows: seeds } = await client.query<SeedRow>(
    `SELECT id, purpose, hash, seed, committed_at, post, person FROM sample_seed
     WHERE district = $1 ORDER BY committed_at DESC, id`,
    [district],
  );
  const { rows: drawn } = await client.query<DrawnRow>(
    `SELECT seed_id, drawn_at, post, person, population_from, population_to, size, population, drawn
     FROM sample_drawn WHERE district = $1`,
    [district],
  );
  const bySeed = new Map(drawn.map((row) => [row.seed_id, row]));
  return seeds.map((seed) => ({ seed, drawn: bySeed.get(seed.id) }));
}

function iso(at: Instant): string {
  return new Date(at).toISOString();
}

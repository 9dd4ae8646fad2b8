import type { Instant } from '@gezhi/basis';
import type pg from 'pg';

export const THEME_PARTS = ['theme', 'problem', 'task', 'output', 'survey'] as const;
export type ThemePart = (typeof THEME_PARTS)[number];

export type ThemePartRow = {
  readonly theme: string;
  readonly part: ThemePart;
  readonly id: string;
  readonly version: number;
  readonly at: Instant;
  readonly post: string;
  readonly person: string | null;
  readonly under: string | null;
  readonly data: unknown;
};

/** Every part of every theme of a district, or of one, as it holds now, in order of ids. */
export async function themeParts(
  client: pg.Pool | pg.ClientBase,
  district: string,
  theme?: string,
): Promise<readonly ThemePartRow[]> {
  const { rows } = await client.query<ThemePartRow>(
    `SELECT DISTINCT ON (theme, part, id) theme, part, id, version, at, post, person, under, data
     FROM theme_part WHERE district = $1 AND ($2::text IS NULL OR theme = $2)
     ORDER BY theme, part, id, version DESC`,
    [district, theme ?? null],
  );
  return rows;
}

/** Writes a part, new or as it stands now. Fails with a conflict where somebody else wrote that version first. */
export async function addThemePart(
  client: pg.Pool | pg.ClientBase,
  district: string,
  { theme, part, id, version, at, post, person, under, data }: ThemePartRow,
): Promise<void> {
  await client.query(
    `INSERT INTO theme_part (district, theme, part, id, version, at, post, person, under, data)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      district,
      theme,
      part,
      id,
      version,
      new Date(at).toISOString(),
      post,
      person,
      under,
      JSON.stringify(data),
    ],
  );
}

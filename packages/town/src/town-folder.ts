import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault, type Instant, parseInstant } from '@gezhi/basis';
import { isLocalDay, localDay, type Zone, zoneOf } from '@gezhi/clock';
import { type Datum, readLineSegments, readOutlines, toWgs84 } from '@gezhi/place';
import type { Sort } from '@gezhi/storage';
import { parse } from 'csv-parse/sync';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import type { TownProfile } from './town.ts';

/** Something wrong with a town's folder: in which file, at which record (counted from 1), what, and how to mend it. */
export type FolderProblem = {
  readonly file: string;
  readonly record?: number;
  readonly severity: 'error' | 'warning' | 'note';
  readonly problem: string;
  /** The same in Chinese, where the room that found it says it in both. */
  readonly zh?: string;
};

export type FolderRecord = {
  readonly sort: Sort;
  readonly code: string;
  readonly record: Record<string, unknown>;
  readonly knownFrom?: Instant;
};

export type TownFolder = {
  readonly profile: TownProfile;
  readonly records: readonly FolderRecord[];
  readonly problems: readonly FolderProblem[];
};

const profileSchema = z.strictObject({
  district: z.string().min(1).max(24),
  name: z.strictObject({ zh: z.string().min(1), en: z.string().min(1) }),
  zone: z.string().min(1),
  calendar: z.enum(['cn', 'us', 'none']),
  desk: z.number().int().min(100).max(999),
  codes: z.enum(['cn', 'free']),
  callbacks: z.enum(['all', 'sample']).optional(),
  datum: z.enum(['WGS-84', 'GCJ-02', 'EPSG:3857']).default('WGS-84'),
  layers: z
    .array(
      z.strictObject({
        code: z.string().min(1),
        tiling: z.boolean(),
        within: z.string().optional(),
        name: z.strictObject({ zh: z.string(), en: z.string() }),
      }),
    )
    .min(1),
});

/**
 * Reads a town's folder (docs/town-format.md) into registry records. Nothing is guessed: what is missing or wrong is told with file
 * and record; a record that is wrong is left out. What the records mean together is checked by `checkTown`.
 *
 * @throws Fault `no-town` where there is no readable `town.yaml`
 */
export async function readTownFolder(folder: string): Promise<TownFolder> {
  const { datum, ...profile } = await readProfile(folder);
  const reader = new Reader(folder, zoneOf(profile.zone), datum);
  const outlines = new Map<string, unknown>();
  for (const { code } of profile.layers) {
    for (const read of await reader.outlines(`outlines/${code}.geojson`))
      outlines.set(`${code}\n${read.code}`, read.outline);
  }
  const records: FolderRecord[] = [
    ...(await reader.places(outlines)),
    ...(await reader.lines()),
    ...(await reader.table('units.csv', 'unit', ['code', 'name', 'kind', 'level'], (row) => row.code!)),
    ...(await reader.table('posts.csv', 'post', ['code', 'unit', 'kind', 'name'], (row) => row.code!)),
    ...(await reader.table(
      'staff.csv',
      'staff',
      ['person', 'post'],
      (row) => `${row.post}/${row.person}/${row.from ?? ''}`,
    )),
    ...(await reader.roster()),
    ...(await reader.table('duties.csv', 'duty', ['unit', 'kind', 'layer', 'place', 'role', 'basis'], (row) =>
      [row.unit, row.post, row.kind, row.layer, row.place, row.role, row.from].join('|'),
    )),
    ...(await reader.assets()),
    ...(await reader.kinds()),
    ...(await reader.days()),
  ];
  for (const key of outlines.keys()) {
    const [layer, code] = key.split('\n');
    reader.problems.push({
      file: `outlines/${layer}.geojson`,
      severity: 'warning',
      problem: `"${code}" has an outline but stands in no line of places.csv.`,
    });
  }
  return { profile, records, problems: reader.problems };
}

async function readProfile(folder: string): Promise<z.infer<typeof profileSchema>> {
  const path = join(folder, 'town.yaml');
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new Fault('no-town', `${path} cannot be read.`, {
      cause,
      hint: 'A town is a folder as docs/town-format.md says.',
    });
  }
  const result = profileSchema.safeParse(parseYaml(text));
  if (result.success) return result.data;
  const list = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
  throw new Fault('no-town', `${path}: ${list}.`, { hint: 'See docs/town-format.md.' });
}

type Row = Readonly<Record<string, string | undefined>>;

/** Reads one folder's tables, and collects what is wrong with them. */
class Reader {
  readonly problems: FolderProblem[] = [];
  readonly #folder: string;
  readonly #zone: Zone;
  readonly #datum: Datum;

  constructor(folder: string, zone: Zone, datum: Datum) {
    this.#folder = folder;
    this.#zone = zone;
    this.#datum = datum;
  }

  async table(
    file: string,
    sort: Sort,
    required: readonly string[],
    code: (row: Row) => string,
  ): Promise<FolderRecord[]> {
    const records: FolderRecord[] = [];
    const seen = new Set<string>();
    for (const [i, row] of (await this.rows(file)).entries()) {
      const missing = required.filter((column) => !row[column]);
      const key = code(row);
      if (missing.length) this.wrong(file, i + 1, `${missing.join(', ')} is empty. Fill it in.`);
      else if (seen.has(key))
        this.wrong(file, i + 1, `"${key}" stands twice. Remove one, or give each its own time.`);
      else {
        seen.add(key);
        const { from, to, knownFrom, ...rest } = row;
        const known = this.moment(file, i + 1, knownFrom);
        const record = {
          ...rest,
          ...named('validFrom', this.moment(file, i + 1, from)),
          ...named('validTo', this.moment(file, i + 1, to)),
        };
        records.push({ sort, code: key, record, ...named('knownFrom', known) });
      }
    }
    return records;
  }

  async places(outlines: Map<string, unknown>): Promise<FolderRecord[]> {
    const file = 'places.csv';
    const rows = await this.table(file, 'place', ['layer', 'code', 'name'], (row) =>
      [row.layer, row.code, row.from].filter(Boolean).join(':'),
    );
    return rows.map(({ record, ...rest }, i) => {
      const { names, lon, lat, ...place } = record as Record<string, string>;
      const key = `${place.layer}\n${place.code}`;
      const outline = outlines.get(key);
      outlines.delete(key);
      return {
        ...rest,
        record: {
          ...place,
          names: this.names(file, i + 1, names ?? ''),
          ...named('point', this.point(file, i + 1, lon, lat)),
          ...named('outline', outline),
        },
      };
    });
  }

  async roster(): Promise<FolderRecord[]> {
    const file = 'roster.csv';
    if (!existsSync(join(this.#folder, file))) return [];
    const required = ['unit', 'post', 'person', 'from', 'to'];
    return await this.table(file, 'roster', required, (row) => `${row.post}/${row.person}/${row.from ?? ''}`);
  }

  async assets(): Promise<FolderRecord[]> {
    const rows = await this.table('assets.csv', 'asset', ['code', 'kind', 'name'], (row) => row.code!);
    return rows.map(({ record, ...rest }, i) => {
      const { lon, lat, ...asset } = record as Record<string, string>;
      return { ...rest, record: { ...asset, ...named('point', this.point('assets.csv', i + 1, lon, lat)) } };
    });
  }

  async kinds(): Promise<FolderRecord[]> {
    if (!existsSync(join(this.#folder, 'kinds.csv'))) return [];
    const rows = await this.table('kinds.csv', 'kind', ['code', 'name'], (row) => row.code!);
    return rows.map(({ record, ...rest }) => {
      const { name, words, ...kind } = record as Record<string, string>;
      return { ...rest, record: { ...kind, name: { zh: name, en: name }, words: words?.split(';') ?? [] } };
    });
  }

  async days(): Promise<FolderRecord[]> {
    if (!existsSync(join(this.#folder, 'calendar.csv'))) return [];
    const rows = await this.table('calendar.csv', 'day', ['day', 'kind', 'name', 'basis'], (row) => row.day!);
    return rows.flatMap((row, i) => {
      const { day = '', kind, name = '', nameEn = name, basis } = row.record as Record<string, string>;
      if (isLocalDay(day) && (kind === 'holiday' || kind === 'workday'))
        return [{ ...row, record: { day, kind, name: { zh: name, en: nameEn }, basis } }];
      this.wrong('calendar.csv', i + 1, 'Write the day as 2027-04-02 and its kind as holiday or workday.');
      return [];
    });
  }

  async outlines(file: string): Promise<readonly { code: string; outline: unknown }[]> {
    const geojson = await this.json(file);
    if (!geojson) return [];
    const { outlines, problems } = readOutlines(geojson, { datum: this.#datum });
    for (const { feature, message } of problems) this.wrong(file, feature, message);
    return outlines;
  }

  async lines(): Promise<FolderRecord[]> {
    const geojson = await this.json('lines.geojson');
    if (!geojson) return [];
    const { segments, problems } = readLineSegments(geojson, { datum: this.#datum });
    for (const { feature, message } of problems) this.wrong('lines.geojson', feature, message);
    return segments.map((s) => ({ sort: 'line', code: `${s.line}/${s.segment}`, record: { ...s } }));
  }

  async json(file: string): Promise<unknown> {
    const text = await this.text(file);
    if (text === undefined) return undefined;
    try {
      return JSON.parse(text);
    } catch (error) {
      this.wrong(file, undefined, `It is no JSON: ${(error as Error).message}.`);
      return undefined;
    }
  }

  async rows(file: string): Promise<readonly Row[]> {
    const text = await this.text(file);
    if (text === undefined) return [];
    try {
      const rows = parse(text, { columns: true, bom: true, skip_empty_lines: true, trim: true }) as Record<
        string,
        string
      >[];
      return rows.map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== '')));
    } catch (error) {
      this.wrong(file, undefined, `It is no CSV: ${(error as Error).message}.`);
      return [];
    }
  }

  async text(file: string): Promise<string | undefined> {
    const path = join(this.#folder, file);
    if (existsSync(path)) return await readFile(path, 'utf8');
    this.problems.push({
      file,
      severity: 'note',
      problem: 'The file is not there; nothing is known of what it would tell.',
    });
    return undefined;
  }

  moment(file: string, record: number, text: string | undefined): Instant | undefined {
    if (!text) return undefined;
    if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return this.#zone.instantOf(localDay(text), 0);
    const at = parseInstant(text);
    if (at === undefined)
      this.wrong(file, record, `"${text}" is no moment. Write 2026-01-01, or 2026-01-01T08:00:00+08:00.`);
    return at;
  }

  point(
    file: string,
    record: number,
    lon: string | undefined,
    lat: string | undefined,
  ): { lon: number; lat: number } | undefined {
    if (!lon || !lat) return undefined;
    const converted = toWgs84([Number(lon), Number(lat)], this.#datum);
    if (Array.isArray(converted)) return { lon: converted[0] as number, lat: converted[1] as number };
    this.wrong(file, record, (converted as { because: string }).because);
    return undefined;
  }

  names(
    file: string,
    record: number,
    text: string,
  ): { name: string; point?: { lon: number; lat: number } }[] {
    return text
      .split(';')
      .filter(Boolean)
      .map((part) => {
        const [name = '', at] = part.split('@');
        const [lon, lat] = at?.split(',') ?? [];
        return { name, ...named('point', this.point(file, record, lon, lat)) };
      });
  }

  wrong(file: string, record: number | undefined, problem: string): void {
    this.problems.push({ file, ...(record === undefined ? {} : { record }), severity: 'error', problem });
  }
}

function named<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: V });
}

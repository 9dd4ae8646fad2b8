import { type Instant, isRefusal } from '@gezhi/basis';
import { checkRegistry, type Duty, type Post, type RosterEntry, type Staffing, type Unit } from '@gezhi/duty';
import { checkCode, checkLayer, type Place } from '@gezhi/place';
import {
  addRegistry,
  type Db,
  inTransaction,
  type RegistryRow,
  readRegistry,
  type Sort,
  saveDistrict,
} from '@gezhi/storage';
import type { FolderProblem, FolderRecord, TownFolder } from './town-folder.ts';

/** What importing a town did or would do, by sort of record, and everything that is wrong or missing. */
export type TownImport = {
  readonly district: string;
  readonly added: Readonly<Record<string, number>>;
  readonly changed: Readonly<Record<string, number>>;
  readonly gone: Readonly<Record<string, number>>;
  readonly problems: readonly FolderProblem[];
  readonly imported: boolean;
};

/**
 * Imports a town that was read from a folder: each record that is new or says something else is known from `now` on; one that is
 * there no longer is known to be gone. What was known before stays, so that past answers stay. Errors stop the import whole.
 *
 * @param dryRun only tells what would be done and what is missing
 */
export async function importTown(
  db: Db,
  folder: TownFolder,
  kinds: readonly string[],
  options: { readonly now: Instant; readonly dryRun?: boolean },
): Promise<TownImport> {
  const problems = [...folder.problems, ...checkTown(folder, kinds, options.now)];
  const { district } = folder.profile;
  const known = (await readRegistry(db.pool)).find((row) => row.district === district)?.registry ?? [];
  const { rows, added, changed, gone } = difference(known, folder.records, options.now);
  const stop = options.dryRun === true || problems.some((problem) => problem.severity === 'error');
  if (!stop) {
    await inTransaction(db.pool, async (client) => {
      await saveDistrict(client, district, folder.profile);
      await addRegistry(client, district, rows);
    });
  }
  return { district, added, changed, gone, problems, imported: !stop };
}

/** What the records of a town mean together: codes, outlines that overlap or leave holes, duties, posts nobody sits on. */
export function checkTown(
  folder: TownFolder,
  kinds: readonly string[],
  now: Instant,
): readonly FolderProblem[] {
  const of = <T>(sort: Sort): readonly T[] =>
    folder.records.filter((r) => r.sort === sort).map((r) => ({ ...r.record, knownFrom: r.knownFrom }) as T);
  const places = of<Place>('place');
  const { layers, codes } = folder.profile;
  const problems: FolderProblem[] = [];
  for (const [i, place] of places.entries()) {
    const checked = checkCode(codes, place.level ?? place.layer, place.code, place.parent);
    if (isRefusal(checked))
      problems.push({ file: 'places.csv', record: i + 1, severity: 'error', problem: checked.because });
  }
  for (const layer of layers.filter((l) => l.tiling)) {
    for (const finding of checkLayer(layer, places, { at: now })) {
      problems.push({
        file: `outlines/${layer.code}.geojson`,
        severity: finding.kind === 'overlap' || finding.kind === 'invalid' ? 'error' : 'warning',
        problem: finding.message.en,
        zh: finding.message.zh,
      });
    }
  }
  const registry = checkRegistry(
    {
      layers,
      units: of<Unit>('unit'),
      posts: of<Post>('post'),
      staffings: of<Staffing>('staff'),
      duties: of<Duty>('duty'),
      places,
      kinds,
    },
    now,
  );
  for (const { severity, table, row, text } of registry) {
    problems.push({
      file: `${table === 'staffings' ? 'staff' : table}.csv`,
      ...(row === undefined ? {} : { record: row + 1 }),
      severity: severity === 'gap' ? 'warning' : severity,
      problem: text.en,
      zh: text.zh,
    });
  }
  return [...problems, ...checkRoster(of('roster'), of('post'), of('staff'))];
}

/** A turn of duty names a post of that unit and somebody of the staff, and ends after it begins. */
function checkRoster(
  roster: readonly RosterEntry[],
  posts: readonly Post[],
  staff: readonly Staffing[],
): readonly FolderProblem[] {
  const unitOf = new Map(posts.map((post) => [post.code, post.unit]));
  const persons = new Set(staff.map((row) => row.person));
  return roster.flatMap(({ unit, post, person, validFrom, validTo }, i) => {
    const told: string[] = [];
    if (unitOf.get(post) !== unit)
      told.push(`"${post}" is no post of "${unit}". Name one that posts.csv has for it.`);
    if (!persons.has(person)) told.push(`"${person}" stands in no line of staff.csv. Add them there first.`);
    if (validFrom === undefined || validTo === undefined || validTo <= validFrom)
      told.push('The turn does not end after it begins. Fill in from and to.');
    return told.map((problem) => ({
      file: 'roster.csv',
      record: i + 1,
      severity: 'error' as const,
      problem,
    }));
  });
}

type Difference = {
  readonly rows: readonly RegistryRow[];
  readonly added: Record<string, number>;
  readonly changed: Record<string, number>;
  readonly gone: Record<string, number>;
};

function difference(
  known: readonly RegistryRow[],
  records: readonly FolderRecord[],
  now: Instant,
): Difference {
  const last = new Map(known.map((row) => [`${row.sort}\n${row.code}`, row]));
  const result = { rows: [] as RegistryRow[], added: {}, changed: {}, gone: {} };
  const count = (counts: Record<string, number>, sort: string): void => {
    counts[sort] = (counts[sort] ?? 0) + 1;
  };
  for (const { sort, code, record, knownFrom } of records) {
    const before = last.get(`${sort}\n${code}`);
    last.delete(`${sort}\n${code}`);
    if (before && JSON.stringify(before.record) === JSON.stringify(record)) continue;
    count(before ? result.changed : result.added, sort);
    result.rows.push({ sort, code, knownFrom: before ? now : (knownFrom ?? now), record });
  }
  for (const row of last.values()) {
    // Power lists are written in the service, and no folder takes them back.
    if (row.record === null || row.sort === 'policy') continue;
    count(result.gone, row.sort);
    result.rows.push({ sort: row.sort, code: row.code, knownFrom: now, record: null });
  }
  return result;
}

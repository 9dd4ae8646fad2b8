import { DAY, type Instant, isRefusal, type Refusal, refuse } from '@gezhi/basis';
import { type Actor, type Case, replay } from '@gezhi/cases';
import {
  addRegistry,
  addRegistryEdit,
  inTransaction,
  listCases,
  loadFacts,
  type RegistryChange,
  type RegistryEdit,
  type RegistryRow,
  readRegistry,
  registryEdits,
  type Sort,
} from '@gezhi/storage';
import { routeIn } from '../context.ts';
import { mayEdition } from '../editions/may-edition.ts';
import { checkTown } from '../import-town.ts';
import type { Installation } from '../installation.ts';
import { makeTown, type Town } from '../town.ts';
import type { FolderProblem } from '../town-folder.ts';

/** The records that are changed by hand; kinds come with scenes, outlines and lines with their places. */
export const EDITED_SORTS = [
  'place',
  'unit',
  'post',
  'staff',
  'duty',
  'asset',
] as const satisfies readonly Sort[];
export type EditedSort = (typeof EDITED_SORTS)[number];

/** A record to be known from now on under its code; `record` null: it is gone. */
export type Wanted = { readonly sort: EditedSort; readonly code: string; readonly record: unknown };

/** A case that would have gone elsewhere. */
export type Rerouted = {
  readonly caseId: string;
  readonly kind: string;
  readonly place: string;
  readonly was: string | undefined;
  readonly would: string | undefined;
};

/** What changes would do, before they are made. */
export type RegistryPreview = {
  readonly changes: readonly RegistryChange[];
  /** What would be wrong that is not wrong now; an error stops the change. */
  readonly problems: readonly FolderProblem[];
  /** Cases of the last 30 days that were looked at, and those that the catalogue would have brought elsewhere. */
  readonly looked: number;
  readonly rerouted: readonly Rerouted[];
};

const LOOK_BACK = 30 * DAY;
const CASES_MAX = 2_000;

/**
 * What changes of the registry would do: what would be wrong, and which cases of the last 30 days would have gone to somebody else. Nothing is
 * written. Some seconds for a town of 2,000 cases a month.
 */
export async function previewRegistry(
  town: Town,
  wanted: readonly Wanted[],
  now: Instant,
): Promise<RegistryPreview | Refusal> {
  const known = await registryOf(town);
  const changes = changesOf(known, wanted);
  if (changes.length === 0) return refuse('nothing-changed', 'Everything is as it would be.');
  const changed = inRegistryOrder([...known, ...rowsOf(changes, now)]);
  const [before, after] = [problemsOf(town, known, now), problemsOf(town, changed, now)];
  const had = new Set(before.map(({ problem }) => problem));
  const problems = after.filter(({ problem }) => !had.has(problem));
  if (problems.some(({ severity }) => severity === 'error')) {
    return { changes, problems, looked: 0, rerouted: [] };
  }
  const would = townWith(town, changed);
  const cases = await recentCases(town, now);
  const rerouted = cases.flatMap((c) => {
    const [was, then] = [leadOf(town, c, now), leadOf(would, c, now + 1)];
    if (was === then) return [];
    return [{ caseId: c.caseId, kind: c.kind, place: c.place.code, was, would: then }];
  });
  return { changes, problems, looked: cases.length, rerouted };
}

/**
 * Makes the changes known from now on, all or none, and writes down who did it and why. What was known before stays: past answers and
 * published numbers do not move. Takes the power `registry.edit`.
 *
 * @param undoes the edit that this one takes back
 */
export async function editRegistry(
  installation: Installation,
  town: Town,
  wanted: readonly Wanted[],
  by: Actor,
  order: { readonly id: string; readonly reason: string; readonly undoes?: string },
  now: Instant,
): Promise<RegistryEdit | Refusal> {
  const holds = mayEdition(town, 'registry.edit', by);
  if (isRefusal(holds)) return holds;
  const preview = await previewRegistry(town, wanted, now);
  if (isRefusal(preview)) return preview;
  const wrong = preview.problems.find(({ severity }) => severity === 'error');
  if (wrong) return refuse('registry-wrong', wrong.problem, { problems: preview.problems });
  const { id, reason, undoes = null } = order;
  const { changes } = preview;
  const edit = { id, at: now, post: by.post, person: by.person ?? null, reason, changes, undoes };
  await inTransaction(town.db.pool, async (client) => {
    await addRegistry(client, town.district, rowsOf(changes, now));
    await addRegistryEdit(client, town.district, edit);
  });
  await installation.reload();
  return edit;
}

/** Takes an edit back: each record that is still as the edit left it becomes what it was before. */
export async function undoRegistry(
  installation: Installation,
  town: Town,
  undoes: string,
  by: Actor,
  order: { readonly id: string; readonly reason: string },
  now: Instant,
): Promise<RegistryEdit | Refusal> {
  const edits = await registryEdits(town.db.pool, town.district, 1_000);
  const edit = edits.find(({ id }) => id === undoes);
  if (!edit) return refuse('no-such-edit', `There is no edit "${undoes}".`);
  const current = currentOf(await registryOf(town));
  const moved = edit.changes.filter(
    ({ sort, code, after }) => !isSame(current.get(keyOf(sort, code)) ?? null, after),
  );
  if (moved.length > 0) {
    return refuse('changed-since', `Changed again since: ${moved.map(({ code }) => code).join(', ')}.`);
  }
  const wanted = edit.changes.map(({ sort, code, before }) => ({
    sort: sort as EditedSort,
    code,
    record: before,
  }));
  return await editRegistry(installation, town, wanted, by, { ...order, undoes }, now);
}

/** Records of a sort as they are known now, in the order of layers and codes. */
export async function recordsOf(
  town: Town,
  sort: EditedSort,
): Promise<readonly { readonly code: string; readonly record: unknown; readonly knownFrom: Instant }[]> {
  const latest = new Map<string, RegistryRow>();
  for (const row of await registryOf(town)) if (row.sort === sort) latest.set(row.code, row);
  return [...latest.values()]
    .filter(({ record }) => record !== null)
    .map(({ code, record, knownFrom }) => ({ code, record, knownFrom }))
    .sort((a, b) => layerOf(town, a.record) - layerOf(town, b.record) || (a.code < b.code ? -1 : 1));
}

/** Places stand in the order of the town's layers; other records have none. */
function layerOf(town: Town, record: unknown): number {
  const { layer } = record as { layer?: string };
  return town.profile.layers.findIndex(({ code }) => code === layer);
}

async function registryOf(town: Town): Promise<readonly RegistryRow[]> {
  return (
    (await readRegistry(town.db.pool)).find(({ district }) => district === town.district)?.registry ?? []
  );
}

function currentOf(rows: readonly RegistryRow[]): ReadonlyMap<string, unknown> {
  return new Map(rows.map(({ sort, code, record }) => [keyOf(sort, code), record]));
}

function keyOf(sort: string, code: string): string {
  return `${sort}\n${code}`;
}

function changesOf(known: readonly RegistryRow[], wanted: readonly Wanted[]): readonly RegistryChange[] {
  const current = currentOf(known);
  return wanted
    .map(({ sort, code, record }) => ({
      sort,
      code,
      before: current.get(keyOf(sort, code)) ?? null,
      after: record ?? null,
    }))
    .filter(({ before, after }) => !isSame(before, after));
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(inOrder(a)) === JSON.stringify(inOrder(b));
}

/** The same with its keys in order, so that two records can be compared as texts. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, part]) => [key, inOrder(part)]),
  );
}

/** As the database gives them: by sort, code, and since when they are known. */
function inRegistryOrder(rows: readonly RegistryRow[]): readonly RegistryRow[] {
  const key = ({ sort, code }: RegistryRow): string => keyOf(sort, code);
  return rows.toSorted((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a.knownFrom - b.knownFrom));
}

function rowsOf(changes: readonly RegistryChange[], now: Instant): readonly RegistryRow[] {
  return changes.map(({ sort, code, after }) => ({ sort, code, knownFrom: now, record: after }));
}

function problemsOf(town: Town, rows: readonly RegistryRow[], now: Instant): readonly FolderProblem[] {
  const latest = new Map(rows.map((row) => [keyOf(row.sort, row.code), row]));
  const records = [...latest.values()]
    .filter(({ record }) => record !== null)
    .map(({ sort, code, record, knownFrom }) => ({
      sort,
      code,
      record: record as Record<string, unknown>,
      knownFrom,
    }));
  return checkTown({ profile: town.profile, records, problems: [] }, [...town.kinds.keys()], now);
}

/** The town as it would be; it shares what is open, and is thrown away. */
function townWith(town: Town, registry: readonly RegistryRow[]): Town {
  const row = { district: town.district, town: town.profile, registry };
  return makeTown(town.db, town.secret, town.packs, row, town, town.keeping);
}

async function recentCases(town: Town, now: Instant): Promise<readonly Case[]> {
  const { pool } = town.db;
  const rows = await listCases(pool, town.district, { from: now - LOOK_BACK }, CASES_MAX);
  const histories = await loadFacts(
    pool,
    town.district,
    rows.map(({ case_id }) => case_id),
  );
  return [...histories.values()].flatMap((facts) => replay(facts) ?? []);
}

function leadOf(town: Town, c: Case, knownAt: Instant): string | undefined {
  const answer = routeIn(town, c, knownAt);
  return 'unclear' in answer ? undefined : answer.lead.unit;
}

import { DAY, type Instant, type Refusal, refuse } from '@gezhi/basis';
import { type Case, replay } from '@gezhi/cases';
import { listCases, loadFacts, type RegistryChange, type RegistryRow } from '@gezhi/storage';
import { dueIn, routeIn } from '../context.ts';
import { checkTown } from '../import-town.ts';
import { locate } from '../locate.ts';
import { compareLists, type PowersPreview, readPowerList } from '../powers/preview-powers.ts';
import { makeTown, type Town } from '../town.ts';
import type { FolderProblem, FolderRecord } from '../town-folder.ts';
import { changesOf, keyOf, registryOf, rowsOf, type Wanted } from './edited.ts';

/** A case that would have gone elsewhere. */
export type Rerouted = {
  readonly caseId: string;
  readonly kind: string;
  readonly place: string;
  readonly was: string | undefined;
  readonly would: string | undefined;
};

/** A case that would have had to be dealt with by another moment. */
export type Redated = {
  readonly caseId: string;
  readonly kind: string;
  readonly was: Instant;
  readonly would: Instant;
};

/** What changes would do, before they are made. */
export type RegistryPreview = {
  readonly changes: readonly RegistryChange[];
  /** What would be wrong that is not wrong now; an error stops the change. */
  readonly problems: readonly FolderProblem[];
  /** Cases of the last 30 days that were looked at, and those that would have gone elsewhere or had another term. */
  readonly looked: number;
  readonly rerouted: readonly Rerouted[];
  readonly redated: readonly Redated[];
  /** Of power lists: who gains and who loses what, and who would see more or fewer of the open cases. */
  readonly powers?: Pick<PowersPreview, 'changes' | 'sight'>;
};

const LOOK_BACK = 30 * DAY;
const CASES_MAX = 2_000;

/**
 * What changes of the registry would do: what would be wrong, which cases of the last 30 days would have gone to somebody else (those
 * with a point are looked up in the outlines as they would be), and which would have had another term. Nothing is written. Some seconds
 * for a town of 2,000 cases a month.
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
    return { changes, problems, looked: 0, rerouted: [], redated: [] };
  }
  const would = townWith(town, changed);
  const cases = await recentCases(town, now);
  const has = (...sorts: readonly string[]): boolean => changes.some(({ sort }) => sorts.includes(sort));
  return {
    changes,
    problems,
    looked: cases.length,
    rerouted: cases.flatMap((c) => reroute(town, would, c, has('place'), now)),
    redated: has('kind', 'day') ? cases.flatMap((c) => redate(town, would, c)) : [],
    ...(has('policy') ? { powers: await previewLists(town, would, changes) } : {}),
  };
}

async function previewLists(
  town: Town,
  would: Town,
  changes: readonly RegistryChange[],
): Promise<Pick<PowersPreview, 'changes' | 'sight'>> {
  const scenes = changes.filter(({ sort }) => sort === 'policy').map(({ code }) => code);
  const all: Pick<PowersPreview, 'changes' | 'sight'>[] = [];
  for (const scene of scenes) all.push(await compareLists(town, would, scene));
  return {
    changes: all.flatMap((one) => one.changes),
    sight: all.flatMap((one) => one.sight),
  };
}

function reroute(town: Town, would: Town, c: Case, isMoved: boolean, now: Instant): readonly Rerouted[] {
  const there = isMoved ? placed(would, c) : c;
  const [was, then] = [leadOf(town, isMoved ? placed(town, c) : c, now), leadOf(would, there, now + 1)];
  if (was === then) return [];
  return [{ caseId: c.caseId, kind: c.kind, place: there.place.code, was, would: then }];
}

/** The case at its point as a town's outlines have it; as it stands where it has none. */
function placed(town: Town, c: Case): Case {
  const { point } = c.place;
  return point ? { ...c, place: locate(town, { point: { lon: point[0], lat: point[1] } }) } : c;
}

/** The stage whose term a resident is promised. */
const HANDLE = 'handle';

function redate(town: Town, would: Town, c: Case): readonly Redated[] {
  const now = {
    calendarAt: () => would.calendar,
    urgencyAt: (kind: string) => would.kinds.get(kind)?.urgency,
  };
  const was = dueIn(town, HANDLE, c, c.openedAt)?.dueAt;
  const then = dueIn({ ...would, ...now }, HANDLE, c, c.openedAt)?.dueAt;
  if (was === undefined || then === undefined || was === then) return [];
  return [{ caseId: c.caseId, kind: c.kind, was, would: then }];
}

/** As the database gives them: by sort, code, and since when they are known. */
function inRegistryOrder(rows: readonly RegistryRow[]): readonly RegistryRow[] {
  const key = ({ sort, code }: RegistryRow): string => keyOf(sort, code);
  return rows.toSorted((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a.knownFrom - b.knownFrom));
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
  const own = records.filter(({ sort }) => sort === 'kind').map(({ code }) => code);
  const kinds = [...town.kinds.keys(), ...own];
  const strange = own.filter((code) => sceneOf(town, code) !== undefined);
  return [
    ...listProblems(town, records),
    ...checkTown({ profile: town.profile, records, problems: [] }, kinds, now),
    ...strange.map((code) => ({
      file: 'kinds.csv',
      severity: 'error' as const,
      problem: `"${code}" is a kind of the scene "${sceneOf(town, code)}". Its words stand there.`,
    })),
  ];
}

/** What is wrong with power lists of the town's own. */
function listProblems(town: Town, records: readonly FolderRecord[]): readonly FolderProblem[] {
  return records
    .filter(({ sort }) => sort === 'policy')
    .flatMap(({ code, record }) =>
      readPowerList(town, code, String(record.list)).findings.map(({ key, problem, remedy }) => ({
        file: 'powers.yaml',
        severity: 'error' as const,
        problem: [code, key, `${problem}. ${remedy}`].filter(Boolean).join(': '),
      })),
    );
}

/** The scene beside the main one that a kind belongs to. */
function sceneOf(town: Town, kind: string): string | undefined {
  const [main, ...others] = [town.pack, ...town.packs.values()].map(({ scene, kinds }) => ({
    id: scene.id,
    has: kinds.some(({ code }) => code === kind),
  }));
  return main?.has ? undefined : others.find(({ has }) => has)?.id;
}

/** The town as it would be; it shares what is open, and is thrown away. */
function townWith(town: Town, registry: readonly RegistryRow[]): Town {
  const row = { district: town.district, town: town.profile, registry };
  return makeTown(town.db, town.secret, town.installed, row, town, town.keeping);
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

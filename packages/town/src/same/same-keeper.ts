import { DAY, type Instant } from '@gezhi/basis';
import {
  casesTouched,
  logHeads,
  type SameRow,
  sameRowsAfter,
  sameRowsOf,
  searchSubjects,
} from '@gezhi/storage';
import {
  addCase,
  countTerms,
  makeSameIndex,
  removeCase,
  type SameIndex,
  signText,
  sizeOf,
} from '@gezhi/text';
import type { Town } from '../town.ts';
import { areaOf } from './same-place.ts';

/** Ended cases stay candidates for so long. */
const RECENT_DAYS = 180;
const PAGE = 1_000;
/** More removed than this share, and the index is filled anew. */
const REMOVED_MAX = 0.3;

/** So many pages are counted before the first case is kept, so that it is kept by what is rare among all of them. */
const COUNTED_PAGES = 20;
/** A town that has twice as many cases as when its index was filled (and so many more) knows better what is rare. */
const GROWN = { times: 2, cases: 50 };

type Kept = { index: SameIndex; position: number; filled: number; busy: Promise<void> };

/** By connection and district, so that a town read anew keeps its index. */
const KEPT = new WeakMap<Town['db']['pool'], Map<string, Kept>>();

/**
 * The open and recent cases of a town as an index, in this process, brought up to the head of the log before it is given. The first call fills it from the database, which
 * takes about two milliseconds a case; later ones read what happened since. It holds hashes only, and is gone with the process. Words erased meanwhile are forgotten when
 * their case is next touched or the process starts anew.
 */
export async function sameIndexOf(town: Town, now: Instant): Promise<SameIndex> {
  const { pool } = town.db;
  const districts = KEPT.get(pool) ?? new Map<string, Kept>();
  KEPT.set(pool, districts);
  const kept = districts.get(town.district) ?? {
    index: makeSameIndex(),
    position: -1,
    filled: 0,
    busy: Promise.resolve(),
  };
  districts.set(town.district, kept);
  // One at a time; whoever comes after one that failed tries again.
  const turn = kept.busy.then(
    () => catchUp(kept, town, now),
    () => catchUp(kept, town, now),
  );
  kept.busy = turn;
  await turn;
  return kept.index;
}

async function catchUp(kept: Kept, town: Town, now: Instant): Promise<void> {
  const { pool } = town.db;
  const since = now - RECENT_DAYS * DAY;
  const head = (await logHeads(pool)).get(town.district) ?? 0;
  const { cases, removed } = sizeOf(kept.index);
  const hasGrown = cases > kept.filled * GROWN.times + GROWN.cases && kept.filled < COUNTED_PAGES * PAGE;
  if (kept.position < 0 || hasGrown || removed > Math.max(PAGE, cases * REMOVED_MAX)) {
    kept.index = await fill(town, since);
    kept.filled = sizeOf(kept.index).cases;
  } else if (head > kept.position) {
    const touched = await casesTouched(pool, town.district, kept.position, head, []);
    for (let i = 0; i < touched.length; i += PAGE) {
      const ids = touched.slice(i, i + PAGE).map(({ caseId }) => caseId);
      await put(kept.index, town, await sameRowsOf(pool, town.district, since, ids));
    }
  }
  kept.position = head;
}

async function fill(town: Town, since: Instant): Promise<SameIndex> {
  const index = makeSameIndex();
  let counted = 0;
  for await (const rows of pagesOf(town, since)) {
    for (const said of (await saidOf(town, rows)).values()) countTerms(index, signText(said));
    counted += 1;
    if (counted === COUNTED_PAGES) break;
  }
  let page = 0;
  for await (const rows of pagesOf(town, since)) {
    await put(index, town, rows, page < counted);
    page += 1;
  }
  return index;
}

async function* pagesOf(town: Town, since: Instant): AsyncGenerator<readonly SameRow[], void> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const rows = await sameRowsAfter(town.db.pool, town.district, since, after, PAGE);
    yield rows;
    if (rows.length < PAGE) return;
    after = rows.at(-1)!.caseId;
  }
}

async function saidOf(town: Town, rows: readonly SameRow[]): Promise<ReadonlyMap<string, string>> {
  const ids = rows.map(({ caseId }) => caseId);
  const subjects = await searchSubjects(town.db.pool, town.district, ids);
  return new Map(subjects.map((subject) => [subject.caseId, subject.said.join('\n')]));
}

async function put(index: SameIndex, town: Town, rows: readonly SameRow[], isCounted = false): Promise<void> {
  const counting = rows.filter(({ counts }) => counts);
  for (const { caseId, counts } of rows) if (!counts) removeCase(index, caseId);
  const said = await saidOf(town, counting);
  for (const { caseId, kind, place, lon, lat, openedAt } of counting) {
    const point = lon === null || lat === null ? undefined : { lon, lat };
    const signature = signText(said.get(caseId) ?? '');
    addCase(index, { id: caseId, signature, kind, point, place: areaOf(town, place), openedAt }, isCounted);
  }
}

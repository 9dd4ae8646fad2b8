import { DAY, type Instant } from '@gezhi/basis';
import {
  casesTouched,
  logHeads,
  type SameRow,
  sameRowsAfter,
  sameRowsOf,
  searchSubjects,
} from '@gezhi/storage';
import { addCase, makeSameIndex, removeCase, type SameIndex, signText, sizeOf } from '@gezhi/text';
import type { Town } from '../town.ts';
import { areaOf } from './same-place.ts';

/** Ended cases stay candidates for so long. */
const RECENT_DAYS = 180;
const PAGE = 1_000;
/** More removed than this share, and the index is filled anew. */
const REMOVED_MAX = 0.3;

type Kept = { index: SameIndex; position: number; busy: Promise<void> };

/** By connection and district, so that a town read anew keeps its index. */
const KEPT = new WeakMap<Town['db']['pool'], Map<string, Kept>>();

/**
 * The open and recent cases of a town as an index, in this process, brought up to the head of the log before it is given. The first call fills it from the database, which
 * takes about a millisecond a case; later ones read what happened since. It holds hashes only, and is gone with the process. Words erased meanwhile are forgotten when
 * their case is next touched or the process starts anew.
 */
export async function sameIndexOf(town: Town, now: Instant): Promise<SameIndex> {
  const { pool } = town.db;
  const districts = KEPT.get(pool) ?? new Map<string, Kept>();
  KEPT.set(pool, districts);
  const kept = districts.get(town.district) ?? {
    index: makeSameIndex(),
    position: -1,
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
  if (kept.position < 0 || removed > Math.max(PAGE, cases * REMOVED_MAX)) {
    kept.index = await fill(town, since);
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
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const rows = await sameRowsAfter(town.db.pool, town.district, since, after, PAGE);
    await put(index, town, rows);
    if (rows.length < PAGE) return index;
    after = rows.at(-1)!.caseId;
  }
}

async function put(index: SameIndex, town: Town, rows: readonly SameRow[]): Promise<void> {
  const counting = rows.filter(({ counts }) => counts);
  for (const { caseId, counts } of rows) if (!counts) removeCase(index, caseId);
  const subjects = await searchSubjects(
    town.db.pool,
    town.district,
    counting.map(({ caseId }) => caseId),
  );
  const said = new Map(subjects.map((subject) => [subject.caseId, subject.said.join('\n')]));
  for (const { caseId, kind, place, lon, lat, openedAt } of counting) {
    const point = lon === null || lat === null ? undefined : { lon, lat };
    const signature = signText(said.get(caseId) ?? '');
    addCase(index, { id: caseId, signature, kind, point, place: areaOf(town, place), openedAt });
  }
}

import { createHash } from 'node:crypto';
import { type CaseId, DAY, HOUR, type Instant } from '@gezhi/basis';
import {
  addSamePolicy,
  adoptedSamePolicy,
  headOf,
  judgeSamePairs,
  type MergeRow,
  mergesAfter,
  type OpeningRow,
  openingsOf,
  type SamePairRow,
  samePairs,
  samePolicies,
  wordsById,
} from '@gezhi/storage';
import {
  comparePair,
  type JudgedPair,
  type SameCase,
  type SamePolicy,
  sameMatter,
  signText,
  trainSame,
} from '@gezhi/text';
import {
  adoptSamePolicy,
  areaOf,
  keepFound,
  sameIndexOf,
  samePolicyOf,
  secretKinds,
  type Town,
} from '@gezhi/town';

/** So many of the newest facts are looked through for merges, and so many pairs are learned from. */
const FACTS_MAX = 1_000_000;
const PAIRS_MAX = 20_000;
/** Who merges a case passes over the others that stood beside the right one: so many of them are kept. */
const PASSED_OVER = 4;
/** What was proposed and not merged for so long was passed over. */
const PATIENCE = 14 * DAY;

export type SameLearning = {
  readonly state: 'adopted' | 'kept';
  readonly pairs: number;
  readonly why: string;
};

/**
 * Calibrates how likely two cases are the same matter from what people decided: merged and not undone, undone, or proposed and passed
 * over for two weeks. One pair in five is held back for ever; a calibration is adopted only where it tells those better than the policy that
 * stands. Answers what came of it, nothing where nothing is decided.
 */
export async function learnSame(town: Town, now: Instant): Promise<SameLearning | undefined> {
  const { pool } = town.db;
  const merges = await mergesAfter(pool, town.district, (await headOf(pool, town.district)) - FACTS_MAX);
  await keepMerged(town, merges, now);
  const decided = await judge(town, merges, now);
  if (decided.length === 0) return undefined;
  const [held, learned] = [true, false].map((isHeld) =>
    decided.filter((pair) => isHeldBack(pair) === isHeld).map(judgedOf),
  );
  const { policy, ...report } = trainSame(learned!, held!, samePolicyOf(town));
  const state = report.verdict === 'adopt' ? 'adopted' : 'kept';
  const [last] = await samePolicies(pool, town.district, 1);
  // Too few pairs night after night say nothing new.
  if (state === 'adopted' || (last?.report as typeof report | undefined)?.learned !== report.learned)
    await addSamePolicy(pool, town.district, { madeAt: now, state, policy, report });
  if (state === 'adopted') adoptSamePolicy(town, policy);
  return { state, pairs: decided.length, why: report.why };
}

/** Takes up the policy that another process adopted. */
export async function takeUpSamePolicy(town: Town): Promise<void> {
  const policy = (await adoptedSamePolicy(town.db.pool, town.district)) as SamePolicy | undefined;
  if (policy && policy.version !== samePolicyOf(town).version) adoptSamePolicy(town, policy);
}

/** Pairs that people merged without having been shown them: as they stood when the one was merged, by the words that each began with. */
async function keepMerged(town: Town, merges: readonly MergeRow[], now: Instant): Promise<void> {
  const known = new Set((await samePairs(town.db.pool, town.district, PAIRS_MAX)).map(keyOf));
  const fresh = merges.filter(
    (row) => row.type === 'merged' && !known.has(keyOf(row)) && !known.has(keyOf(turned(row))),
  );
  if (fresh.length === 0) return;
  const cases = await casesOf(
    town,
    fresh.flatMap(({ caseId, otherId }) => [caseId, otherId]),
  );
  const index = await sameIndexOf(town, now);
  for (const { caseId, otherId, at } of fresh) {
    const [one, other] = [cases.get(caseId), cases.get(otherId)];
    if (!one || !other) continue;
    const beside = sameMatter(index, { ...one, at: one.openedAt, except: otherId })
      .filter(({ id }) => id !== caseId)
      .slice(0, PASSED_OVER);
    const merged = { id: otherId, features: comparePair(index, one, other) };
    await keepFound(town, caseId, [merged, ...beside], at);
  }
}

async function casesOf(town: Town, ids: readonly CaseId[]): Promise<ReadonlyMap<string, SameCase>> {
  const secret = new Set(secretKinds(town));
  const rows = await openingsOf(town.db.pool, town.district, [...new Set(ids)]);
  const open = rows.filter(({ kind }) => !secret.has(kind));
  const said = await wordsById(
    town.db.pool,
    town.district,
    open.flatMap(({ wordsId }) => wordsId ?? []),
  );
  return new Map(open.map((row) => [row.caseId, caseOf(town, row, said.get(row.wordsId ?? '') ?? '')]));
}

function caseOf(town: Town, { caseId, kind, place, lon, lat, openedAt }: OpeningRow, said: string): SameCase {
  return {
    id: caseId,
    signature: signText(said),
    kind,
    place: areaOf(town, place),
    point: lon === null || lat === null ? undefined : { lon, lat },
    openedAt,
  };
}

/** What became of each pair, written down where it is new; answers those that are decided. */
async function judge(town: Town, merges: readonly MergeRow[], now: Instant): Promise<readonly SamePairRow[]> {
  const rootOf = rootsOf(merges);
  const undone = new Set(merges.filter(({ type }) => type === 'unmerged').map(keyOf));
  const pairs = await samePairs(town.db.pool, town.district, PAIRS_MAX);
  const judged = pairs.map((pair) => {
    if (rootOf(pair.caseId) === rootOf(pair.otherId)) return { ...pair, same: true };
    const isOver =
      now - pair.shownAt >= PATIENCE || undone.has(keyOf(pair)) || undone.has(keyOf(turned(pair)));
    return { ...pair, same: isOver ? false : null };
  });
  await judgeSamePairs(
    town.db.pool,
    town.district,
    judged.filter(({ same }, i) => same !== pairs[i]!.same),
  );
  return judged.filter(({ same }) => same !== null);
}

/** Into which case each was merged in the end: two cases that were merged into a third are the same matter too. */
function rootsOf(merges: readonly MergeRow[]): (caseId: CaseId) => CaseId {
  const into = new Map<CaseId, CaseId>();
  for (const { type, caseId, otherId } of merges) {
    if (type === 'merged') into.set(caseId, otherId);
    else into.delete(caseId);
  }
  return (caseId) => {
    let root = caseId;
    // A case that was merged is never a target again, so that this ends.
    for (let next = into.get(root); next !== undefined; next = into.get(root)) root = next;
    return root;
  };
}

type Pair = { readonly caseId: CaseId; readonly otherId: CaseId };

const keyOf = ({ caseId, otherId }: Pair): string => `${caseId} ${otherId}`;
const turned = ({ caseId, otherId }: Pair): Pair => ({ caseId: otherId, otherId: caseId });

/** Pairs of the same case go together, so that none is told by another of the same. */
function isHeldBack({ caseId }: Pair): boolean {
  return createHash('sha256').update(caseId).digest()[0]! % 5 === 0;
}

function judgedOf({ words, within, kind, near, place, fresh, same }: SamePairRow): JudgedPair {
  return { features: { words, within, kind, near, place, fresh, own: 0 }, same: same === true };
}

const LAST = new WeakMap<Town['db']['pool'], Map<string, number>>();
const NIGHT_FROM = 2;
const NIGHT_TO = 5;

/** Learns once in each night of the town. */
export async function learnSameAtNight(town: Town, now: Instant): Promise<void> {
  const { zone } = town.calendar;
  const hour = ((now + zone.offsetAt(now)) % DAY) / HOUR;
  const days = LAST.get(town.db.pool) ?? new Map<string, number>();
  LAST.set(town.db.pool, days);
  const day = zone.dayOf(now);
  if (hour < NIGHT_FROM || hour >= NIGHT_TO || days.get(town.district) === day) return;
  await learnSame(town, now);
  days.set(town.district, day);
}

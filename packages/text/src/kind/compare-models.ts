import type { KindModel } from './kind-model.ts';
import { judgeKinds, type KindReport, reportOf } from './report-kinds.ts';
import type { KindSample } from './train-kinds.ts';

export type Comparison = {
  readonly verdict: 'adopt' | 'keep';
  readonly why: 'first' | 'too-few' | 'better' | 'not-better' | 'loses-kinds';
  /** Samples that only the new, and only the old model reads rightly. */
  readonly onlyNew: number;
  readonly onlyOld: number;
  /** How likely so many more would be by chance, if both were as good (sign test, one-sided); null without an old model. */
  readonly chance: number | null;
  readonly before: KindReport | null;
  readonly after: KindReport;
};

/** Fewer held-back samples say nothing. */
export const HELD_BACK_MIN = 30;

/**
 * Whether a new model takes the place of the old: only where it reads the held-back samples better, by more than chance would
 * (McNemar's exact test at one in ten), and only if it knows every kind that the old one reads rightly at least once. Neither may have learned the
 * samples. Without an old model, the first is adopted once there are enough samples to tell how good it is.
 */
export function compareModels(
  before: KindModel | undefined,
  after: KindModel,
  heldBack: readonly KindSample[],
): Comparison {
  const news = judgeKinds(after, heldBack);
  const report = reportOf(news, after.kinds, after.askBelow);
  const none = { onlyNew: 0, onlyOld: 0, chance: null, before: null, after: report };
  if (heldBack.length < HELD_BACK_MIN) return { verdict: 'keep', why: 'too-few', ...none };
  if (!before) return { verdict: 'adopt', why: 'first', ...none };
  const olds = judgeKinds(before, heldBack);
  let [onlyNew, onlyOld] = [0, 0];
  news.forEach((one, i) => {
    const [now, then] = [one.readAs === one.kind, olds[i]!.readAs === one.kind];
    if (now && !then) onlyNew += 1;
    if (then && !now) onlyOld += 1;
  });
  const chance = atLeast(onlyNew, onlyNew + onlyOld);
  const figures = {
    onlyNew,
    onlyOld,
    chance,
    before: reportOf(olds, before.kinds, before.askBelow),
    after: report,
  };
  const knows = new Set(after.kinds);
  const loses = olds.some(({ kind, readAs }) => kind === readAs && !knows.has(kind));
  if (loses) return { verdict: 'keep', why: 'loses-kinds', ...figures };
  if (chance > CHANCE_MAX) return { verdict: 'keep', why: 'not-better', ...figures };
  return { verdict: 'adopt', why: 'better', ...figures };
}

const CHANCE_MAX = 0.1;

/** How likely `heads` or more of `throws` of a fair coin are. */
function atLeast(heads: number, throws: number): number {
  let log = -throws * Math.LN2;
  let sum = 0;
  for (let k = 0; k <= throws; k += 1) {
    if (k > 0) log += Math.log((throws - k + 1) / k);
    if (k >= heads) sum += Math.exp(log);
  }
  return Math.min(1, sum);
}

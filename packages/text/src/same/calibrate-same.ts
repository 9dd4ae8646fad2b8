import { chanceOf, DEFAULT_SAME_POLICY, type SameFeatures, type SamePolicy } from './same-policy.ts';

/** What was proposed, and what a person decided: merged (and not undone), or refused. */
export type JudgedPair = { readonly features: SameFeatures; readonly same: boolean };

/** How many judged pairs the default weighs as much as: with few of one's own the default prevails. */
const PRIOR_PAIRS = 20;
const SWEEPS = 60;
const NAMES = ['words', 'within', 'kind', 'near', 'place', 'fresh', 'own'] as const;

/**
 * The policy that fits what people decided: logistic regression that begins at the given policy, is drawn back to it as by twenty pairs, and keeps every weight at 0
 * or above (coordinate-wise Newton steps, the penalty of a Gaussian prior). Where all were merged or all refused, or fewer than ten were judged, nothing can be learned and
 * the given policy comes back as it is.
 *
 * The pairs must be what was proposed and decided on, not chance pairs: the chance is that of a proposal. Costs some 60 passes over the pairs.
 */
export function calibrateSame(
  pairs: readonly JudgedPair[],
  from: SamePolicy = DEFAULT_SAME_POLICY,
): SamePolicy {
  const merged = pairs.reduce((sum, { same }) => sum + Number(same), 0);
  if (pairs.length < 10 || merged === 0 || merged === pairs.length) return from;
  let policy = from;
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    policy = { ...policy, bias: policy.bias + newtonStep(pairs, policy, from, undefined) };
    for (const name of NAMES) {
      const weight = Math.max(0, policy.weights[name] + newtonStep(pairs, policy, from, name));
      policy = { ...policy, weights: { ...policy.weights, [name]: weight } };
    }
  }
  return { ...policy, origin: 'confirmed', pairs: pairs.length, version: `confirmed-${pairs.length}` };
}

/** One Newton step along one weight, or along the bias; at most 1, so that it cannot run away. */
function newtonStep(
  pairs: readonly JudgedPair[],
  policy: SamePolicy,
  from: SamePolicy,
  name: (typeof NAMES)[number] | undefined,
): number {
  const drawn = name ? policy.weights[name] - from.weights[name] : policy.bias - from.bias;
  const pull = PRIOR_PAIRS / 100;
  let gradient = -pull * drawn;
  let curvature = pull;
  for (const { features, same } of pairs) {
    const x = name ? features[name] : 1;
    const chance = chanceOf(policy, features);
    gradient += (Number(same) - chance) * x;
    curvature += chance * (1 - chance) * x * x;
  }
  return Math.max(-1, Math.min(1, gradient / curvature));
}

/**
 * How true the chances are: the mean distance between chance told and share that was the same, over ten bins of equal width weighed by their pairs (expected calibration
 * error), and how often a merged pair was given a higher chance than a refused one (AUC; null where one of the two is missing).
 */
export function judgeSame(
  policy: SamePolicy,
  pairs: readonly JudgedPair[],
): { readonly pairs: number; readonly ece: number | null; readonly auc: number | null } {
  const told = pairs.map(({ features, same }) => ({ chance: chanceOf(policy, features), same }));
  return { pairs: pairs.length, ece: told.length ? expectedError(told) : null, auc: areaUnder(told) };
}

type Told = { readonly chance: number; readonly same: boolean };

function expectedError(told: readonly Told[]): number {
  let error = 0;
  for (let bin = 0; bin < 10; bin += 1) {
    const inside = told.filter(({ chance }) => Math.min(9, Math.floor(chance * 10)) === bin);
    const gap = inside.reduce((sum, { chance, same }) => sum + Number(same) - chance, 0);
    error += Math.abs(gap) / told.length;
  }
  return error;
}

/** Of all pairs of one merged and one refused, the share in which the merged one stands higher; ties count half (Mann–Whitney). */
export function areaUnder(told: readonly Told[]): number | null {
  const sorted = [...told].sort((a, b) => a.chance - b.chance);
  const merged = told.filter(({ same }) => same).length;
  if (merged === 0 || merged === told.length) return null;
  let ranks = 0;
  for (let i = 0; i < sorted.length; ) {
    let end = i;
    while (end < sorted.length && sorted[end]!.chance === sorted[i]!.chance) end += 1;
    for (let k = i; k < end; k += 1) if (sorted[k]!.same) ranks += (i + end + 1) / 2;
    i = end;
  }
  return (ranks - (merged * (merged + 1)) / 2) / (merged * (told.length - merged));
}

/** What a training of the chances came to. `before` and `after` are the mean log loss on pairs held back; null where too few were. */
export type SameTraining = {
  readonly policy: SamePolicy;
  readonly verdict: 'adopt' | 'keep';
  readonly why: 'better' | 'not better' | 'too few pairs';
  readonly learned: number;
  readonly heldBack: number;
  readonly before: number | null;
  readonly after: number | null;
  /** How true the chances of the winner are on what was held back. */
  readonly judged: ReturnType<typeof judgeSame>;
};

/** With fewer held back of either sort nothing is adopted: a single pair would decide. */
const HELD_BACK_MIN = 5;

/**
 * Calibrates and adopts only where it tells held-back pairs better than the policy that stands: mean log loss, lower. What is held back
 * must be the same pairs every time, so that no policy has learned them.
 */
export function trainSame(
  learned: readonly JudgedPair[],
  heldBack: readonly JudgedPair[],
  standing: SamePolicy = DEFAULT_SAME_POLICY,
): SameTraining {
  const policy = calibrateSame(learned);
  const merged = heldBack.filter(({ same }) => same).length;
  const few = policy === DEFAULT_SAME_POLICY || Math.min(merged, heldBack.length - merged) < HELD_BACK_MIN;
  const before = few ? null : lossOf(standing, heldBack);
  const after = few ? null : lossOf(policy, heldBack);
  const isBetter = before !== null && after !== null && after < before;
  return {
    policy,
    verdict: isBetter ? 'adopt' : 'keep',
    why: few ? 'too few pairs' : isBetter ? 'better' : 'not better',
    learned: learned.length,
    heldBack: heldBack.length,
    before,
    after,
    judged: judgeSame(isBetter ? policy : standing, heldBack),
  };
}

function lossOf(policy: SamePolicy, pairs: readonly JudgedPair[]): number {
  const sum = pairs.reduce((loss, { features, same }) => {
    const chance = Math.min(1 - 1e-6, Math.max(1e-6, chanceOf(policy, features)));
    return loss - Math.log(same ? chance : 1 - chance);
  }, 0);
  return sum / pairs.length;
}

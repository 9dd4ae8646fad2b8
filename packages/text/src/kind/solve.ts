import { drawsOf, shuffle } from './draws.ts';

/** Samples as sparse rows, one after the other: sample i has the features `ids[starts[i]..starts[i+1])` with values `values`. */
export type Rows = {
  readonly starts: Int32Array;
  readonly ids: Int32Array;
  readonly values: Float32Array;
};

/** A problem in the making: the weights `[feature × classes + class]`, the last row for the constant, and the duals. */
export type Solution = { readonly weights: Float32Array; readonly duals: Float32Array };

export type Problem = {
  readonly rows: Rows;
  /** Class of each sample. */
  readonly classes: Int32Array;
  readonly classCount: number;
  readonly featureCount: number;
  /** What an error costs against the weights' size. */
  readonly cost: number;
};

export function beginSolution({ classes, classCount, featureCount }: Problem): Solution {
  return {
    weights: new Float32Array((featureCount + 1) * classCount),
    duals: new Float32Array(classes.length * classCount),
  };
}

/**
 * How much more a feature weighs in samples of a class than in all others: the log ratio of naive Bayes, smoothed, times `strength`, of the
 * samples given only. Laid out as weights are.
 */
export function bayesWeights(problem: Problem, samples: Int32Array, strength: number): Float32Array {
  const { rows, classes, classCount, featureCount } = problem;
  const weights = new Float32Array((featureCount + 1) * classCount);
  const totals = new Float64Array(classCount);
  for (const i of samples) {
    const c = classes[i]!;
    for (let p = rows.starts[i]!; p < rows.starts[i + 1]!; p += 1) {
      weights[rows.ids[p]! * classCount + c]! += rows.values[p]!;
      totals[c]! += rows.values[p]!;
    }
  }
  const total = totals.reduce((a, b) => a + b, 0);
  const smoothed = SMOOTHING * featureCount;
  for (let row = 0; row < featureCount * classCount; row += classCount) {
    const sums = weights.slice(row, row + classCount);
    const sum = sums.reduce((a, b) => a + b, 0);
    for (let c = 0; c < classCount; c += 1) {
      const inside = (sums[c]! + SMOOTHING) / (totals[c]! + smoothed);
      const outside = (Math.max(0, sum - sums[c]!) + SMOOTHING) / (total - totals[c]! + smoothed);
      weights[row + c] = strength * Math.log(inside / outside);
    }
  }
  return weights;
}

const SMOOTHING = 0.02;

/**
 * One class against the rest, all classes in one pass: an L2-regularised support vector machine with squared hinge loss, by dual coordinate
 * descent (Hsieh et al., A Dual Coordinate Descent Method for Large-scale Linear SVM, ICML 2008, algorithm 1). The
 * classes share a pass because they share the features: a row of weights is fetched once for all of them. Changes `solution`, which may be one
 * that was solved for some of the samples before. Yields now and then; `samples` says which to learn from.
 */
export function* solve(
  problem: Problem,
  solution: Solution,
  samples: Int32Array,
  options: { readonly passes: number; readonly seed: number },
): Generator<undefined, void> {
  const { starts, values } = problem.rows;
  const squares = new Float32Array(problem.classes.length);
  for (const i of samples) {
    let sum = 1;
    for (let p = starts[i]!; p < starts[i + 1]!; p += 1) sum += values[p]! * values[p]!;
    squares[i] = sum;
  }
  const order = samples.slice();
  const draw = drawsOf(options.seed);
  const step = new Float64Array(problem.classCount);
  for (let pass = 0; pass < options.passes; pass += 1) {
    shuffle(order, draw);
    let worst = 0;
    for (let at = 0; at < order.length; at += 1) {
      const i = order[at]!;
      worst = Math.max(worst, visit(problem, solution, i, squares[i]!, step));
      if (at % 256 === 255) yield;
    }
    if (worst < 0.05) return;
  }
}

/** Moves the duals of one sample to where they are best while all others stand; answers by how much the worst was off. */
function visit(problem: Problem, solution: Solution, i: number, square: number, step: Float64Array): number {
  const { rows, classes, classCount, featureCount, cost } = problem;
  const { ids, values, starts } = rows;
  const { weights, duals } = solution;
  const [from, to] = [starts[i]!, starts[i + 1]!];
  const constant = featureCount * classCount;
  const damping = 0.5 / cost;
  for (let c = 0; c < classCount; c += 1) step[c] = weights[constant + c]!;
  for (let p = from; p < to; p += 1) {
    const row = ids[p]! * classCount;
    const x = values[p]!;
    for (let c = 0; c < classCount; c += 1) step[c]! += weights[row + c]! * x;
  }
  let worst = 0;
  let moved = false;
  for (let c = 0; c < classCount; c += 1) {
    const sign = classes[i] === c ? 1 : -1;
    const dual = duals[i * classCount + c]!;
    const slope = sign * step[c]! - 1 + dual * damping;
    const off = dual === 0 ? Math.min(slope, 0) : slope;
    const next = off === 0 ? dual : Math.max(dual - slope / (square + damping), 0);
    worst = Math.max(worst, Math.abs(off));
    duals[i * classCount + c] = next;
    step[c] = (next - dual) * sign;
    moved ||= next !== dual;
  }
  if (!moved) return worst;
  for (let c = 0; c < classCount; c += 1) weights[constant + c]! += step[c]!;
  for (let p = from; p < to; p += 1) {
    const row = ids[p]! * classCount;
    const x = values[p]!;
    for (let c = 0; c < classCount; c += 1) weights[row + c]! += step[c]! * x;
  }
  return worst;
}

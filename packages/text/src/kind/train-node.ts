import { calibrate } from './calibrate.ts';
import { type GramOptions, Grams, type Text } from './grams.ts';
import { bayesWeights, beginSolution, type Problem, type Rows, solve } from './solve.ts';
import { Vocabulary } from './vocabulary.ts';

/** One fork of the tree of kinds: which of its branches a text belongs to. */
export type KindNode = {
  /** What each branch is called: a part of a path. */
  readonly names: readonly string[];
  readonly vocabulary: Vocabulary;
  /** What one mention of a feature counts. */
  readonly worth: Float32Array;
  /** Weights `[feature × branches + branch]` in units of `unit`; the last row is the constant. */
  readonly weights: Int16Array;
  readonly unit: number;
  /** By how much margins are stretched before they become probabilities. */
  readonly stretch: number;
};

/** Samples of one node: what was written, and the branch it belongs to. */
export type NodeSamples = {
  readonly texts: readonly Text[];
  readonly branches: Int32Array;
  readonly names: readonly string[];
};

export type NodeOptions = GramOptions & {
  readonly cost: number;
  readonly passes: number;
  readonly seed: number;
  /** A feature must stand in at least so many samples. */
  readonly seenMin: number;
  /** How much a feature that separates the branches counts more than one that does not. */
  readonly separation: number;
  /** How much of naive Bayes is added to the weights: it reads short texts better, the machine long ones. */
  readonly bayes: number;
  /** At most so many weights. */
  readonly weightsMax: number;
};

/** Learns one node. Yields now and then, so that it may run beside other work. */
export function* trainNode(samples: NodeSamples, options: NodeOptions): Generator<undefined, KindNode> {
  const counted = yield* count(samples, options);
  const { vocabulary, worth } = weigh(counted, samples.names.length, options);
  const rows = rowsOf(counted, vocabulary, worth);
  const problem: Problem = {
    rows,
    classes: counted.branches,
    classCount: samples.names.length,
    featureCount: vocabulary.length,
    cost: options.cost,
  };
  const { weights, stretch } = yield* solveTwice(problem, options);
  return { names: samples.names, vocabulary, worth, ...quantise(weights), stretch };
}

/**
 * What is held back says how sure the margins are: of many samples a fifth, which is then learned as well from where the rest stands; of few
 * each fifth in turn, since a fifth of little says nothing.
 */
function* solveTwice(problem: Problem, options: NodeOptions) {
  const every = Int32Array.from(problem.classes.keys());
  const rounds = every.length < MANY ? [0, 1, 2, 3, 4] : [4];
  const margins: Float64Array[] = [];
  const truth: number[] = [];
  let solution = beginSolution(problem);
  for (const round of rounds) {
    const learned = every.filter((i) => i % 5 !== round);
    solution = beginSolution(problem);
    yield* solve(problem, solution, learned, options);
    const weights = added(solution.weights, bayesWeights(problem, learned, options.bayes));
    for (const i of every.filter((at) => at % 5 === round)) {
      margins.push(marginsOf(problem, weights, i));
      truth.push(problem.classes[i]!);
    }
  }
  const passes = rounds.length === 1 ? Math.ceil(options.passes / 2) : options.passes;
  yield* solve(problem, solution, every, { ...options, passes });
  const weights = added(solution.weights, bayesWeights(problem, every, options.bayes));
  return { weights, stretch: margins.length < HELD_BACK_MIN ? STRETCH_UNKNOWN : calibrate(margins, truth) };
}

const MANY = 2000;

function added(a: Float32Array, b: Float32Array): Float32Array {
  return a.map((value, i) => value + b[i]!);
}

const HELD_BACK_MIN = 30;
/** Where there is too little to hold back: margins of one apart are said to be as 1 to 3. */
const STRETCH_UNKNOWN = 1;

function marginsOf(
  { rows, classCount, featureCount }: Problem,
  weights: Float32Array,
  i: number,
): Float64Array {
  const margins = new Float64Array(classCount);
  for (let c = 0; c < classCount; c += 1) margins[c] = weights[featureCount * classCount + c]!;
  for (let p = rows.starts[i]!; p < rows.starts[i + 1]!; p += 1) {
    const row = rows.ids[p]! * classCount;
    for (let c = 0; c < classCount; c += 1) margins[c]! += weights[row + c]! * rows.values[p]!;
  }
  return margins;
}

type Counted = {
  readonly starts: Int32Array;
  readonly hashes: Uint32Array;
  readonly times: Uint16Array;
  readonly branches: Int32Array;
};

function* count({ texts, branches }: NodeSamples, options: NodeOptions): Generator<undefined, Counted> {
  const grams = new Grams();
  const taken = new Growing();
  for (let i = 0; i < texts.length; i += 1) {
    grams.read(texts[i]!, options);
    taken.add(grams, branches[i]!);
    if (i % 64 === 63) yield;
  }
  return taken.counted();
}

class Growing {
  #hashes = new Uint32Array(1 << 16);
  #times = new Uint16Array(1 << 16);
  #length = 0;
  readonly #starts: number[] = [0];
  readonly #branches: number[] = [];

  add(grams: Grams, branch: number): void {
    while (this.#length + grams.length > this.#hashes.length) this.#grow();
    this.#hashes.set(grams.hashes.subarray(0, grams.length), this.#length);
    this.#times.set(grams.times.subarray(0, grams.length), this.#length);
    this.#length += grams.length;
    this.#starts.push(this.#length);
    this.#branches.push(branch);
  }

  counted(): Counted {
    return {
      starts: Int32Array.from(this.#starts),
      hashes: this.#hashes.subarray(0, this.#length),
      times: this.#times.subarray(0, this.#length),
      branches: Int32Array.from(this.#branches),
    };
  }

  #grow(): void {
    const hashes = new Uint32Array(this.#hashes.length * 2);
    hashes.set(this.#hashes);
    this.#hashes = hashes;
    const times = new Uint16Array(hashes.length);
    times.set(this.#times);
    this.#times = times;
  }
}

/**
 * Which features are kept and what a mention counts: rare ones more (inverse document frequency), those that separate the branches more
 * (the largest log-count ratio; Wang, Manning, Baselines and Bigrams, ACL 2012, here one for all branches), and what everybody writes
 * ("尊敬的领导") hardly at all.
 */
function weigh(counted: Counted, classCount: number, options: NodeOptions) {
  const all = new Vocabulary(counted.hashes.length >> 2);
  const seen = new Int32Array(counted.hashes.length);
  for (const hash of counted.hashes) seen[all.add(hash)]! += 1;
  const kept = keptRows(seen, all.length, options.seenMin, Math.floor(options.weightsMax / classCount));
  const vocabulary = Vocabulary.of(Uint32Array.from(kept, (row) => all.keys[row]!));
  const sums = new Float64Array(classCount);
  const per = new Uint32Array(vocabulary.length * classCount);
  for (let i = 0; i < counted.branches.length; i += 1) {
    sums[counted.branches[i]!]! += 1;
    for (let p = counted.starts[i]!; p < counted.starts[i + 1]!; p += 1) {
      const row = vocabulary.rowOf(counted.hashes[p]!);
      if (row !== -1) per[row * classCount + counted.branches[i]!]! += 1;
    }
  }
  const samples = counted.branches.length;
  const worth = Float32Array.from(kept, (old, row) => {
    const rarity = Math.log((1 + samples) / (1 + seen[old]!)) + 1;
    const branches = per.subarray(row * classCount, (row + 1) * classCount);
    return rarity * largestRatio(branches, sums, seen[old]!, samples) ** options.separation;
  });
  return { vocabulary, worth };
}

/** Rows that were seen often enough, the most frequent first, so that what is fetched often lies together. */
function keptRows(seen: Int32Array, length: number, seenMin: number, most: number): Int32Array {
  const rows = Int32Array.from(seen.subarray(0, length).keys()).filter((row) => seen[row]! >= seenMin);
  rows.sort((a, b) => seen[b]! - seen[a]! || a - b);
  return rows.length > most ? rows.slice(0, most) : rows;
}

/** How much more often the feature stands in texts of one branch than in all others: the largest |log ratio|, smoothed by one. */
function largestRatio(branches: Uint32Array, sums: Float64Array, seen: number, samples: number): number {
  let largest = 0;
  for (let c = 0; c < branches.length; c += 1) {
    const inside = (branches[c]! + 1) / (sums[c]! + 2);
    const outside = (seen - branches[c]! + 1) / (samples - sums[c]! + 2);
    largest = Math.max(largest, Math.abs(Math.log(inside / outside)));
  }
  return largest;
}

function rowsOf(counted: Counted, vocabulary: Vocabulary, worth: Float32Array): Rows {
  const starts = new Int32Array(counted.starts.length);
  const ids = new Int32Array(counted.hashes.length);
  const values = new Float32Array(counted.hashes.length);
  let length = 0;
  for (let i = 0; i + 1 < starts.length; i += 1) {
    const from = length;
    let squares = 0;
    for (let p = counted.starts[i]!; p < counted.starts[i + 1]!; p += 1) {
      const row = vocabulary.rowOf(counted.hashes[p]!);
      if (row === -1) continue;
      const value = (1 + Math.log(counted.times[p]!)) * worth[row]!;
      ids[length] = row;
      values[length] = value;
      squares += value * value;
      length += 1;
    }
    const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    for (let p = from; p < length; p += 1) values[p]! *= scale;
    starts[i + 1] = length;
  }
  return { starts, ids: ids.subarray(0, length), values: values.subarray(0, length) };
}

/** Sixteen bits a weight: the rounding is a thirty-thousandth of the largest. */
function quantise(weights: Float32Array): { readonly weights: Int16Array; readonly unit: number } {
  let largest = 0;
  for (const weight of weights) largest = Math.max(largest, Math.abs(weight));
  const unit = largest > 0 ? largest / 32_767 : 1;
  return { weights: Int16Array.from(weights, (weight) => Math.round(weight / unit)), unit };
}

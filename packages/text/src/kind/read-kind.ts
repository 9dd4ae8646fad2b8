import { probabilitiesOf } from './calibrate.ts';
import { Grams, HEAD, HEAD_WORD, mix, type Text, WHOLE, WORD, wordsIn } from './grams.ts';
import type { KindModel, KindTree } from './kind-model.ts';
import type { Symbols } from './symbols.ts';
import type { KindNode } from './train-node.ts';

export type RankedKind = {
  readonly kind: string;
  /** How likely it is this kind, 0 to 1; over all kinds they sum to one. */
  readonly probability: number;
  /** The words of the text that spoke for it, the loudest first, at most five. */
  readonly because: readonly string[];
};

/** A proposal, never a decision: kinds from the likeliest down. `ask` where a person should say, since the text is not clear. */
export type KindReading = { readonly ranked: readonly RankedKind[]; readonly ask: boolean };

/**
 * What a text is about. `top` kinds are answered, three unless told. Any string will do; one without a word that the model
 * knows gives kinds by how frequent they are, without words for them, and asks. Costs one pass over the text, and one more for each kind's words.
 */
export function readKind(model: KindModel, text: Text, top = 3): KindReading {
  const grams = new Grams();
  const symbols = grams.read(text, model.grams);
  const paths = walk(model.tree, grams);
  const likeliest = paths.items.sort((a, b) => b.probability - a.probability).slice(0, Math.max(1, top));
  const ranked = likeliest.map(({ kind, probability, forks }) => ({
    kind,
    probability,
    because: paths.known ? wordsFor(forks, symbols, model) : [],
  }));
  return { ranked, ask: !paths.known || likeliest[0]!.probability < model.askBelow };
}

/** The likeliest kind of each text and its probability: for many texts at once, without words. */
export function* classifyKinds(
  model: KindModel,
  texts: Iterable<Text>,
): Generator<{ readonly kind: string; readonly probability: number }> {
  const grams = new Grams();
  for (const text of texts) {
    grams.read(text, model.grams);
    yield likeliest(model.tree, grams);
  }
}

/** Follows the likeliest branch where one is more likely than all others together; looks into several where none is. */
function likeliest(tree: KindTree, grams: Grams): { readonly kind: string; readonly probability: number } {
  if ('kind' in tree) return { kind: tree.kind, probability: 1 };
  const { probabilities } = judge(tree.node, grams);
  const order = [...probabilities.keys()].sort((a, b) => probabilities[b]! - probabilities[a]!);
  let best = { kind: '', probability: -1 };
  for (const branch of order) {
    if (probabilities[branch]! <= best.probability) break;
    const found = likeliest(tree.branches[branch]!, grams);
    const probability = found.probability * probabilities[branch]!;
    if (probability > best.probability) best = { kind: found.kind, probability };
  }
  return best;
}

type Fork = { readonly node: KindNode; readonly branch: number };
type Path = { readonly kind: string; readonly probability: number; readonly forks: readonly Fork[] };

/** Branches less likely than this are not looked into: their kinds cannot be among the first. */
const BRANCH_MIN = 0.01;

function walk(tree: KindTree, grams: Grams): { readonly items: Path[]; readonly known: boolean } {
  const items: Path[] = [];
  let known = true;
  const down = (at: KindTree, probability: number, forks: readonly Fork[]): void => {
    if ('kind' in at) {
      items.push({ kind: at.kind, probability, forks });
      return;
    }
    const judged = judge(at.node, grams);
    if (forks.length === 0) known = judged.known;
    const best = judged.probabilities.reduce((a, b) => Math.max(a, b), 0);
    at.branches.forEach((branch, i) => {
      const share = judged.probabilities[i]!;
      if ('kind' in branch || share === best || probability * share >= BRANCH_MIN)
        down(branch, probability * share, [...forks, { node: at.node, branch: i }]);
    });
  };
  down(tree, 1, []);
  return { items, known };
}

/** How likely each branch of a node is, and whether it knew a single feature of the text. */
function judge(
  node: KindNode,
  grams: Grams,
): { readonly probabilities: Float64Array; readonly known: boolean } {
  const { vocabulary, worth, weights, unit, stretch } = node;
  const branches = node.names.length;
  const margins = new Float64Array(branches);
  const { hashes, times, length } = grams;
  let squares = 0;
  for (let i = 0; i < length; i += 1) {
    const row = vocabulary.rowOf(hashes[i]!);
    if (row === -1) continue;
    const value = (times[i] === 1 ? 1 : 1 + Math.log(times[i]!)) * worth[row]!;
    squares += value * value;
    const at = row * branches;
    for (let c = 0; c < branches; c += 1) margins[c]! += weights[at + c]! * value;
  }
  const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
  const constant = vocabulary.length * branches;
  for (let c = 0; c < branches; c += 1) margins[c] = (margins[c]! * scale + weights[constant + c]!) * unit;
  return { probabilities: probabilitiesOf(margins, stretch), known: squares > 0 };
}

/**
 * Which words spoke: what each run of symbols did for the branch against the mean of all is shared among its symbols; stretches of symbols
 * that did much are the words.
 */
function wordsFor(forks: readonly Fork[], symbols: Symbols, model: KindModel): readonly string[] {
  const heat = new Float64Array(symbols.length);
  for (const fork of forks) {
    addHeat(heat, fork, symbols, symbols.length, model.grams.gramMax, WHOLE);
    const head = Math.min(symbols.length, model.grams.head);
    addHeat(heat, fork, symbols, head, Math.min(3, model.grams.gramMax), HEAD);
    if (!model.grams.words) continue;
    addWordHeat(heat, fork, symbols, symbols.length, WORD);
    addWordHeat(heat, fork, symbols, head, HEAD_WORD);
  }
  return hottest(heat, symbols);
}

function addHeat(
  heat: Float64Array,
  { node, branch }: Fork,
  { codes }: Symbols,
  length: number,
  gramMax: number,
  seed: number,
): void {
  const branches = node.names.length;
  for (let i = 0; i < length; i += 1) {
    let hash = seed;
    for (let j = i; j < Math.min(length, i + gramMax); j += 1) {
      hash = mix(Math.imul(hash, 31) ^ codes[j]! ^ ((j - i) << 28));
      const row = node.vocabulary.rowOf(hash);
      if (row === -1) continue;
      const share = (spokeFor(node, row, branch, branches) * node.worth[row]!) / (j - i + 1);
      for (let k = i; k <= j; k += 1) heat[k]! += share;
    }
  }
}

function addWordHeat(
  heat: Float64Array,
  { node, branch }: Fork,
  symbols: Symbols,
  length: number,
  seed: number,
): void {
  const branches = node.names.length;
  for (const { hash, isWord, from, to } of wordsIn(symbols, length, seed)) {
    const row = isWord ? node.vocabulary.rowOf(hash) : -1;
    if (row === -1) continue;
    const share = (spokeFor(node, row, branch, branches) * node.worth[row]!) / (to - from);
    for (let k = from; k < to; k += 1) heat[k]! += share;
  }
}

function spokeFor(node: KindNode, row: number, branch: number, branches: number): number {
  let sum = 0;
  for (let c = 0; c < branches; c += 1) sum += node.weights[row * branches + c]!;
  return node.weights[row * branches + branch]! - sum / branches;
}

const WORDS_MAX = 5;
const WORD_SYMBOLS_MAX = 6;

function hottest(heat: Float64Array, { plain, starts, ends }: Symbols): readonly string[] {
  const peak = heat.reduce((a, b) => Math.max(a, b), 0);
  if (!(peak > 0)) return [];
  const found = new Map<string, number>();
  let at = 0;
  while (at < heat.length) {
    if (heat[at]! < peak * 0.25) {
      at += 1;
      continue;
    }
    const from = at;
    let sum = 0;
    while (at < heat.length && at - from < WORD_SYMBOLS_MAX && heat[at]! >= peak * 0.25 && joined(at)) {
      sum += heat[at]!;
      at += 1;
    }
    const word = plain.slice(starts[from]!, ends[at - 1]!);
    found.set(word, (found.get(word) ?? 0) + sum);

    function joined(i: number): boolean {
      return i === from || starts[i]! === ends[i - 1]!;
    }
  }
  const order = [...found].sort((a, b) => b[1] - a[1]);
  return order.slice(0, WORDS_MAX).map(([word]) => word);
}

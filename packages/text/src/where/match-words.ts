/** Many words at once: Aho–Corasick (Aho & Corasick 1975) over UTF-16 units, built once. */
export type WordMatcher = {
  /** node × 65,536 + unit → node. */
  readonly next: ReadonlyMap<number, number>;
  readonly fail: Int32Array;
  /** Index of the word that ends here, else -1. */
  readonly word: Int32Array;
  /** The next node down the failure links at which a word ends, else 0. */
  readonly shorter: Int32Array;
  readonly lengths: readonly number[];
};

const UNITS = 65_536;

/** Builds the matcher; equal words get the index of the first. Empty words match nothing. Costs one step a unit. */
export function buildMatcher(words: readonly string[]): WordMatcher {
  const next = new Map<number, number>();
  const parents: number[] = [0];
  const units: number[] = [0];
  const ends: number[] = [-1];
  words.forEach((text, index) => {
    let node = 0;
    for (let i = 0; i < text.length; i += 1) {
      const key = node * UNITS + text.charCodeAt(i);
      let child = next.get(key);
      if (child === undefined) {
        child = parents.length;
        next.set(key, child);
        parents.push(node);
        units.push(text.charCodeAt(i));
        ends.push(-1);
      }
      node = child;
    }
    if (node !== 0 && ends[node] === -1) ends[node] = index;
  });
  return {
    next,
    word: Int32Array.from(ends),
    ...linksOf(next, parents, units, ends),
    lengths: words.map((w) => w.length),
  };
}

/** Failure links, by depth: a node is reached after all shallower ones. */
function linksOf(
  next: ReadonlyMap<number, number>,
  parents: readonly number[],
  units: readonly number[],
  ends: readonly number[],
): { fail: Int32Array; shorter: Int32Array } {
  const fail = new Int32Array(parents.length);
  const shorter = new Int32Array(parents.length);
  for (const node of byDepth(parents)) {
    const parent = parents[node]!;
    if (parent !== 0) fail[node] = stepFrom(next, fail, fail[parent]!, units[node]!);
    const down = fail[node]!;
    shorter[node] = ends[down] === -1 ? shorter[down]! : down;
  }
  return { fail, shorter };
}

function byDepth(parents: readonly number[]): readonly number[] {
  const depth = new Int32Array(parents.length);
  const levels: number[][] = [];
  for (let node = 1; node < parents.length; node += 1) {
    const own = depth[parents[node]!]! + 1;
    depth[node] = own;
    levels[own] ??= [];
    levels[own].push(node);
  }
  return levels.flat();
}

function stepFrom(next: ReadonlyMap<number, number>, fail: Int32Array, from: number, unit: number): number {
  let node = from;
  for (;;) {
    const to = next.get(node * UNITS + unit);
    if (to !== undefined) return to;
    if (node === 0) return 0;
    node = fail[node]!;
  }
}

/** Every place in the text at which a word stands, also one inside another: linear in the text and in what is found. */
export function matchWords(
  matcher: WordMatcher,
  text: string,
  found: (word: number, start: number, end: number) => void,
): void {
  let node = 0;
  for (let i = 0; i < text.length; i += 1) {
    node = stepFrom(matcher.next, matcher.fail, node, text.charCodeAt(i));
    let at = matcher.word[node] === -1 ? matcher.shorter[node]! : node;
    while (at !== 0) {
      const word = matcher.word[at]!;
      found(word, i + 1 - matcher.lengths[word]!, i + 1);
      at = matcher.shorter[at]!;
    }
  }
}

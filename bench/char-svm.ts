/** A linear support vector machine on TF-IDF of character 1–3-grams, as it is usually set up: the reference for kinds. */
export type Svm = { readonly read: (text: string) => string };

/**
 * Raw counts, smoothed inverse document frequency, rows of length one, one class against the rest with squared hinge loss, C = 1, a
 * constant of 1, dual coordinate descent (Hsieh et al. 2008); lower case, white space folded, all features kept. Written apart from
 * the package, so that a mistake there is not repeated here.
 */
export function charSvm(
  samples: readonly { readonly text: string; readonly kind: string }[],
  seed: number,
): Svm {
  const kinds = [...new Set(samples.map(({ kind }) => kind))].sort();
  const counted = samples.map(({ text }) => countGrams(text));
  const seen = new Map<string, number>();
  for (const grams of counted) for (const gram of grams.keys()) seen.set(gram, (seen.get(gram) ?? 0) + 1);
  const ids = new Map([...seen.keys()].map((gram, i) => [gram, i]));
  const rarity = Float64Array.from(seen.values(), (n) => Math.log((1 + samples.length) / (1 + n)) + 1);
  const vectorOf = (grams: ReadonlyMap<string, number>): Vector => vector(grams, ids, rarity);
  const rows = counted.map(vectorOf);
  const models = kinds.map((kind) =>
    descend(
      rows,
      samples.map((sample) => (sample.kind === kind ? 1 : -1)),
      rarity.length,
      seed,
    ),
  );
  return {
    read: (text) => {
      const row = vectorOf(countGrams(text));
      const margins = models.map((weights) => dot(weights, row));
      return kinds[margins.indexOf(Math.max(...margins))]!;
    },
  };
}

type Vector = { readonly ids: Int32Array; readonly values: Float64Array };

function countGrams(text: string): Map<string, number> {
  const plain = text.toLowerCase().replace(/\s+/g, ' ');
  const grams = new Map<string, number>();
  for (let n = 1; n <= 3; n += 1) {
    for (let i = 0; i + n <= plain.length; i += 1) {
      const gram = plain.slice(i, i + n);
      grams.set(gram, (grams.get(gram) ?? 0) + 1);
    }
  }
  return grams;
}

function vector(
  grams: ReadonlyMap<string, number>,
  ids: ReadonlyMap<string, number>,
  rarity: Float64Array,
): Vector {
  const known = [...grams].filter(([gram]) => ids.has(gram));
  const raw = known.map(([gram, n]) => n * rarity[ids.get(gram)!]!);
  const length = Math.sqrt(raw.reduce((sum, x) => sum + x * x, 0)) || 1;
  return {
    ids: Int32Array.from([...known.map(([gram]) => ids.get(gram)!), rarity.length]),
    values: Float64Array.from([...raw.map((x) => x / length), 1]),
  };
}

function dot(weights: Float64Array, { ids, values }: Vector): number {
  let sum = 0;
  for (let i = 0; i < ids.length; i += 1) sum += weights[ids[i]!]! * values[i]!;
  return sum;
}

function descend(
  rows: readonly Vector[],
  signs: readonly number[],
  features: number,
  seed: number,
): Float64Array {
  const weights = new Float64Array(features + 1);
  const duals = new Float64Array(rows.length);
  const squares = rows.map(({ values }) => values.reduce((sum, x) => sum + x * x, 0) + 0.5);
  const order = [...rows.keys()];
  let state = seed;
  for (let pass = 0; pass < 30; pass += 1) {
    for (let i = order.length - 1; i > 0; i -= 1) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      const j = state % (i + 1);
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
    let worst = 0;
    for (const i of order) {
      const slope = signs[i]! * dot(weights, rows[i]!) - 1 + 0.5 * duals[i]!;
      const off = duals[i] === 0 ? Math.min(slope, 0) : slope;
      worst = Math.max(worst, Math.abs(off));
      if (off === 0) continue;
      const next = Math.max(duals[i]! - slope / squares[i]!, 0);
      const step = (next - duals[i]!) * signs[i]!;
      duals[i] = next;
      const { ids, values } = rows[i]!;
      for (let p = 0; p < ids.length; p += 1) weights[ids[p]!]! += step * values[p]!;
    }
    if (worst < 0.05) break;
  }
  return weights;
}

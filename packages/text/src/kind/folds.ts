import { wordingOf } from '../propose-kind.ts';
import { drawsOf, shuffle } from './draws.ts';
import type { Text } from './grams.ts';

/** What a text says without white space and punctuation, its cells together. */
export function wordingOfText(text: Text): string {
  return wordingOf((typeof text === 'string' ? text : text.join('')).replaceAll('_x000D_', ''));
}

/**
 * The fold, 0 to `count` - 1, of each sample: kinds are spread evenly, and texts with the same wording are always in the same fold, so that
 * none is tested on what was learned. The same seed gives the same folds.
 */
export function foldsOf(
  samples: readonly { readonly text: Text; readonly kind: string }[],
  count: number,
  seed: number,
): Int32Array {
  const groups = [...Map.groupBy(samples.keys(), (i) => wordingOfText(samples[i]!.text)).values()];
  const order = Int32Array.from(groups.keys());
  shuffle(order, drawsOf(seed));
  const folds = new Int32Array(samples.length);
  const next = new Map<string, number>();
  for (const g of order) {
    const group = groups[g]!;
    const { kind } = samples[group[0]!]!;
    const turn = next.get(kind) ?? 0;
    next.set(kind, turn + 1);
    for (const i of group) folds[i] = turn % count;
  }
  return folds;
}

import type { GramOptions } from './grams.ts';
import type { KindNode } from './train-node.ts';

/** A fork with a branch for each of its names, or a kind. */
export type KindTree =
  | { readonly node: KindNode; readonly branches: readonly KindTree[] }
  | { readonly kind: string };

/** What a town's confirmed cases taught: plain data, made by `trainKinds`, kept by `writeModel`. */
export type KindModel = {
  /** All kinds it knows, in order. */
  readonly kinds: readonly string[];
  readonly tree: KindTree;
  readonly grams: GramOptions;
  /** Below this probability a person is asked. */
  readonly askBelow: number;
  readonly about: {
    readonly samples: number;
    /** Samples of each of `kinds`. */
    readonly perKind: readonly number[];
    readonly seed: number;
    readonly trainedAt?: number;
    /** The columns of the file that it was learned from, where it was one. */
    readonly columns?: readonly string[];
  };
};

import { Fault } from '@gezhi/basis';
import { maskText } from '../mask/mask-text.ts';
import { wordingOfText } from './folds.ts';
import type { Text } from './grams.ts';
import type { KindModel, KindTree } from './kind-model.ts';
import { type NodeOptions, type NodeSamples, trainNode } from './train-node.ts';

/** One text and the kind that a person confirmed for it. */
export type KindSample = { readonly text: Text; readonly kind: string };

export type TrainOptions = {
  readonly seed: number;
  /** When it is trained; only for the model's page. */
  readonly trainedAt?: number;
  /** The columns that the cells of a sample are of, where they come from a file. */
  readonly columns?: readonly string[];
  /** Hides names and numbers before anything is learned; `maskText` unless told. */
  readonly mask?: (text: string) => string;
  /** The steps of a kind's path, from the widest down; a kind is cut at each `/` unless told. */
  readonly pathOf?: (kind: string) => readonly string[];
  /** Below this probability a person is asked; 0.5 unless told. */
  readonly askBelow?: number;
  readonly settings?: Partial<NodeOptions>;
};

/**
 * Learns kinds from confirmed samples. Every kind that has a sample is known to the model; a path of several steps is learned step by
 * step, so that 1,500 kinds cost hardly more than their first level. A generator: whoever runs it lets others work between its steps
 * (`trainNow` does not). Same samples in the same order, same seed: the same model, bit by bit.
 *
 * Took 9.8 s of CPU for 8,264 texts of 300 characters in the mean and seven kinds (docs/decisions/0015-reading-kinds.md).
 *
 * @throws Fault `nothing-to-learn` without samples, or where all are of one kind
 */
export function* trainKinds(
  samples: readonly KindSample[],
  options: TrainOptions,
): Generator<undefined, KindModel> {
  const mask = options.mask ?? ((text: string) => maskText(text).masked);
  const pathOf = options.pathOf ?? cutAtSlash;
  const kept = samples.filter(({ text, kind }) => kind !== '' && wordingOfText(text) !== '');
  const kinds = [...new Set(kept.map(({ kind }) => kind))].sort(byCode);
  requireTwo(samples.length, kept.length, kinds);
  const masked: { text: Text; path: readonly string[]; kind: string }[] = [];
  for (const { text, kind } of kept) {
    const hidden = typeof text === 'string' ? mask(text) : text.map((cell) => mask(cell));
    masked.push({ text: hidden, path: pathOf(kind), kind });
    if (masked.length % 64 === 0) yield;
  }
  const settings = { ...SETTINGS, ...smallOf(kept.length), ...options.settings, seed: options.seed };
  const depths = Math.max(...kinds.map((kind) => pathOf(kind).length));
  const tree = yield* grow(masked, 0, kept.length, {
    ...settings,
    weightsMax: Math.floor(settings.weightsMax / depths),
  });
  return {
    kinds,
    tree,
    grams: {
      gramMax: settings.gramMax,
      head: settings.head,
      ...(settings.words ? { words: settings.words } : {}),
    },
    askBelow: options.askBelow ?? 0.5,
    about: { samples: kept.length, perKind: countsOf(kinds, kept), ...aboutOf(options) },
  };
}

/** Runs a training to its end at once. */
export function trainNow(samples: readonly KindSample[], options: TrainOptions): KindModel {
  const training = trainKinds(samples, options);
  for (;;) {
    const step = training.next();
    if (step.done) return step.value;
  }
}

/** What a scene pack says of its kinds, as samples to begin with, before a town has confirmed a single case. */
export function samplesOfPack(
  kinds: readonly {
    readonly code: string;
    readonly words: readonly string[];
    readonly examples?: readonly string[];
  }[],
): readonly KindSample[] {
  return kinds.flatMap(({ code, words, examples = [] }) =>
    [...words, ...examples].map((text) => ({ text, kind: code })),
  );
}

/** Found on the contest's 8,264 messages: docs/decisions/0015-reading-kinds.md. */
export const SETTINGS: Omit<NodeOptions, 'seed'> = {
  gramMax: 2,
  words: 2,
  head: 30,
  cost: 1,
  passes: 8,
  seenMin: 3,
  separation: 1,
  bayes: 0.04,
  weightsMax: 8_000_000,
};

/** Where little is known, what was seen once must do. */
function smallOf(samples: number): Partial<NodeOptions> {
  return samples < 2000 ? { seenMin: 1 } : {};
}

function cutAtSlash(kind: string): readonly string[] {
  return kind.split('/');
}

type Masked = { readonly text: Text; readonly path: readonly string[]; readonly kind: string };

function* grow(
  samples: readonly Masked[],
  depth: number,
  all: number,
  options: NodeOptions,
): Generator<undefined, KindTree> {
  const groups = Map.groupBy(samples, ({ path }) => path[depth]);
  const names = [...groups.keys()].filter((name) => name !== undefined).sort(byCode);
  const ending = groups.get(undefined)?.[0]?.kind;
  if (ending !== undefined && names.length === 0) return { kind: ending };
  const branches: KindTree[] = [];
  for (const name of names) branches.push(yield* grow(groups.get(name)!, depth + 1, all, options));
  if (ending !== undefined) branches.push({ kind: ending });
  if (branches.length === 1) return branches[0]!;
  const indexOf = new Map<string | undefined, number>(names.map((name, i) => [name, i]));
  const node: NodeSamples = {
    texts: samples.map(({ text }) => text),
    branches: Int32Array.from(samples, ({ path }) => indexOf.get(path[depth]) ?? names.length),
    names: ending === undefined ? names : [...names, ''],
  };
  const share = Math.ceil((options.weightsMax * samples.length) / all);
  return { node: yield* trainNode(node, { ...options, weightsMax: share }), branches };
}

function requireTwo(given: number, kept: number, kinds: readonly string[]): void {
  if (kinds.length >= 2) return;
  const hint = 'Give samples of at least two kinds.';
  const what =
    kept === 0
      ? `none of the ${given} samples has both a text and a kind`
      : `all ${kept} samples are of the kind "${kinds[0]}"`;
  throw new Fault('nothing-to-learn', `There is nothing to learn: ${what}.`, { hint });
}

function countsOf(kinds: readonly string[], samples: readonly KindSample[]): readonly number[] {
  const counts = new Map<string, number>();
  for (const { kind } of samples) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return kinds.map((kind) => counts.get(kind)!);
}

function aboutOf({
  seed,
  trainedAt,
  columns,
}: TrainOptions): Pick<KindModel['about'], 'seed' | 'trainedAt' | 'columns'> {
  return { seed, ...(trainedAt === undefined ? {} : { trainedAt }), ...(columns ? { columns } : {}) };
}

function byCode(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

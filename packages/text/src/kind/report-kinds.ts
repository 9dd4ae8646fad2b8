import { calibrationError } from './calibrate.ts';
import type { KindModel } from './kind-model.ts';
import { classifyKinds } from './read-kind.ts';
import type { KindSample } from './train-kinds.ts';

/** How well one kind is read. Shares are null where there is nothing to divide by. */
export type KindFigures = {
  readonly kind: string;
  /** Samples that are of this kind, and samples that were read as it. */
  readonly samples: number;
  readonly read: number;
  readonly right: number;
  readonly recall: number | null;
  readonly precision: number | null;
  readonly f1: number;
  /** Whether the model had ever seen it. */
  readonly known: boolean;
};

export type Confusion = { readonly kind: string; readonly readAs: string; readonly times: number };

export type KindReport = {
  readonly n: number;
  readonly accuracy: number;
  /** The mean of f1 over the kinds that stand among the samples. */
  readonly macroF1: number;
  /** Expected calibration error over ten bins of the first kind's probability. */
  readonly ece: number;
  /** Share of samples that a person would have been asked about, and accuracy on all others (null where none is left). */
  readonly asked: number;
  readonly accuracyUnasked: number | null;
  readonly perKind: readonly KindFigures[];
  /** What it takes for what, the most frequent first. */
  readonly confusions: readonly Confusion[];
};

/** One sample as it was read. */
export type Judged = { readonly kind: string; readonly readAs: string; readonly probability: number };

/** How well a model reads samples that it has not learned. `n` = 0 gives zeros. */
export function reportKinds(model: KindModel, samples: readonly KindSample[]): KindReport {
  return reportOf(judgeKinds(model, samples), model.kinds, model.askBelow);
}

/** Every sample beside what the model reads in it. */
export function judgeKinds(model: KindModel, samples: readonly KindSample[]): readonly Judged[] {
  const readings = classifyKinds(
    model,
    samples.map(({ text }) => text),
  );
  return [...readings].map(({ kind, probability }, i) => ({
    kind: samples[i]!.kind,
    readAs: kind,
    probability,
  }));
}

/** The report of samples that were read, of one model or of the folds of several. */
export function reportOf(judged: readonly Judged[], known: readonly string[], askBelow: number): KindReport {
  const knows = new Set(known);
  const kinds = [...new Set(judged.map(({ kind }) => kind))].sort();
  const byKind = Map.groupBy(judged, ({ kind }) => kind);
  const byRead = Map.groupBy(judged, ({ readAs }) => readAs);
  const perKind = kinds.map((kind) =>
    figures(kind, byKind.get(kind)!, byRead.get(kind)?.length ?? 0, knows.has(kind)),
  );
  const isRight = ({ kind, readAs }: Judged): boolean => kind === readAs;
  const unasked = judged.filter(({ probability }) => probability >= askBelow);
  const shareRight = (of: readonly Judged[]): number | null =>
    of.length ? of.filter(isRight).length / of.length : null;
  return {
    n: judged.length,
    accuracy: shareRight(judged) ?? 0,
    macroF1: perKind.length ? perKind.reduce((sum, { f1 }) => sum + f1, 0) / perKind.length : 0,
    ece: calibrationError(judged.map((one) => ({ probability: one.probability, right: isRight(one) }))),
    asked: judged.length ? 1 - unasked.length / judged.length : 0,
    accuracyUnasked: shareRight(unasked),
    perKind,
    confusions: confusionsOf(judged.filter((one) => !isRight(one))),
  };
}

function figures(kind: string, samples: readonly Judged[], read: number, known: boolean): KindFigures {
  const right = samples.filter(({ readAs }) => readAs === kind).length;
  return {
    kind,
    samples: samples.length,
    read,
    right,
    recall: samples.length ? right / samples.length : null,
    precision: read ? right / read : null,
    f1: (2 * right) / (samples.length + read),
    known,
  };
}

function confusionsOf(wrong: readonly Judged[]): readonly Confusion[] {
  const pairs = Map.groupBy(wrong, ({ kind, readAs }) => JSON.stringify([kind, readAs]));
  return [...pairs.values()]
    .map((pair) => ({ kind: pair[0]!.kind, readAs: pair[0]!.readAs, times: pair.length }))
    .sort((a, b) => b.times - a.times);
}

import type { KindModel } from './kind-model.ts';
import type { KindReport } from './report-kinds.ts';

/**
 * A model's page in the public register of algorithms, as data: codes and figures only, worded by whoever shows it. No sample, no word
 * and no person is in it.
 */
export type ModelCard = {
  readonly purpose: 'propose-kind';
  /** It proposes; a person decides, always. */
  readonly decides: 'person';
  readonly method: 'linear-on-character-runs';
  readonly learnedFrom: {
    readonly source: 'confirmed-cases';
    readonly masked: true;
    readonly samples: number;
    readonly perKind: readonly { readonly kind: string; readonly samples: number }[];
    readonly trainedAt: number | null;
  };
  /** Kinds of which little was seen: what the model says of them is weak. */
  readonly weakKinds: readonly string[];
  /** On samples it had not learned; null where none was held back. */
  readonly figures: KindReport | null;
  readonly asksBelow: number;
  /** How to object: every proposal shows its words, anybody who handles the case sets another kind, and that is learned from. */
  readonly objection: readonly ['set-another-kind', 'ask-a-person', 'complain-to-the-office'];
};

/** Fewer samples than this make a weak kind. */
const WEAK_BELOW = 20;

/** What a model is for, what it learned from, how well it does for which kind, and how to object. */
export function modelCard(model: KindModel, report?: KindReport): ModelCard {
  const { samples, perKind, trainedAt } = model.about;
  const counted = model.kinds.map((kind, i) => ({ kind, samples: perKind[i]! }));
  return {
    purpose: 'propose-kind',
    decides: 'person',
    method: 'linear-on-character-runs',
    learnedFrom: {
      source: 'confirmed-cases',
      masked: true,
      samples,
      perKind: counted,
      trainedAt: trainedAt ?? null,
    },
    weakKinds: counted.filter((one) => one.samples < WEAK_BELOW).map(({ kind }) => kind),
    figures: report ?? null,
    asksBelow: model.askBelow,
    objection: ['set-another-kind', 'ask-a-person', 'complain-to-the-office'],
  };
}

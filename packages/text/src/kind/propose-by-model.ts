import { type KindWords, type Proposal, proposeKind } from '../propose-kind.ts';
import type { KindModel } from './kind-model.ts';
import { readKind } from './read-kind.ts';

/**
 * The kind that is proposed for a text, by whoever knows best: the town's own model where it has one, is sure, and the scene still has the
 * kind; else the words of the scene's kinds (`proposeKind`); else nobody, and a person decides.
 */
export function proposeByModel(
  model: KindModel | undefined,
  kinds: readonly KindWords[],
  text: string,
): Proposal | undefined {
  if (!model) return proposeKind(kinds, text);
  const { ranked, ask } = readKind(model, text, 1);
  const { kind, because } = ranked[0]!;
  if (!ask && kinds.some(({ code }) => code === kind)) return { kind, because };
  return proposeKind(kinds, text);
}

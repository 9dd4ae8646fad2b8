import { type EditionAct, type EditionState, evolveEdition } from '@gezhi/measures';

/** An edition as its acts leave it; `undefined` where there is none. */
export function foldActs(id: string, acts: readonly { readonly data: unknown }[]): EditionState | undefined {
  return acts.reduce<EditionState | undefined>(
    (state, { data }) => evolveEdition(id, state, data as EditionAct),
    undefined,
  );
}

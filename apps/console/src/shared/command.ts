import { type Answer, answerOf, ProblemError, useClient } from '@gezhi/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormValue } from './schema-form.tsx';

export type Order = {
  readonly caseId: string;
  readonly action: string;
  readonly input?: Readonly<Record<string, FormValue>>;
  readonly expectedSeq?: number;
  readonly bend?: { readonly reason: string; readonly approver: string };
};

/** What came of one order: done, or why not. */
export type Outcome =
  | { readonly caseId: string; readonly done: Answer<'sendCommand'> }
  | { readonly caseId: string; readonly refused: ProblemError };

/**
 * Carries orders out one after another, each for itself: what is refused stops nothing. A request number where a case
 * is asked is looked up.
 */
export function useOrders() {
  const api = useClient();
  const queries = useQueryClient();
  return useMutation<readonly Outcome[], Error, readonly Order[]>({
    mutationFn: async (orders) => {
      const outcomes: Outcome[] = [];
      for (const { caseId, input, ...order } of orders) {
        try {
          const body = {
            commandId: `console/${crypto.randomUUID()}`,
            ...order,
            ...(input ? { input: await onTheWire(api, input) } : {}),
          };
          const done = answerOf(await api.call('sendCommand', { params: { id: caseId }, body }));
          outcomes.push({ caseId, done });
        } catch (error) {
          if (!(error instanceof ProblemError)) throw error;
          outcomes.push({ caseId, refused: error });
        }
      }
      return outcomes;
    },
    // Not waited for: whoever sent it is told at once, though its form may be gone when the lists are there again.
    onSettled: () => {
      void queries.invalidateQueries();
    },
  });
}

const NUMBER = /^[1-9](?:[\s-]*\d){11}$/;

/** A request number where a case is asked (`into` of a merge) becomes that case. */
async function onTheWire(
  api: ReturnType<typeof useClient>,
  input: Readonly<Record<string, FormValue>>,
): Promise<Readonly<Record<string, unknown>>> {
  const { into } = input;
  const found = typeof into === 'string' ? await caseOfNumber(api, into) : undefined;
  return found === undefined ? input : { ...input, into: found };
}

async function caseOfNumber(api: ReturnType<typeof useClient>, text: string): Promise<string | undefined> {
  if (!NUMBER.test(text)) return undefined;
  const { cases } = answerOf(await api.call('listCases', { query: { number: text } }));
  return cases[0]?.caseId;
}

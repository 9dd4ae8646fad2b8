import { type Answer, answerOf, ProblemError, useCall, useClient } from '@gezhi/ui';
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
 * Carries orders out one after another, each for itself: what is refused stops nothing. Days without a zone are moments of the town, and a
 * request number where a case is asked is looked up.
 */
export function useOrders() {
  const api = useClient();
  const queries = useQueryClient();
  const town = useCall('getTown', {}, { staleTime: 600_000 });
  const zone = town.data?.zone ?? 'Asia/Shanghai';
  return useMutation<readonly Outcome[], Error, readonly Order[]>({
    mutationFn: async (orders) => {
      const outcomes: Outcome[] = [];
      for (const { caseId, input, ...order } of orders) {
        try {
          const wire = input && ((await onTheWire(api, input, zone)) as Record<string, unknown>);
          const body = {
            commandId: `console/${crypto.randomUUID()}`,
            ...order,
            ...(wire ? { input: wire } : {}),
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

const DAY_END = /^\d{4}-\d{2}-\d{2}T18:00:00$/;
const NUMBER = /^[1-9](?:[\s-]*\d){11}$/;

async function onTheWire(
  api: ReturnType<typeof useClient>,
  value: FormValue,
  zone: string,
): Promise<unknown> {
  if (Array.isArray(value)) return await Promise.all(value.map((part) => onTheWire(api, part, zone)));
  if (typeof value === 'object' && value !== null) {
    const parts = Object.entries(value as Readonly<Record<string, FormValue>>).map(async ([name, part]) => {
      const found = name === 'into' && typeof part === 'string' ? await caseOfNumber(api, part) : undefined;
      return [name, found ?? (await onTheWire(api, part, zone))] as const;
    });
    return Object.fromEntries(await Promise.all(parts));
  }
  return typeof value === 'string' && DAY_END.test(value) ? withOffset(value, zone) : value;
}

async function caseOfNumber(api: ReturnType<typeof useClient>, text: string): Promise<string | undefined> {
  if (!NUMBER.test(text)) return undefined;
  const { cases } = answerOf(await api.call('listCases', { query: { number: text } }));
  return cases[0]?.caseId;
}

/** A local moment with the offset that its zone has then. */
export function withOffset(local: string, zone: string): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(
    new Date(`${local}Z`),
  );
  const offset = parts.find(({ type }) => type === 'timeZoneName')?.value.slice(3);
  return `${local}${offset || '+00:00'}`;
}

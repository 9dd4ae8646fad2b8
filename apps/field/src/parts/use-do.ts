import type { FieldCase } from '@gezhi/contract';
import type { Label } from '@gezhi/ui';
import { useCallback } from 'react';
import { useKeeper } from '../day/keeper.tsx';
import type { FieldAction } from '../outbox/ahead.ts';

export type Step = { readonly action: FieldAction; readonly input?: Readonly<Record<string, unknown>> };

/** What a matter is called in the outbox: its kind and place. */
export function aboutCase({ kind, place }: FieldCase): Label {
  return { zh: `${kind.name.zh} · ${place.name}`, en: `${kind.name.en} · ${place.name}` };
}

/** Does steps to a case, in this order: they are in the outbox before anything else happens. */
export function useDo(c: FieldCase): (steps: readonly Step[]) => Promise<boolean> {
  const { put } = useKeeper();
  return useCallback(
    (steps) =>
      put(
        steps.map(({ action, input = {} }) => ({
          about: aboutCase(c),
          seen: c.seq,
          deed: {
            do: 'command',
            caseId: c.caseId,
            action: action.action,
            act: action.act,
            label: action.label,
            input,
          },
        })),
      ),
    [c, put],
  );
}

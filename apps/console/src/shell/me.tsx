import { type Answer, ProblemError, useCall, useWords } from '@gezhi/ui';
import { createContext, type ReactNode, useContext } from 'react';
import { SHELL_WORDS } from '../words/words.ts';
import { Loading, Trouble } from './states.tsx';

export type Me = Answer<'me'> & { readonly post: string };

const ME = createContext<Me | undefined>(undefined);

/** Shows its children to whoever is signed in, and `otherwise` to nobody. */
export function MeGate(props: { readonly children: ReactNode; readonly otherwise: ReactNode }): ReactNode {
  const me = useCall('me', {}, { staleTime: 60_000 });
  const w = useWords(SHELL_WORDS);
  if (me.error && !me.data) {
    const said = me.error instanceof ProblemError ? me.error.message : w.offlineHelp;
    return <Trouble title={w.offline} detail={said} onRetry={() => void me.refetch()} />;
  }
  if (!me.data) return <Loading />;
  const { post } = me.data;
  if (post === null) return props.otherwise;
  return <ME.Provider value={{ ...me.data, post }}>{props.children}</ME.Provider>;
}

/** Who is signed in. Only inside `MeGate`. */
export function useMe(): Me {
  return useContext(ME)!;
}

import { useClient } from '@gezhi/ui';
import { useEffect } from 'react';
import type { Draft } from './draft.ts';

/** What a code in the address says: `?asset=` of a lamp or a lift, `?grid=` of a grid. The service names it; one it does not know is left out. */
export function useScanned(change: (part: Partial<Draft>) => void): void {
  const api = useClient();
  useEffect(() => {
    const query = new URLSearchParams(location.search);
    const [asset, grid] = [query.get('asset'), query.get('grid')];
    if (!asset && !grid) return;
    const body = { ...(asset ? { asset } : {}), ...(grid ? { grid } : {}) };
    void api.call('readAboutToSay', { body }).then(
      (reply) => {
        if (!reply.ok) return;
        if (reply.body.asset) change({ asset: reply.body.asset });
        else if (grid && reply.body.place) change({ grid: reply.body.place });
      },
      () => undefined,
    );
  }, [api, change]);
}

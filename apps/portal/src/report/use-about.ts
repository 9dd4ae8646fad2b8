import type { WhatIsRead } from '@gezhi/contract';
import { useCall } from '@gezhi/ui';
import { useEffect, useState } from 'react';
import type { Draft } from './draft.ts';

const WAIT_MS = 700;

export type About = { readonly read: WhatIsRead | undefined; readonly reading: boolean };

/** What the service reads in a draft: danger, kind, place, what neighbours reported. Asked when typing pauses; nothing of it is kept there. */
export function useAbout(draft: Draft): About {
  const { words, kind, placeText, point, asset, grid } = draft;
  const said = words.trim();
  const now = JSON.stringify({
    ...(said ? { words: said } : {}),
    ...(kind ? { kind } : {}),
    ...(placeText.trim() ? { placeText: placeText.trim() } : {}),
    ...(point ? { point } : {}),
    ...(asset ? { asset: asset.code } : {}),
    ...(grid ? { grid: grid.code } : {}),
  });
  const [asked, setAsked] = useState(now);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(now), WAIT_MS);
    return () => clearTimeout(timer);
  }, [now]);
  const call = useCall(
    'readAboutToSay',
    { body: JSON.parse(asked) },
    { enabled: asked !== '{}', staleTime: 60_000 },
  );
  const fresh = asked === now;
  return { read: fresh || !call.isFetching ? call.data : undefined, reading: !fresh || call.isFetching };
}

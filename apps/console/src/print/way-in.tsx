import { useWords } from '@gezhi/ui';
import { type ReactNode, useMemo } from 'react';
import { encode } from 'uqr';
import { MONTH_WORDS } from './words/month.ts';

/** The way into the residents' app at this place, to be read by a phone. */
export function WayIn({ place }: { readonly place: string }): ReactNode {
  const w = useWords(MONTH_WORDS);
  const link = `${location.origin}/portal/?grid=${encodeURIComponent(place)}`;
  const { size, data } = useMemo(() => encode(link, { ecc: 'M', border: 0 }), [link]);
  const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return (
    <figure className="month-way">
      <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label={w.scanLabel}>
        <path d={dark.join('')} />
      </svg>
      <figcaption>{w.scan}</figcaption>
    </figure>
  );
}

import { useCall, useLanguage, useWords } from '@gezhi/ui';
import type { ReactNode } from 'react';
import { NEAR_WORDS } from '../words/near/words.ts';

/** How often what was promised was kept here, by kind, with n. */
export function KeptHere(props: { readonly place?: string | undefined; readonly kind?: string }): ReactNode {
  const w = useWords(NEAR_WORDS);
  const { language } = useLanguage();
  const query = {
    ...(props.place ? { place: props.place } : {}),
    ...(props.kind ? { kind: props.kind } : {}),
  };
  const { data } = useCall('getPromiseKept', { query }, { staleTime: 600_000 });
  if (!data) return null;
  return (
    <section aria-labelledby="kept">
      <h2 id="kept">{w.kept}</h2>
      <p className="hint">{w.keptLead}</p>
      {data.rows.length === 0 ? (
        <p className="note">{w.keptNone}</p>
      ) : (
        <ul className="bars">
          {data.rows.map(({ kind, n, kept }) => (
            <li key={kind.code}>
              <span>{kind.name[language]}</span>
              <meter min={0} max={n} value={kept} aria-label={kind.name[language]} />
              <span className="hint">{w.keptRow(kept, n)}</span>
            </li>
          ))}
        </ul>
      )}
      {data.few > 0 && data.rows.length > 0 && <p className="hint">{w.keptFew(data.few)}</p>}
    </section>
  );
}

import { useCall, useWords } from '@gezhi/ui';
import type { ReactNode } from 'react';
import { RATES_WORDS } from './rates-words.ts';

/** The editions: drafted, shown, appealed, frozen, published on their own page, which prints; the numbers here are the living ones. */
export function Editions(): ReactNode {
  const w = useWords(RATES_WORDS);
  const editions = useCall('listEditions', { query: {} });
  return (
    <section className="panel">
      <h2>{w.editions}</h2>
      {editions.data?.editions.length === 0 && <p className="soft">{w.editionsNone}</p>}
      <ol className="rows">
        {editions.data?.editions.map(({ id, phase, revision }) => (
          <li key={id}>
            <a href={`/editions/${id}`} className="grow">
              {id}
            </a>
            <small>
              {w.phases[phase] ?? phase} · {w.revision(revision)}
            </small>
          </li>
        ))}
      </ol>
      <p>
        <a href="/editions">{w.editionsGo}</a>
      </p>
    </section>
  );
}

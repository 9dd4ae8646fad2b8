import { useLanguage, useWords } from '@gezhi/ui';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useKeeper } from '../day/keeper.tsx';
import { Head } from '../parts/head.tsx';
import { Icon } from '../parts/icon.tsx';
import { WORDS } from '../words/words.ts';

export function RoundsScreen(): ReactNode {
  const w = useWords(WORDS);
  const { language } = useLanguage();
  const { day, entries } = useKeeper();
  const rounds = day?.rounds ?? [];
  return (
    <>
      <Head title={w.rounds.title} />
      <main className="screen">
        {rounds.length === 0 && (
          <div className="state">
            <Icon name="rounds" />
            <p>{day ? w.rounds.empty : w.tasks.noDay}</p>
          </div>
        )}
        <ul className="rows">
          {rounds.map(({ id, sort, title, to, stops }) => {
            const isWritten = (stop: string): boolean =>
              entries.some(
                ({ deed, state }) =>
                  deed.do === 'visit' && deed.round === id && deed.stop === stop && state !== 'dropped',
              );
            const left = stops.filter(({ stop, visits }) => visits === 0 && !isWritten(stop)).length;
            return (
              <li key={id}>
                <Link to={`/rounds/${encodeURIComponent(id)}`} className="row">
                  <span className="row-head">
                    <strong>{title[language]}</strong>
                    <span className="tag">{w.rounds.sorts[sort]}</span>
                  </span>
                  <span className="row-foot">
                    <span className={left === 0 ? 'due good' : 'due'}>
                      {w.rounds.left(left, stops.length)}
                    </span>
                    <span>{w.rounds.to(to)}</span>
                  </span>
                </Link>
              </li>
            );
          })}
        </ul>
      </main>
    </>
  );
}

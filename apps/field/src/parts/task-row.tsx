import type { FieldCase } from '@gezhi/contract';
import { sayDistance, useLanguage, useWords } from '@gezhi/ui';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useKeeper } from '../day/keeper.tsx';
import { metresBetween, type Point } from '../near/near.ts';
import { sayMetres } from '../near/say-metres.ts';
import { ahead } from '../outbox/ahead.ts';
import { WORDS } from '../words/words.ts';

/** One matter in the list: what, where, until when, and what of it waits on this phone. */
export function TaskRow({ c, here }: { readonly c: FieldCase; readonly here: Point | undefined }): ReactNode {
  const w = useWords(WORDS);
  const { language } = useLanguage();
  const { day, entries } = useKeeper();
  const process = day?.processes.find(({ scene }) => scene === c.scene);
  const now = ahead(c, process, entries);
  const { point } = c.place;
  return (
    <li>
      <Link to={`/case/${c.caseId}`} className={isLate(c) ? 'row late' : 'row'}>
        <span className="row-head">
          <strong>{c.kind.name[language]}</strong>
          <span className="tag">{now.label[language]}</span>
          {now.inConflict && <span className="tag late">{w.tasks.conflict}</span>}
          {now.pending > 0 && !now.inConflict && <span className="tag wait">{w.tasks.waiting}</span>}
        </span>
        {c.said[0] && <span className="row-said">{c.said[0]}</span>}
        <span className="row-foot">
          <Due c={c} />
          <span>{c.place.name}</span>
          {here && point && <span className="far">{sayMetres(metresBetween(here, point), language)}</span>}
          <span>{c.requests.length > 0 ? w.tasks.people(c.requests.length) : w.tasks.found}</span>
        </span>
      </Link>
    </li>
  );
}

/** The clock that ends first, in words. */
export function Due({ c }: { readonly c: FieldCase }): ReactNode {
  const w = useWords(WORDS);
  const { language } = useLanguage();
  const { now } = useKeeper();
  const [first] = c.clocks;
  if (!first) return <span>{w.tasks.noClock}</span>;
  const away = sayDistance(first.dueAt, now, language);
  const isPast = Date.parse(first.dueAt) <= now;
  return (
    <span className={isPast ? 'due late' : 'due'}>
      {first.label[language]} · {isPast ? w.tasks.past(away) : w.tasks.due(away)}
    </span>
  );
}

function isLate({ clocks }: FieldCase): boolean {
  return clocks.some(({ isPast }) => isPast);
}

import { sayMoment, useLanguage, useWords } from '@gezhi/ui';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useKeeper } from '../day/keeper.tsx';
import type { Entry } from '../outbox/entry.ts';
import { isSettled } from '../outbox/outbox.ts';
import { sayDeed } from '../outbox/say-deed.ts';
import { heldTogether } from '../outbox/ways-out.ts';
import { ConflictCard } from '../parts/conflict-card.tsx';
import { Head } from '../parts/head.tsx';
import { Icon } from '../parts/icon.tsx';
import { WORDS } from '../words/words.ts';

/** What was done and waits, what somebody has to decide, and what became of the rest. */
export function OutboxScreen(): ReactNode {
  const w = useWords(WORDS);
  const { entries, resting, online, refresh } = useKeeper();
  const inOrder = [...entries].sort((a, b) => a.order - b.order);
  const conflicts = inOrder.filter(({ state }) => state === 'conflict');
  const held = new Set(conflicts.flatMap((entry) => heldTogether(entries, entry).map(({ id }) => id)));
  const waiting = inOrder.filter(({ state, id }) => state === 'waiting' && !held.has(id));
  const settled = inOrder.filter(isSettled).reverse();
  const why = online ? resting : 'offline';
  return (
    <>
      <Head title={w.outbox.title} />
      <main className="screen">
        {conflicts.length > 0 && (
          <section>
            <h2>{w.outbox.conflicts}</h2>
            {conflicts.map((entry) => (
              <ConflictCard key={entry.id} entry={entry} />
            ))}
          </section>
        )}
        {waiting.length > 0 && (
          <section>
            <h2>{w.outbox.waiting}</h2>
            {why && <p className="strip wait">{w.outbox.resting[why]}</p>}
            <EntryList entries={waiting} />
          </section>
        )}
        {conflicts.length + waiting.length === 0 && (
          <div className="state">
            <Icon name="check" />
            <p>{w.outbox.empty}</p>
          </div>
        )}
        {settled.length > 0 && (
          <section>
            <h2 className="small">{w.outbox.history}</h2>
            <EntryList entries={settled} />
          </section>
        )}
        {resting === 'busy' && online && (
          <button type="button" onClick={() => void refresh()}>
            {w.outbox.sendNow}
          </button>
        )}
      </main>
    </>
  );
}

function EntryList({ entries }: { readonly entries: readonly Entry[] }): ReactNode {
  return (
    <ul className="rows">
      {entries.map((entry) => (
        <EntryRow key={entry.id} entry={entry} />
      ))}
    </ul>
  );
}

function EntryRow({ entry }: { readonly entry: Entry }): ReactNode {
  const w = useWords(WORDS);
  const { language } = useLanguage();
  const { me } = useKeeper();
  const { deed, state, asNote } = entry;
  const told = {
    waiting: w.tasks.waiting,
    conflict: w.tasks.conflict,
    sent: asNote ? w.outbox.sentAsNote : w.outbox.sent,
    dropped: w.outbox.dropped,
  };
  const tone = { waiting: 'wait', conflict: 'late', sent: 'good', dropped: '' };
  return (
    <li className="row">
      <span className="row-head">
        <strong>{entry.about[language]}</strong>
        <span className={`tag ${tone[state]}`}>{told[state]}</span>
      </span>
      <span className="row-said">{sayDeed(deed, language)}</span>
      <span className="row-foot">
        <span>{w.outbox.did(sayMoment(entry.at, language))}</span>
        {entry.post !== me?.post && <span>{w.outbox.otherPost}</span>}
        {'caseId' in deed && <Link to={`/case/${deed.caseId}`}>{w.outbox.look}</Link>}
      </span>
    </li>
  );
}

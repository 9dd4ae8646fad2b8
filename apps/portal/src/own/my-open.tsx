import { sayMoment, useCall, useLanguage, useSend, useWords } from '@gezhi/ui';
import { type ReactNode, useEffect, useState } from 'react';
import { Link } from 'wouter';
import { openWith } from '../kept/opened.ts';
import { useMode } from '../shell/mode.tsx';
import { Loading, Trouble } from '../shell/trouble.tsx';
import { OWN_WORDS } from '../words/own/words.ts';
import { ProveAddress } from './prove-address.tsx';

/** One's own open requests without their numbers: by a code to the telephone or mail address, or by the ticket that the province's app opened this page with. */
export function MyOpen(): ReactNode {
  const { open: w } = useWords(OWN_WORDS);
  const { kiosk } = useMode();
  const [ticket] = useState(takeTicket);
  const [isIn, setIsIn] = useState(false);
  const { mutate, error } = useSend('openResidentSession');
  useEffect(() => {
    if (ticket) mutate({ body: { ticket } }, { onSuccess: () => setIsIn(true) });
  }, [ticket, mutate]);
  if (kiosk) return null;
  if (isIn) return <Requests />;
  return (
    <details>
      <summary>{w.lost}</summary>
      {error && <Trouble error={error} />}
      <ProveAddress go={w.go} onProved={async () => setIsIn(true)} />
    </details>
  );
}

/** The ticket in the address, which it leaves at once: it is good once, and stays in no history. */
function takeTicket(): string | undefined {
  const query = new URLSearchParams(location.search);
  const ticket = query.get('ticket') ?? undefined;
  if (ticket) history.replaceState(null, '', location.pathname);
  return ticket;
}

function Requests(): ReactNode {
  const { open: w } = useWords(OWN_WORDS);
  const { language } = useLanguage();
  const mine = useCall('getResident', { query: {} });
  if (mine.isPending) return <Loading />;
  if (mine.error) return <Trouble error={mine.error} />;
  return (
    <section aria-labelledby="open">
      <h2 id="open">{w.title}</h2>
      {mine.data.requests.length === 0 && <p className="note">{w.none}</p>}
      <ul className="cards">
        {mine.data.requests.map(({ number, sayAs, code, kind, state, dueAt }) => (
          <li key={number}>
            <Link href={`/mine/${number}`} onClick={() => openWith(number, code)}>
              <strong>{kind.name[language]}</strong>
              <span>
                {[state[language], dueAt && w.until(sayMoment(dueAt, language)), sayAs]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

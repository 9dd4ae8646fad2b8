import { useCall, useLanguage, useSend, useWords } from '@gezhi/ui';
import { type ReactNode, useState } from 'react';
import { ProveAddress } from '../own/prove-address.tsx';
import { useMode } from '../shell/mode.tsx';
import { Trouble } from '../shell/trouble.tsx';
import { OWN_WORDS } from '../words/own/words.ts';

/** What is subscribed to: a place, or a case. */
export type SubscribeTo = { readonly place: string } | { readonly case: string };

/** Told of a place or a case: by message after a one-time code, or by a feed that asks for no address. A kiosk is nobody's telephone. */
export function Subscribe({ to }: { readonly to: SubscribeTo }): ReactNode {
  const { subscribe: w } = useWords(OWN_WORDS);
  const { kiosk } = useMode();
  const [isIn, setIsIn] = useState(false);
  const send = useSend('addSubscription');
  if (kiosk) return null;
  const add = async (address: string): Promise<void> => {
    await send.mutateAsync({ body: { address, ...to } });
    setIsIn(true);
  };
  return (
    <section className="sheet screen" aria-labelledby="subscribe">
      <h2 id="subscribe">{w.title}</h2>
      <p className="lead">{'place' in to ? w.lead.place : w.lead.case}</p>
      <details>
        <summary>{w.open}</summary>
        <p className="hint">{w.hint}</p>
        {isIn ? <Subscriptions /> : <ProveAddress subscribes go={w.confirm} onProved={add} />}
      </details>
      <p>
        <a href={`/api/public/feed?${new URLSearchParams(to)}`} type="application/atom+xml">
          {w.feed}
        </a>
      </p>
    </section>
  );
}

/** What goes to the address that was just proved, each with its end. */
function Subscriptions(): ReactNode {
  const { subscribe: w } = useWords(OWN_WORDS);
  const { language } = useLanguage();
  const list = useCall('listSubscriptions', { query: {} });
  const end = useSend('endSubscription');
  return (
    <>
      <p className="good" role="status">
        {end.isSuccess ? w.ended : w.done}
      </p>
      {end.error && <Trouble error={end.error} />}
      <h3>{w.mine}</h3>
      <ul className="cards">
        {list.data?.subscriptions.map(({ id, name }) => (
          <li key={id}>
            <span>{name[language]}</span>
            <button
              type="button"
              className="link"
              disabled={end.isPending}
              aria-label={`${w.end} ${name[language]}`}
              onClick={() => end.mutate({ params: { id } })}
            >
              {w.end}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

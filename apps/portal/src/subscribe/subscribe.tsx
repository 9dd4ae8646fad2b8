import { ProblemError, useCall, useLanguage, useSend, useWords } from '@gezhi/ui';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useMode } from '../shell/mode.tsx';
import { Trouble } from '../shell/trouble.tsx';
import { OWN_WORDS } from '../words/own/words.ts';

/** What is subscribed to: a place, or a case. */
export type SubscribeTo = { readonly place: string } | { readonly case: string };

/** Told of a place or a case: by message after a one-time code, or by a feed that asks for no address. A kiosk is nobody's telephone. */
export function Subscribe({ to }: { readonly to: SubscribeTo }): ReactNode {
  const { subscribe: w } = useWords(OWN_WORDS);
  const { kiosk } = useMode();
  const [asked, setAsked] = useState<string>();
  const [isIn, setIsIn] = useState(false);
  if (kiosk) return null;
  return (
    <section className="sheet screen" aria-labelledby="subscribe">
      <h2 id="subscribe">{w.title}</h2>
      <p className="lead">{'place' in to ? w.lead.place : w.lead.case}</p>
      <details>
        <summary>{w.open}</summary>
        <p className="hint">{w.hint}</p>
        {asked === undefined ? (
          <AskCode onAsked={setAsked} />
        ) : isIn ? (
          <Subscriptions />
        ) : (
          <Confirm to={to} address={asked} onOther={() => setAsked(undefined)} onDone={() => setIsIn(true)} />
        )}
      </details>
      <p>
        <a href={`/api/public/feed?${new URLSearchParams(to)}`} type="application/atom+xml">
          {w.feed}
        </a>
      </p>
    </section>
  );
}

function AskCode({ onAsked }: { readonly onAsked: (address: string) => void }): ReactNode {
  const { subscribe: w } = useWords(OWN_WORDS);
  const [address, setAddress] = useState('');
  const [wrong, setWrong] = useState(false);
  const send = useSend('askResidentCode');
  const on = (event: FormEvent): void => {
    event.preventDefault();
    const said = address.trim();
    const isWrong = !/^[^\s@]+@[^\s@]+$|^[+\d\s-]{5,20}$/.test(said);
    setWrong(isWrong);
    if (!isWrong)
      send.mutate({ body: { address: said, subscribes: true } }, { onSuccess: () => onAsked(said) });
  };
  return (
    <form onSubmit={on} noValidate>
      <label htmlFor="subscriber">{w.address}</label>
      <input
        id="subscriber"
        type="text"
        autoComplete="tel"
        maxLength={254}
        value={address}
        aria-invalid={wrong}
        aria-describedby={wrong ? 'subscriber-error' : undefined}
        onChange={(event) => setAddress(event.target.value)}
      />
      {wrong && (
        <p className="error" id="subscriber-error" role="alert">
          {w.addressWrong}
        </p>
      )}
      {send.error && <Trouble error={send.error} />}
      <button type="submit" disabled={send.isPending}>
        {w.sendCode}
      </button>
    </form>
  );
}

function Confirm(props: {
  readonly to: SubscribeTo;
  readonly address: string;
  readonly onOther: () => void;
  readonly onDone: () => void;
}): ReactNode {
  const { to, address, onOther, onDone } = props;
  const { subscribe: w } = useWords(OWN_WORDS);
  const [code, setCode] = useState('');
  const [wrong, setWrong] = useState(false);
  const open = useSend('openResidentSession');
  const add = useSend('addSubscription');
  const on = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const digits = code.replace(/\D/g, '');
    setWrong(digits.length !== 6);
    if (digits.length !== 6) return;
    try {
      if (!open.isSuccess) await open.mutateAsync({ body: { address, code: digits } });
      await add.mutateAsync({ body: { address, ...to } });
      onDone();
    } catch (error) {
      // Told below the field.
      if (!(error instanceof ProblemError)) throw error;
    }
  };
  const error = open.error ?? add.error;
  return (
    <form onSubmit={(event) => void on(event)} noValidate>
      <p role="status">{w.sent(address)}</p>
      <label htmlFor="subscribe-code">{w.code}</label>
      <input
        id="subscribe-code"
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={12}
        value={code}
        aria-invalid={wrong}
        aria-describedby={wrong ? 'subscribe-error' : undefined}
        onChange={(event) => setCode(event.target.value)}
      />
      {wrong && (
        <p className="error" id="subscribe-error" role="alert">
          {w.codeWrong}
        </p>
      )}
      {error && <Trouble error={error} />}
      <div className="go-row">
        <button type="submit" className="go" disabled={open.isPending || add.isPending}>
          {w.confirm}
        </button>
        <button type="button" onClick={onOther}>
          {w.other}
        </button>
      </div>
    </form>
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

import { useSend, useWords } from '@gezhi/ui';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Trouble } from '../shell/trouble.tsx';
import { OWN_WORDS } from '../words/own/words.ts';

type Props = {
  /** Somebody who subscribes need not be known here: the code is sent to any address. */
  readonly subscribes?: true;
  readonly go: string;
  /** What follows under the session that the code opened; what it throws is told here. */
  readonly onProved: (address: string) => Promise<void>;
};

/** That a telephone number or mail address is theirs, by a one-time code; it opens a session of an hour. */
export function ProveAddress({ subscribes, go, onProved }: Props): ReactNode {
  const [asked, setAsked] = useState<string>();
  if (asked === undefined) return <AskCode subscribes={subscribes} onAsked={setAsked} />;
  return <Confirm address={asked} go={go} onOther={() => setAsked(undefined)} onProved={onProved} />;
}

function AskCode(props: {
  readonly subscribes: true | undefined;
  readonly onAsked: (address: string) => void;
}): ReactNode {
  const { subscribes, onAsked } = props;
  const { subscribe: w } = useWords(OWN_WORDS);
  const [address, setAddress] = useState('');
  const [wrong, setWrong] = useState(false);
  const send = useSend('askResidentCode');
  const on = (event: FormEvent): void => {
    event.preventDefault();
    const said = address.trim();
    const isWrong = !/^[^\s@]+@[^\s@]+$|^[+\d\s-]{5,20}$/.test(said);
    setWrong(isWrong);
    const body = { address: said, ...(subscribes ? { subscribes } : {}) };
    if (!isWrong) send.mutate({ body }, { onSuccess: () => onAsked(said) });
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
  readonly address: string;
  readonly go: string;
  readonly onOther: () => void;
  readonly onProved: Props['onProved'];
}): ReactNode {
  const { address, go, onOther, onProved } = props;
  const { subscribe: w } = useWords(OWN_WORDS);
  const [code, setCode] = useState('');
  const [wrong, setWrong] = useState(false);
  const open = useSend('openResidentSession');
  const [error, setError] = useState<Error>();
  const [isBusy, setBusy] = useState(false);
  const on = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const digits = code.replace(/\D/g, '');
    setWrong(digits.length !== 6);
    if (digits.length !== 6) return;
    setBusy(true);
    try {
      if (!open.isSuccess) await open.mutateAsync({ body: { address, code: digits } });
      await onProved(address);
    } catch (problem) {
      setError(problem instanceof Error ? problem : new Error(String(problem)));
      setBusy(false);
    }
  };
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
        <button type="submit" className="go" disabled={isBusy}>
          {go}
        </button>
        <button type="button" onClick={onOther}>
          {w.other}
        </button>
      </div>
    </form>
  );
}

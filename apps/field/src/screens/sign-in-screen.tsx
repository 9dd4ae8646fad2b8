import { useWords } from '@gezhi/ui';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useKeeper } from '../day/keeper.tsx';
import { unsettled } from '../outbox/outbox.ts';
import { Head } from '../parts/head.tsx';
import { WORDS } from '../words/words.ts';

export function SignInScreen(): ReactNode {
  const w = useWords(WORDS);
  const { demo, entries, online, signIn } = useKeeper();
  const [failed, setFailed] = useState(false);
  const [busy, setBusy] = useState(false);
  const unsent = unsettled(entries).length;
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const post = String(new FormData(event.currentTarget).get('post') ?? '').trim();
    setBusy(true);
    setFailed(!(await signIn(post)));
    setBusy(false);
  };
  return (
    <>
      <Head title={w.title} />
      <main className="screen">
        <h2>{w.signIn.title}</h2>
        <p>{w.signIn.lead}</p>
        {unsent > 0 && <p className="strip wait">{w.signIn.unsent(unsent)}</p>}
        {!online && <p className="strip wait">{w.signIn.needNet}</p>}
        {demo && (
          <form className="sheet" onSubmit={(event) => void submit(event)}>
            <label htmlFor="post">{w.signIn.post}</label>
            <p className="hint" id="post-hint">
              {w.signIn.hint}
            </p>
            <input id="post" name="post" required autoComplete="username" aria-describedby="post-hint" />
            {failed && (
              <p className="error" role="alert">
                {w.signIn.wrong}
              </p>
            )}
            <button type="submit" className="primary" disabled={busy}>
              {w.signIn.enter}
            </button>
          </form>
        )}
        <p>
          <a href="/staff">{w.signIn.elsewhere}</a>
        </p>
      </main>
    </>
  );
}

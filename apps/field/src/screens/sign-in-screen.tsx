import { useWords } from '@gezhi/ui';
import { type FormEvent, type ReactNode, useState } from 'react';
import { type SignIn, useKeeper } from '../day/keeper.tsx';
import { unsettled } from '../outbox/outbox.ts';
import { Head } from '../parts/head.tsx';
import { WORDS } from '../words/words.ts';

/** Number and password, then the code, then the post; in a made-up town a post alone. */
export function SignInScreen(): ReactNode {
  const w = useWords(WORDS);
  const { entries, online, asked } = useKeeper();
  const unsent = unsettled(entries).length;
  return (
    <>
      <Head title={w.title} />
      <main className="screen">
        <h2>{w.signIn.title}</h2>
        <p>{w.signIn.lead}</p>
        {unsent > 0 && <p className="strip wait">{w.signIn.unsent(unsent)}</p>}
        {!online && <p className="strip wait">{w.signIn.needNet}</p>}
        {asked.next === undefined && <Account />}
        {asked.next === 'code' && <Code />}
        {asked.next === 'factor' && <a href="/staff/factor">{w.signIn.factor}</a>}
        {asked.next === 'post' && <Posts />}
        {asked.next === undefined && asked.demo && <DemoPost />}
      </main>
    </>
  );
}

function Account(): ReactNode {
  const w = useWords(WORDS);
  return (
    <Form read={(form) => ({ name: textOf(form, 'name'), password: String(form.get('password') ?? '') })}>
      <label htmlFor="name">{w.signIn.name}</label>
      <input id="name" name="name" required autoComplete="username" maxLength={60} />
      <label htmlFor="password">{w.signIn.password}</label>
      <input id="password" name="password" type="password" required autoComplete="current-password" />
    </Form>
  );
}

function Code(): ReactNode {
  const w = useWords(WORDS);
  return (
    <Form read={(form) => ({ code: textOf(form, 'code') })}>
      <label htmlFor="code">{w.signIn.code}</label>
      <input id="code" name="code" required inputMode="numeric" autoComplete="one-time-code" maxLength={20} />
    </Form>
  );
}

function Posts(): ReactNode {
  const w = useWords(WORDS);
  const { asked } = useKeeper();
  return (
    <Form read={(form) => ({ post: textOf(form, 'post') })}>
      <fieldset className="radios">
        <legend>{w.signIn.choose}</legend>
        {asked.posts.map(({ post, name }, i) => (
          <label key={post}>
            <input type="radio" name="post" value={post} defaultChecked={i === 0} />
            {name.zh}
          </label>
        ))}
      </fieldset>
    </Form>
  );
}

function DemoPost(): ReactNode {
  const w = useWords(WORDS);
  return (
    <Form read={(form) => ({ post: textOf(form, 'post') })}>
      <label htmlFor="post">{w.signIn.post}</label>
      <p className="hint" id="post-hint">
        {w.signIn.hint}
      </p>
      <input id="post" name="post" required autoComplete="off" aria-describedby="post-hint" />
    </Form>
  );
}

type FormProps = { readonly children: ReactNode; read(form: FormData): SignIn };

function Form({ children, read }: FormProps): ReactNode {
  const w = useWords(WORDS);
  const { signIn } = useKeeper();
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setProblem(await signIn(read(new FormData(event.currentTarget))));
    setBusy(false);
  };
  return (
    <form className="sheet" onSubmit={(event) => void submit(event)}>
      {children}
      {problem !== undefined && (
        <p className="error" role="alert">
          {problem || w.signIn.wrong}
        </p>
      )}
      <button type="submit" className="primary" disabled={busy}>
        {w.signIn.enter}
      </button>
    </form>
  );
}

function textOf(form: FormData, name: string): string {
  return String(form.get(name) ?? '').trim();
}

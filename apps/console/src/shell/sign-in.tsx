import './sign-in.css';
import { useCall, useLanguage, useSend, useWords } from '@gezhi/ui';
import { type ReactNode, useState } from 'react';
import { shortPost } from '../shared/short-post.ts';
import { useTown } from '../shared/use-town.ts';
import { SHELL_WORDS } from '../words/words.ts';
import { Loading } from './states.tsx';

/** Who nobody is yet: in a made-up town they choose a post; in any other they sign in on its own page. */
export function SignIn(): ReactNode {
  const w = useWords(SHELL_WORDS);
  const { language, choose } = useLanguage();
  const town = useTown();
  const me = useCall('me', {});
  return (
    <main className="sign-in">
      <header className="sign-in-head">
        <img src="/assets/seal.svg" alt="" width="44" height="44" />
        <div>
          <p className="sign-in-town">{town.data?.name[language]}</p>
          <h1>{me.data?.demo ? w.signIn.title : w.signIn.real}</h1>
        </div>
        <button type="button" className="bare" onClick={() => choose(language === 'zh' ? 'en' : 'zh')}>
          {w.other}
        </button>
      </header>
      {me.data?.demo ? <Posts /> : <Elsewhere />}
    </main>
  );
}

function Elsewhere(): ReactNode {
  const w = useWords(SHELL_WORDS);
  return (
    <>
      <p>{w.signIn.realNote}</p>
      <p>
        <a className="button go" href="/staff">
          {w.signIn.realGo}
        </a>
      </p>
    </>
  );
}

/** Posts of one kind that are shown before somebody searches. */
const SHOWN_OF_A_KIND = 6;

function Posts(): ReactNode {
  const w = useWords(SHELL_WORDS);
  const { language } = useLanguage();
  const [sought, setSought] = useState('');
  const [open, setOpen] = useState<string>();
  const list = useCall('listPosts', {});
  const enter = useSend('signIn');
  if (!list.data) return <Loading />;
  const found = list.data.posts.filter(({ name, unitName, post }) =>
    `${name[language]} ${unitName[language]} ${post}`.toLowerCase().includes(sought.trim().toLowerCase()),
  );
  const kinds = Map.groupBy(found, ({ kind }) => kind);
  return (
    <>
      <p className="soft">{w.signIn.note}</p>
      <input
        type="search"
        className="field wide"
        value={sought}
        onChange={(event) => setSought(event.target.value)}
        placeholder={w.signIn.find}
        aria-label={w.signIn.find}
      />
      {enter.error && <p role="alert">{enter.error.message}</p>}
      {found.length === 0 && <p>{w.signIn.none}</p>}
      {[...kinds].map(([kind, posts]) => (
        <section key={kind} className="sign-in-kind">
          <h2>
            {w.postKinds[kind] ?? kind} <small>{w.signIn.count(posts.length)}</small>
          </h2>
          <ul>
            {posts.slice(0, open === kind ? undefined : SHOWN_OF_A_KIND).map(({ post, name, unitName }) => (
              <li key={post}>
                <button
                  type="button"
                  disabled={enter.isPending}
                  onClick={() => enter.mutate({ body: { post } })}
                >
                  <b>{shortPost(name[language], unitName[language])}</b>
                  <small>{unitName[language]}</small>
                </button>
              </li>
            ))}
          </ul>
          {posts.length > SHOWN_OF_A_KIND && open !== kind && (
            <button type="button" className="bare" onClick={() => setOpen(kind)}>
              {w.signIn.all(posts.length)}
            </button>
          )}
        </section>
      ))}
    </>
  );
}

import { sayMoment, sayTime, useLanguage, useWords } from '@gezhi/ui';
import { type ReactNode, useEffect, useState } from 'react';
import { useKeeper } from '../day/keeper.tsx';
import { unsettled } from '../outbox/outbox.ts';
import { Sheet, textOf, Words } from '../parts/acts.tsx';
import { Head } from '../parts/head.tsx';
import { roomLeft } from '../photo/room-left.ts';
import { en } from '../words/en.ts';
import { WORDS } from '../words/words.ts';
import { zh } from '../words/zh.ts';

const HOURS_SHOWN = 4;

/** Who works here and when, what lies on the phone, and what this app never does. */
export function MeScreen(): ReactNode {
  const w = useWords(WORDS);
  const { language } = useLanguage();
  const { me, day, entries, online, signOut } = useKeeper();
  const unsent = unsettled(entries).length;
  return (
    <>
      <Head title={w.me.title} under={me?.name ?? ''} />
      <main className="screen">
        <dl className="facts">
          <dt>{w.me.area}</dt>
          <dd>
            {day?.place?.name ?? w.me.wholeUnit}
            <small>{me?.unitName}</small>
          </dd>
          {day && (
            <>
              <dt>{w.me.hours}</dt>
              <dd>
                {day.duty.always
                  ? w.me.always
                  : day.duty.hours.slice(0, HOURS_SHOWN).map(({ from, to }) => (
                      <span key={from}>
                        {sayMoment(from, language)} – {sayTime(to, language)}
                      </span>
                    ))}
              </dd>
            </>
          )}
          <dt>{w.me.room}</dt>
          <dd>
            <Room />
          </dd>
          <dt>{w.me.install}</dt>
          <dd>{w.me.installMore}</dd>
        </dl>
        <Posts />
        <h2 className="small">{w.me.never}</h2>
        <ul>
          {w.me.nevers.map((never) => (
            <li key={never}>{never}</li>
          ))}
        </ul>
        <div className="buttons">
          <button type="button" disabled={!online} onClick={() => void signOut()}>
            {w.me.signOut}
          </button>
          <a className="button" href="/queue">
            {w.me.desk}
          </a>
        </div>
        <p className="hint">{unsent > 0 ? w.me.signOutUnsent(unsent) : w.me.signOutMore}</p>
        <About />
      </main>
    </>
  );
}

/** Who sits on several posts changes over by one press; nobody signs in again for that. */
function Posts(): ReactNode {
  const w = useWords(WORDS);
  const { language } = useLanguage();
  const { me, asked, online, signIn } = useKeeper();
  const [problem, setProblem] = useState<string>();
  const others = asked.posts.filter(({ post }) => post !== me?.post);
  if (others.length === 0) return null;
  return (
    <section>
      <h2 className="small">{w.me.posts}</h2>
      <div className="buttons">
        {others.map(({ post, name }) => (
          <button
            key={post}
            type="button"
            disabled={!online}
            onClick={() => void signIn({ post }).then(setProblem)}
          >
            {name[language]}
          </button>
        ))}
      </div>
      {problem !== undefined && (
        <p className="error" role="alert">
          {problem || w.signIn.needNet}
        </p>
      )}
      <p className="hint">{w.me.postsMore}</p>
    </section>
  );
}

const SORTS = ['suggestion', 'complaint'] as const;
const ABOUT_THE_APP = { zh: zh.me.about, en: en.me.about };

/** Complaints and suggestions about the app itself (国办函〔2026〕12号): a matter like any other. */
function About(): ReactNode {
  const w = useWords(WORDS);
  const { put } = useKeeper();
  const [isDone, setDone] = useState(false);
  const send = async (form: FormData): Promise<void> => {
    const requestKind = textOf(form, 'sort') === 'complaint' ? 'complaint' : 'suggestion';
    const data = { kind: 'app.feedback', words: textOf(form, 'about'), requestKind } as const;
    if (await put([{ about: ABOUT_THE_APP, deed: { do: 'report', data, photos: [] } }])) setDone(true);
  };
  return (
    <details>
      <summary>{w.me.about}</summary>
      {isDone ? (
        <p role="status">{w.me.aboutDone}</p>
      ) : (
        <Sheet onSend={(form) => void send(form)}>
          <p className="hint">{w.me.aboutMore}</p>
          <fieldset className="radios">
            <legend>{w.me.about}</legend>
            {SORTS.map((sort) => (
              <label key={sort}>
                <input type="radio" name="sort" value={sort} defaultChecked={sort === 'suggestion'} />
                {w.me[sort]}
              </label>
            ))}
          </fieldset>
          <Words name="about" label={w.me.aboutWords} />
        </Sheet>
      )}
    </details>
  );
}

function Room(): ReactNode {
  const w = useWords(WORDS);
  const { language } = useLanguage();
  const [left, setLeft] = useState<number>();
  useEffect(() => {
    void roomLeft().then(setLeft);
  }, []);
  if (left === undefined) return w.me.roomUnknown;
  const mb = new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    style: 'unit',
    unit: 'megabyte',
    maximumFractionDigits: 0,
  });
  return w.me.roomLeft(mb.format(left / 1024 / 1024));
}

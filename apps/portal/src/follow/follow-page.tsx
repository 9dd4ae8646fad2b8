import type { RequestView } from '@gezhi/contract';
import { sayMoment, useCall, useLanguage, useWords } from '@gezhi/ui';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { codeOf } from '../kept/opened.ts';
import { Loading, Trouble } from '../shell/trouble.tsx';
import { FOLLOW_WORDS } from '../words/follow/words.ts';

/** The story of one's own request. */
export function FollowPage({ number }: { readonly number: string }): ReactNode {
  const w = useWords(FOLLOW_WORDS);
  const code = codeOf(number);
  const asked = useCall(
    'getRequest',
    { params: { number }, query: code ? { code } : {} },
    { enabled: code !== undefined },
  );
  if (code === undefined) {
    return (
      <main className="page" id="main">
        <h1>{w.title}</h1>
        <p>{w.lead}</p>
        <Link className="button go" href="/mine">
          {w.open}
        </Link>
      </main>
    );
  }
  return (
    <main className="page" id="main">
      {asked.isPending && <Loading />}
      {asked.error && <Trouble error={asked.error} onAgain={() => void asked.refetch()} />}
      {asked.data && <Story view={asked.data} />}
    </main>
  );
}

function Story({ view }: { readonly view: RequestView }): ReactNode {
  const w = useWords(FOLLOW_WORDS);
  const { language } = useLanguage();
  const { kind, place, state, unit, promise, story } = view;
  return (
    <>
      <h1>{w.heading(view.sayAs)}</h1>
      <p className="lead">
        {kind.name[language]} · {place.name}
      </p>
      <dl className="facts">
        <div>
          <dt>{w.state}</dt>
          <dd>{state.label[language]}</dd>
        </div>
        <div>
          <dt>{w.who}</dt>
          <dd>{unit ?? w.nobody}</dd>
        </div>
        <div>
          <dt>{w.until}</dt>
          <dd>
            {promise ? sayMoment(promise.dueAt, language) : w.noPromise}
            {promise?.isPast && <span className="late"> {w.past}</span>}
          </dd>
        </div>
      </dl>
      <section aria-labelledby="story">
        <h2 id="story">{w.story}</h2>
        <ol className="story">
          {story.map(({ at, say, words }) => (
            <li key={`${at} ${say.en}`}>
              <time dateTime={at}>{sayMoment(at, language)}</time>
              <p>{say[language]}</p>
              {words && <blockquote>{words}</blockquote>}
            </li>
          ))}
        </ol>
      </section>
    </>
  );
}

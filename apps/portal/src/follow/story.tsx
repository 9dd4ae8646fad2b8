import type { FollowView } from '@gezhi/contract';
import { sayMoment, useLanguage, useWords } from '@gezhi/ui';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { FOLLOW_WORDS } from '../words/follow/words.ts';

/** What became of it, in plain words. */
export function Story({ view, code }: { readonly view: FollowView; readonly code: string }): ReactNode {
  const w = useWords(FOLLOW_WORDS);
  const { language } = useLanguage();
  const { number, kind, place, state, unit, story, words, photos, routed, others, isPublic, caseId } = view;
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
        <Until view={view} />
      </dl>
      {routed.length > 0 && (
        <details>
          <summary>{w.whyThere}</summary>
          <ul>
            {routed.map((reason) => (
              <li key={reason.en}>{reason[language]}</li>
            ))}
          </ul>
        </details>
      )}
      {others !== undefined && <p className="note">{w.others(others)}</p>}
      <section aria-labelledby="story">
        <h2 id="story">{w.story}</h2>
        <ol className="story">
          {words && (
            <li>
              <time dateTime={view.saidAt}>{sayMoment(view.saidAt, language)}</time>
              <p>{w.said}</p>
              <blockquote>{words}</blockquote>
            </li>
          )}
          {story.map(({ at, say, words: said }) => (
            <li key={`${at} ${say.en}`}>
              <time dateTime={at}>{sayMoment(at, language)}</time>
              <p>{say[language]}</p>
              {said && <blockquote>{said}</blockquote>}
            </li>
          ))}
        </ol>
      </section>
      {photos.length > 0 && (
        <section aria-labelledby="photos">
          <h2 id="photos">{w.photos}</h2>
          <div className="photos">
            {photos.map(({ id, link, type }, i) => {
              const address = `${link}?code=${code}`;
              if (!type.startsWith('image/')) {
                // biome-ignore lint/a11y/useMediaCaption: it is what this very person said; nobody writes it down for them
                return <audio key={id} controls src={address} aria-label={w.sound(i + 1)} />;
              }
              return <img key={id} src={address} alt={w.photoAlt(i + 1)} loading="lazy" />;
            })}
          </div>
        </section>
      )}
      <p className="go-row screen">
        <a
          className="button"
          href={`/api/requests/${number}/receipt?code=${code}`}
          download={`${number}.json`}
        >
          {w.receipt}
        </a>
        <Link className="button" href={`/mine/${number}/data`}>
          {w.data}
        </Link>
        {isPublic && (
          <Link className="button" href={`/near/${caseId}`}>
            {w.publicPage}
          </Link>
        )}
      </p>
    </>
  );
}

/** Until when, and the sentences that lead to that moment. */
function Until({ view }: { readonly view: FollowView }): ReactNode {
  const w = useWords(FOLLOW_WORDS);
  const { language } = useLanguage();
  const { promise, why } = view;
  return (
    <div>
      <dt>{w.until}</dt>
      <dd>
        {promise ? sayMoment(promise.dueAt, language) : w.noPromise}
        {promise?.isPast && <span className="late"> {w.past}</span>}
        {promise?.provisional && <p className="hint">{w.provisional}</p>}
        {why[language].length > 0 && (
          <details>
            <summary>{w.why}</summary>
            <ol>
              {why[language].map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ol>
          </details>
        )}
      </dd>
    </div>
  );
}

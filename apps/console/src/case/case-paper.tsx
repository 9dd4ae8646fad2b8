import './case.css';
import { sayMoment, useCall, useLanguage, useWords } from '@gezhi/ui';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { Flags } from '../shared/flags.tsx';
import { Remaining } from '../shared/remaining.tsx';
import { Loading, Trouble } from '../shell/states.tsx';
import { Actions } from './actions.tsx';
import { CaseMap, Kin, Looks, Media, Receipts, Requests, Tasks } from './case-parts.tsx';
import { Clocks } from './clocks.tsx';
import { Precedents } from './precedents.tsx';
import { Release } from './release.tsx';
import type { Story } from './story-type.ts';
import { Truths } from './truths.tsx';
import { CASE_WORDS } from './words/words.ts';

type Props = { readonly caseId: string; readonly isWhole?: boolean };

/** A case as people read it: where it stands, what can be done now, what happened and why. Beside a list it is one column. */
export function CasePaper({ caseId, isWhole = false }: Props): ReactNode {
  const story = useCall('tellCase', { params: { id: caseId } });
  if (story.error)
    return (
      <Trouble title={story.error.message} detail={story.error.remedy} onRetry={() => void story.refetch()} />
    );
  if (!story.data) return <Loading />;
  const { data } = story;
  const aside = (
    <>
      <Pending story={data} />
      <Actions story={data} />
      <Clocks story={data} />
      <Truths story={data} />
    </>
  );
  const about = (
    <>
      <Tasks story={data} />
      <Requests story={data} />
      <Media story={data} />
      <CaseMap caseId={caseId} />
    </>
  );
  const beside = (
    <>
      <Kin story={data} />
      <Precedents caseId={caseId} />
      <Release story={data} />
      <Looks caseId={caseId} />
      <Receipts story={data} />
    </>
  );
  return (
    <article className={isWhole ? 'paper whole' : 'paper'} aria-labelledby="case-title">
      <Head story={data} isWhole={isWhole} />
      <div className="paper-body">
        <div className="paper-main">
          {!isWhole && aside}
          <StoryList story={data} />
          {about}
          {!isWhole && beside}
        </div>
        {isWhole && (
          <div className="paper-aside">
            {aside}
            {beside}
          </div>
        )}
      </div>
    </article>
  );
}

function Head({ story, isWhole }: { readonly story: Story; readonly isWhole: boolean }): ReactNode {
  const w = useWords(CASE_WORDS);
  const next = story.clocks
    .filter(({ stoppedAt, dueAt }) => stoppedAt === undefined && dueAt !== undefined)
    .toSorted((a, b) => (a.dueAt! < b.dueAt! ? -1 : 1))[0];
  const Title = isWhole ? 'h1' : 'h2';
  return (
    <header className="paper-head">
      <div>
        <Title id="case-title">{story.kind}</Title>
        <p className="soft">{story.place}</p>
      </div>
      <p className="tags">
        <span className="tag state">{story.state}</span>
        <Flags flags={story.flags.map(({ code }) => code)} />
        {next?.dueAt && <Remaining dueAt={next.dueAt} clock={next.name} />}
        {story.voices.length > 0 && <small>{w.people(story.voices.length)}</small>}
        {!isWhole && (
          <Link href={`~/console/cases/${story.caseId}`} className="paper-whole">
            {w.whole}
          </Link>
        )}
      </p>
    </header>
  );
}

function Pending({ story }: { readonly story: Story }): ReactNode {
  const w = useWords(CASE_WORDS);
  if (story.pending.length === 0) return null;
  return (
    <section className="card waiting" aria-labelledby="pending">
      <h2 id="pending">{w.sections.pending}</h2>
      {story.pending.map(({ name, line, words }) => (
        <div key={line}>
          <p>
            <b>{name}</b> <small>{line}</small>
          </p>
          {words && <blockquote>{words}</blockquote>}
        </div>
      ))}
    </section>
  );
}

function StoryList({ story }: { readonly story: Story }): ReactNode {
  const w = useWords(CASE_WORDS);
  const { language } = useLanguage();
  return (
    <section className="card" aria-labelledby="story">
      <h2 id="story">{w.sections.story}</h2>
      {!story.reads && <p className="hint">{w.wordsHidden}</p>}
      <ol className="story">
        {story.told.map(({ seq, at, sentence, words, because }) => (
          <li key={seq}>
            <time dateTime={at}>{sayMoment(at, language)}</time>
            <p>{sentence}</p>
            {words !== undefined && <blockquote>{words ?? w.erased}</blockquote>}
            {because.length > 0 && (
              <details>
                <summary>{w.why}</summary>
                <ul>
                  {because.map((reason) => (
                    <li key={reason}>{reason}</li>
                  ))}
                </ul>
              </details>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

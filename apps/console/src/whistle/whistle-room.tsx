import { sayMoment, useCall, useLanguage, useWords } from '@gezhi/ui';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Link, useParams } from 'wouter';
import { Actions } from '../case/actions.tsx';
import { Clocks } from '../case/clocks.tsx';
import type { Story } from '../case/story-type.ts';
import { CASE_WORDS } from '../case/words/words.ts';
import { useOrders } from '../shared/command.ts';
import { Flags } from '../shared/flags.tsx';
import { sayLength } from '../shared/remaining.tsx';
import { Loading, Trouble } from '../shell/states.tsx';
import { Rate } from './rate.tsx';
import { WHISTLE_WORDS } from './words/words.ts';

type Board = NonNullable<NonNullable<ReturnType<typeof useCall<'getWhistle'>>['data']>['board']>;

/** One whistle at work: who is here, what can be done now, the minutes; on a phone one column, the board first. */
export function WhistleRoom(): ReactNode {
  const w = useWords(WHISTLE_WORDS);
  const { id = '' } = useParams<{ id: string }>();
  const story = useCall('tellCase', { params: { id } });
  const whistle = useCall('getWhistle', { params: { id } });
  if (story.error) return <Trouble title={story.error.message} onRetry={() => void story.refetch()} />;
  if (!story.data || !whistle.data) return <Loading />;
  const { board } = whistle.data;
  const parent = story.data.kin.find(({ as }) => as === 'parent');
  return (
    <div className="page whistle">
      <p>
        <Link href="/">← {w.back}</Link>
      </p>
      <header className="paper-head">
        <h1>{story.data.kind}</h1>
        <p className="tags">
          <span className="soft">{story.data.place}</span>
          <span className="tag state">{story.data.state}</span>
          <Flags flags={story.data.flags.map(({ code }) => code)} />
          {parent && (
            <small>
              {w.matter} <Link href={`~/console/cases/${parent.caseId}`}>{parent.kind}</Link>
            </small>
          )}
        </p>
      </header>
      <div className="whistle-body">
        <div className="paper-main">
          {board && <Units units={board.units} />}
          <Minutes story={story.data} />
        </div>
        <div className="paper-aside">
          <Actions story={story.data} />
          {board && board.toRate.length > 0 && <Rate caseId={id} toRate={board.toRate} />}
          {board && board.ratings.length > 0 && <Ratings ratings={board.ratings} />}
          {board && <Force force={board.force} />}
          <Clocks story={story.data} />
        </div>
      </div>
    </div>
  );
}

const STEPS = ['signed', 'contacted', 'arrived', 'delivered'] as const;

function Units({ units }: Pick<Board, 'units'>): ReactNode {
  const w = useWords(WHISTLE_WORDS);
  const here = units.filter(({ arrived }) => arrived.at).length;
  return (
    <section className="card" aria-labelledby="board">
      <h2 id="board">
        {w.board} <small>{w.came(here, units.length)}</small>
      </h2>
      <ul className="board">
        {units.map((one) => (
          <li key={one.task} className={one.refused !== undefined ? 'refused' : one.arrived.at ? 'here' : ''}>
            <p>
              <b>{one.unit.name}</b> {one.way && <span className="tag">{one.way}</span>}
            </p>
            {one.asked && <small>{one.asked}</small>}
            {one.refused === undefined ? (
              <ol className="steps">
                {STEPS.map((step) => (
                  <Step key={step} name={w.steps[step]} reached={one[step]} />
                ))}
              </ol>
            ) : (
              <p className="late-text">{w.refused(one.refused)}</p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Step(props: {
  readonly name: string;
  readonly reached: Board['units'][number]['signed'];
}): ReactNode {
  const w = useWords(WHISTLE_WORDS);
  const c = useWords(CASE_WORDS);
  const { language } = useLanguage();
  const { at, leftMs, isLate } = props.reached;
  return (
    <li className={at ? 'done' : isLate ? 'late' : ''}>
      <small>{props.name}</small>
      {at
        ? sayMoment(at, language)
        : leftMs === undefined
          ? w.none2
          : leftMs > 0
            ? w.left(sayLength(leftMs, c))
            : w.over(sayLength(-leftMs, c))}
    </li>
  );
}

function Force({ force }: Pick<Board, 'force'>): ReactNode {
  const w = useWords(WHISTLE_WORDS);
  return (
    <section className="card">
      <h2>{w.force}</h2>
      <ul className="plain">
        <li>
          <small>{w.secretary}</small>
          {force.secretary}
        </li>
        {force.members.map(({ unit, post }) => (
          <li key={unit}>
            <small>{unit}</small>
            {post}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Ratings({ ratings }: Pick<Board, 'ratings'>): ReactNode {
  const w = useWords(WHISTLE_WORDS);
  return (
    <section className="card">
      <h2>{w.rate3}</h2>
      <ul className="plain">
        {ratings.map(({ by, of, marks }) => (
          <li key={`${by} ${of}`}>
            {w.rated(by, of)}
            <small>
              {Object.entries(marks)
                .map(([name, mark]) => w.mark(w.dimensions[name] ?? name, mark))
                .join(' · ')}
            </small>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What was decided and what happened, newest first, and a line to add to it. */
function Minutes({ story }: { readonly story: Story }): ReactNode {
  const w = useWords(WHISTLE_WORDS);
  const c = useWords(CASE_WORDS);
  const { language } = useLanguage();
  return (
    <section className="card" aria-labelledby="minutes">
      <h2 id="minutes">{w.minutes}</h2>
      <AddMinute caseId={story.caseId} />
      <ol className="story">
        {story.told.toReversed().map(({ seq, at, sentence, words }) => (
          <li key={seq}>
            <time dateTime={at}>{sayMoment(at, language)}</time>
            <p>{sentence}</p>
            {words !== undefined && <blockquote>{words ?? c.erased}</blockquote>}
          </li>
        ))}
      </ol>
    </section>
  );
}

function AddMinute({ caseId }: { readonly caseId: string }): ReactNode {
  const w = useWords(WHISTLE_WORDS);
  const forms = useCall('getCaseForms', { params: { id: caseId } });
  const orders = useOrders();
  const [words, setWords] = useState('');
  const note = forms.data?.forms.find(({ act }) => act === 'note');
  if (!note) return null;
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (!words.trim()) return;
    orders.mutate([{ caseId, action: note.action, input: { words: words.trim() } }], {
      onSuccess: ([outcome]) => {
        if (outcome && 'done' in outcome) setWords('');
      },
    });
  };
  return (
    <form className="add-minute" onSubmit={send}>
      <input
        className="field"
        value={words}
        maxLength={4000}
        aria-label={w.addMinutes}
        placeholder={w.minutesHint}
        onChange={(event) => setWords(event.target.value)}
      />
      <button type="submit" className="button" disabled={orders.isPending}>
        {w.save}
      </button>
    </form>
  );
}

import './print.css';
import { sayDay, sayMoment, useCall, useLanguage, useWords } from '@gezhi/ui';
import type { ReactNode } from 'react';
import { useParams } from 'wouter';
import type { Story } from '../case/story-type.ts';
import { useTown } from '../shared/use-town.ts';
import { Empty, Loading, Trouble } from '../shell/states.tsx';
import { MonthSheet } from './month-sheet.tsx';
import { PRINT_WORDS } from './words/words.ts';

type Sheet = (props: { readonly story: Story; readonly unit: string }) => ReactNode;

const SHEETS: Readonly<Record<string, Sheet>> = {
  slip: Slip,
  extension: Extension,
  listing: Listing,
  receipt: Receipt,
};

/** `/console/print/:what/:id`: one sheet of A4, for a case or of a place's month. */
export function PrintScreen(): ReactNode {
  const { what, id = '' } = useParams<{ what: string; id: string }>();
  return what === 'month' ? <MonthSheet place={id} /> : <CaseSheet />;
}

/** A sheet for a case. What the post may not read is not on it. */
function CaseSheet(): ReactNode {
  const w = useWords(PRINT_WORDS);
  const { language } = useLanguage();
  const { what = '', id = '' } = useParams<{ what: string; id: string }>();
  const story = useCall('tellCase', { params: { id } });
  const one = useCall('getCase', { params: { id } });
  const town = useTown();
  const Body = SHEETS[what];
  if (!Body) return <Empty title={w.unknown} />;
  if (story.error) return <Trouble title={story.error.message} />;
  if (!story.data || !one.data || !town.data) return <Loading />;
  return (
    <main className={`sheet ${what}`}>
      <p className="screen-only row">
        <button type="button" className="button go" onClick={() => print()}>
          {w.print}
        </button>
        <a className="button" href={`/console/cases/${id}`}>
          {w.back}
        </a>
      </p>
      <header>
        <p>{w.town(town.data.name[language])}</p>
        <h1>{w.titles[what]}</h1>
      </header>
      <Body story={story.data} unit={one.data.lead?.unit.name ?? ''} />
      <footer>
        <small>
          {w.printed(sayMoment(Date.now(), language))} · {id}
        </small>
      </footer>
    </main>
  );
}

function Rows({ rows }: { readonly rows: readonly (readonly [string, ReactNode])[] }): ReactNode {
  return (
    <dl className="sheet-rows">
      {rows
        .filter(([, value]) => value)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

function wordsOf(story: Story): string | undefined {
  return story.told.find(({ type, words }) => type === 'opened' && words)?.words ?? undefined;
}

/** Until when the last requester was promised an answer. */
function promisedIn({ voices }: Story): string | undefined {
  return voices.findLast(({ promised }) => promised)?.promised;
}

/** The clocks that run, each with its end. */
function useRunning({ clocks }: Story): string {
  const { language } = useLanguage();
  return clocks
    .flatMap(({ name, stoppedAt, dueAt }) =>
      stoppedAt || !dueAt ? [] : [`${name} ${sayMoment(dueAt, language)}`],
    )
    .join(' · ');
}

function useCommon(story: Story): readonly (readonly [string, ReactNode])[] {
  const w = useWords(PRINT_WORDS);
  const { language } = useLanguage();
  const opened = story.told[0]?.at;
  return [
    [w.number, <b key="number">{story.voices.map(({ sayAs }) => sayAs).join(' · ')}</b>],
    [w.kind, story.kind],
    [w.place, story.place],
    [w.opened, opened && sayMoment(opened, language)],
  ];
}

function Slip({ story, unit }: { readonly story: Story; readonly unit: string }): ReactNode {
  const w = useWords(PRINT_WORDS);
  const common = useCommon(story);
  const running = useRunning(story);
  return (
    <>
      <Rows
        rows={[
          ...common,
          [w.state, story.state],
          [w.unit, unit],
          [w.said, wordsOf(story)],
          [w.clocks, running],
          [
            w.tasks,
            story.tasks.map((task) => [task.unit.name, task.asked].filter(Boolean).join(' — ')).join('; '),
          ],
        ]}
      />
      <div className="blank">
        <p>{w.done}</p>
      </div>
      <Signature />
    </>
  );
}

function Extension({ story, unit }: { readonly story: Story; readonly unit: string }): ReactNode {
  const w = useWords(PRINT_WORDS);
  const { language } = useLanguage();
  const common = useCommon(story);
  const extended = story.told.findLast(({ type }) => type === 'extended');
  const due = promisedIn(story);
  if (!extended) return <p>{w.none}</p>;
  return (
    <>
      <p className="letter">{w.extension(unit)}</p>
      <Rows
        rows={[
          ...common,
          [w.why, extended.words ?? extended.sentence],
          [w.newTerm, due && <b key="due">{sayMoment(due, language)}</b>],
          [w.date, sayDay(extended.at, language)],
        ]}
      />
      <p className="letter">{w.object}</p>
      <p className="big-number">{story.voices[0]?.sayAs}</p>
    </>
  );
}

function Listing({ story, unit }: { readonly story: Story; readonly unit: string }): ReactNode {
  const w = useWords(PRINT_WORDS);
  const common = useCommon(story);
  const running = useRunning(story);
  return (
    <>
      <p className="letter">{w.listing(unit)}</p>
      <Rows rows={[...common, [w.said, wordsOf(story)], [w.state, story.state], [w.term, running]]} />
      <Signature />
    </>
  );
}

function Receipt({ story }: { readonly story: Story; readonly unit: string }): ReactNode {
  const w = useWords(PRINT_WORDS);
  const { language } = useLanguage();
  const due = promisedIn(story);
  const last = story.voices.at(-1);
  return (
    <>
      <p className="letter">{w.receiptLead}</p>
      <p className="big-number">{last?.sayAs}</p>
      <Rows
        rows={[
          [w.kind, story.kind],
          [w.place, story.place],
          [w.promised, due && sayMoment(due, language)],
        ]}
      />
      <p className="letter">{w.keep}</p>
      <p>{w.privacy}</p>
    </>
  );
}

function Signature(): ReactNode {
  const w = useWords(PRINT_WORDS);
  return (
    <p className="signature">
      <span>{w.sign}</span>
      <span>{w.date}</span>
    </p>
  );
}

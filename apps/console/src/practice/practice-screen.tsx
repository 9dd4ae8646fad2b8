import { useWords } from '@gezhi/ui';
import type { ReactNode } from 'react';
import { useSearchParams } from 'wouter';
import { useMe } from '../shell/me.tsx';
import { SHELL_WORDS } from '../words/words.ts';
import { LessonView } from './lesson-view.tsx';
import { LESSONS } from './lessons.ts';
import { useProgress } from './progress.ts';
import { PRACTICE_WORDS } from './words/words.ts';
import '../now/now.css';
import './practice.css';
import { useTown } from '../shared/use-town.ts';

/** Ten short lessons in the screens themselves; of a real town, where its practice town is. */
export function PracticeScreen(): ReactNode {
  const s = useWords(SHELL_WORDS);
  const w = useWords(PRACTICE_WORDS);
  const { demo } = useMe();
  return (
    <div className="now practice">
      <header className="now-head">
        <h1>{s.rooms.practice}</h1>
        <p className="soft grow">{w.lead}</p>
      </header>
      {demo ? <Lessons /> : <Elsewhere />}
    </div>
  );
}

function Lessons(): ReactNode {
  const w = useWords(PRACTICE_WORDS);
  const [search, setSearch] = useSearchParams();
  const [progress, setProgress] = useProgress();
  const at = Math.max(
    0,
    LESSONS.findIndex(({ id }) => id === search.get('lesson')),
  );
  const lesson = LESSONS[at]!;
  const next = LESSONS[at + 1];
  return (
    <>
      <p className="practice-made">
        {w.made} {w.kept}
      </p>
      <div className="practice-grid">
        <nav className="panel" aria-label={w.list}>
          <ol className="practice-list">
            {LESSONS.map(({ id }) => (
              <li key={id}>
                <button
                  type="button"
                  aria-current={id === lesson.id}
                  onClick={() => setSearch({ lesson: id })}
                >
                  <span className="grow">{w.lessons[id].title}</span>
                  {progress[id] && (
                    <small className={progress[id].isDone ? 'practice-done' : undefined}>
                      {progress[id].isDone ? w.isDone : w.isBegun}
                    </small>
                  )}
                </button>
              </li>
            ))}
          </ol>
          {Object.keys(progress).length > 0 && (
            <button type="button" className="bare" onClick={() => setProgress({})}>
              {w.forget}
            </button>
          )}
        </nav>
        <LessonView
          key={lesson.id}
          lesson={lesson}
          begun={progress[lesson.id]}
          onProgress={(begun) => setProgress({ ...progress, [lesson.id]: begun })}
          onNext={next && (() => setSearch({ lesson: next.id }))}
        />
      </div>
    </>
  );
}

const SERVE = 'gezhi serve --demo --data /srv/practice --port 8081';
const SETTING = 'GEZHI_PRACTICE_URL=https://practice.town.example';

/** In a real town whatever is done counts; one practises elsewhere. */
function Elsewhere(): ReactNode {
  const w = useWords(PRACTICE_WORDS);
  const town = useTown();
  const practice = town.data?.links.practice;
  return (
    <section className="panel practice-real">
      <h2>{w.real}</h2>
      <p>{w.realLead}</p>
      {practice && (
        <p>
          <a className="button go" href={`${practice}/console/practice`}>
            {w.realGo}
          </a>
        </p>
      )}
      <p>{w.realHow}</p>
      <ol>
        <li>
          {w.realStep1} <code>{SERVE}</code>
        </li>
        <li>
          {w.realStep2} <code>{SETTING}</code>
        </li>
      </ol>
      <p className="soft">{w.realMore}</p>
    </section>
  );
}

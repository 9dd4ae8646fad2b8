import type { FieldCase } from '@gezhi/contract';
import { sayMoment, useLanguage, useWords } from '@gezhi/ui';
import type { ReactNode } from 'react';
import { useKeeper } from '../day/keeper.tsx';
import { actionsIn, ahead } from '../outbox/ahead.ts';
import { Acts } from '../parts/acts.tsx';
import { Head } from '../parts/head.tsx';
import { PhotoPart } from '../parts/photo-part.tsx';
import { Requesters } from '../parts/requesters.tsx';
import { Due } from '../parts/task-row.tsx';
import type { Working } from '../parts/working.ts';
import { WORDS } from '../words/words.ts';

/** One matter: what it is, what can be done about it here, and what happened. */
export function CaseScreen({ id }: { readonly id: string }): ReactNode {
  const w = useWords(WORDS);
  const { language } = useLanguage();
  const { day, entries } = useKeeper();
  const c = day?.cases.find(({ caseId }) => caseId === id);
  if (!day || !c) {
    return (
      <>
        <Head title={w.tasks.title} back="/" />
        <main className="screen">
          <p className="state">{w.one.gone}</p>
        </main>
      </>
    );
  }
  const process = day.processes.find(({ scene }) => scene === c.scene);
  const now = ahead(c, process, entries);
  const working = { c, process, now, actions: actionsIn(process, now, c.may) };
  return (
    <>
      <Head title={c.kind.name[language]} under={c.place.name} back="/" />
      <main className="screen">
        <State working={working} />
        <Said c={c} />
        <Media c={c} />
        <Requesters working={working} />
        <PhotoPart working={working} />
        {c.isOurs ? <Acts working={working} /> : <p className="strip">{w.one.notOurs}</p>}
        <Story c={c} />
      </main>
    </>
  );
}

function State({ working: { c, now } }: { readonly working: Working }): ReactNode {
  const w = useWords(WORDS);
  const { language } = useLanguage();
  return (
    <section className="standing">
      <p>
        <span className="tag big">{now.label[language]}</span> {now.state === c.state && <Due c={c} />}
      </p>
      {now.inConflict && <p className="strip late">{w.tasks.conflict}</p>}
      {now.pending > 0 && <p className="hint">{w.one.asNow}</p>}
    </section>
  );
}

function Said({ c }: { readonly c: FieldCase }): ReactNode {
  const w = useWords(WORDS);
  if (c.said.length === 0) return null;
  return (
    <section>
      <h2 className="small">{w.one.said}</h2>
      {c.said.map((said) => (
        <blockquote key={said}>{said}</blockquote>
      ))}
    </section>
  );
}

/** What residents photographed and said aloud. It lies with the service, and on no phone. */
function Media({ c }: { readonly c: FieldCase }): ReactNode {
  const w = useWords(WORDS);
  const { online } = useKeeper();
  if (c.media.length === 0) return null;
  return (
    <section>
      <h2 className="small">{w.one.media}</h2>
      {!online && <p className="hint">{w.one.mediaNet}</p>}
      {online && (
        <div className="pictures">
          {c.media.map(({ id, type }, i) =>
            type.startsWith('audio/') ? (
              // biome-ignore lint/a11y/useMediaCaption: a person listens to what somebody said; there is no text of it
              <audio
                key={id}
                controls
                preload="none"
                src={`/api/media/${id}`}
                aria-label={w.one.sound(i + 1)}
              />
            ) : (
              <a key={id} href={`/api/media/${id}`} target="_blank" rel="noreferrer">
                <img className="picture" src={`/api/media/${id}`} alt={w.one.picture(i + 1)} loading="lazy" />
              </a>
            ),
          )}
        </div>
      )}
    </section>
  );
}

function Story({ c }: { readonly c: FieldCase }): ReactNode {
  const w = useWords(WORDS);
  const { language } = useLanguage();
  return (
    <details className="story">
      <summary>{w.one.story}</summary>
      <ol>
        {c.story.map(({ seq, at, say, by, words }) => (
          <li key={seq}>
            <time dateTime={at}>{sayMoment(at, language)}</time>
            <span>
              {say[language]}
              {by && <small> · {by}</small>}
            </span>
            {words && <q>{words}</q>}
          </li>
        ))}
      </ol>
    </details>
  );
}

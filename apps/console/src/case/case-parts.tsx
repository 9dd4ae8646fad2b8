import { SketchMap, sayMoment, useCall, useLanguage, useWords } from '@gezhi/ui';
import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import { useTown } from '../shared/use-town.ts';
import { Contact } from './contact.tsx';
import type { Story } from './story-type.ts';
import { CASE_WORDS } from './words/words.ts';

type Props = { readonly story: Story };

export function Tasks({ story }: Props): ReactNode {
  const w = useWords(CASE_WORDS);
  const { language } = useLanguage();
  if (story.tasks.length === 0) return null;
  return (
    <section className="card" aria-labelledby="tasks">
      <h2 id="tasks">{w.sections.tasks}</h2>
      <ul className="plain">
        {story.tasks.map(({ task, unit, steps, doneAt, asked }) => (
          <li key={task}>
            <b>{unit.name}</b>
            <small>
              {[
                ...steps.map(({ name, at }) => `${name} ${sayMoment(at, language)}`),
                doneAt ? w.taskDone(sayMoment(doneAt, language)) : w.taskOpen,
              ].join(' · ')}
            </small>
            {asked && <blockquote>{asked}</blockquote>}
          </li>
        ))}
      </ul>
    </section>
  );
}

export function Requests({ story }: Props): ReactNode {
  const w = useWords(CASE_WORDS);
  if (story.voices.length === 0) return null;
  return (
    <section className="card" aria-labelledby="requests">
      <h2 id="requests">
        {w.sections.requests} <small>{story.voices.length}</small>
      </h2>
      <ul className="plain">
        {story.voices.map(({ number, sayAs, sort, channel, callback }) => (
          <li key={number}>
            <b className="number">{sayAs}</b> {sort} · {channel}
            <small>{callback}</small>
          </li>
        ))}
      </ul>
      <Contact story={story} />
    </section>
  );
}

/** Photos and sounds that came with it; only whoever may read what was said is given any. */
export function Media({ story }: Props): ReactNode {
  const w = useWords(CASE_WORDS);
  const { language } = useLanguage();
  if (story.media.length === 0) return null;
  return (
    <section className="card" aria-labelledby="photos">
      <h2 id="photos">{w.sections.photos}</h2>
      <ul className="photos">
        {story.media.map(({ id, type, at }) => (
          <li key={id}>
            {type.startsWith('audio/') ? (
              // biome-ignore lint/a11y/useMediaCaption: a voice message that a person listens to; there is no text of it
              <audio
                controls
                preload="none"
                src={`/api/media/${id}`}
                aria-label={w.sound(sayMoment(at, language))}
              />
            ) : (
              <a href={`/api/media/${id}`} target="_blank" rel="noreferrer">
                <img
                  src={`/api/media/${id}`}
                  alt={w.photo(`${story.kind} ${story.place}`, sayMoment(at, language))}
                  loading="lazy"
                />
              </a>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Where it is, on the town's own sketch: the street or township around it. */
export function CaseMap({ caseId }: { readonly caseId: string }): ReactNode {
  const w = useWords(CASE_WORDS);
  const one = useCall('getCase', { params: { id: caseId } }, { staleTime: 60_000 });
  const town = useTown();
  const layer = town.data?.layers[0]?.code ?? '';
  const within = one.data?.place.layers[layer]?.at(-2) ?? one.data?.place.layers[layer]?.at(-1);
  const sketch = useCall(
    'sketchPlaces',
    { query: { layer, ...(within ? { within } : {}) } },
    { enabled: layer !== '' && one.data !== undefined, staleTime: 600_000 },
  );
  const [lon, lat] = one.data?.place.point ?? [];
  if (!one.data) return null;
  const hasPoint = lon !== undefined && lat !== undefined;
  return (
    <section className="card" aria-labelledby="map">
      <h2 id="map">{w.sections.map}</h2>
      {!hasPoint && <p className="soft">{w.noPlace}</p>}
      {one.data.place.pointFrom && <p className="soft">{w.pointFrom[one.data.place.pointFrom]}</p>}
      {hasPoint && sketch.data && (
        <div className="case-map">
          <SketchMap
            sketch={sketch.data}
            label={one.data.place.name}
            marks={[{ id: caseId, lon, lat, tone: 'late', title: one.data.place.name }]}
          />
        </div>
      )}
    </section>
  );
}

export function Kin({ story }: Props): ReactNode {
  const w = useWords(CASE_WORDS);
  if (story.kin.length === 0) return null;
  return (
    <section className="card" aria-labelledby="kin">
      <h2 id="kin">{w.sections.kin}</h2>
      <ul className="plain">
        {story.kin.map(({ caseId, as, kind, state }) => (
          <li key={caseId}>
            {w.kin[as]} <Link href={`~/console/cases/${caseId}`}>{kind}</Link> <small>{state}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Who looked at whoever asked: by post and purpose; asked when it is opened. */
export function Looks({ caseId }: { readonly caseId: string }): ReactNode {
  const w = useWords(CASE_WORDS);
  const { language } = useLanguage();
  const [isOpen, setOpen] = useState(false);
  const { data } = useCall('listLooks', { params: { id: caseId } }, { enabled: isOpen });
  return (
    <section className="card">
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <h2>{w.sections.looks}</h2>
        </summary>
        {data?.looks.length === 0 && <p className="soft">{w.looks.none}</p>}
        <ul className="plain">
          {data?.looks.map(({ at, post, unit, purpose, number }) => (
            <li key={`${at} ${post} ${number}`}>
              {sayMoment(at, language)} · {unit} · {post} <small>{purpose}</small>
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}

export function Receipts({ story }: Props): ReactNode {
  const w = useWords(CASE_WORDS);
  const first = story.voices[0]?.number;
  const has = (type: string): boolean => story.told.some((told) => told.type === type);
  const link = (what: string, name: string): ReactNode => (
    <a
      key={what}
      className="button"
      href={`/console/print/${what}/${story.caseId}`}
      target="_blank"
      rel="noreferrer"
    >
      {name}
    </a>
  );
  return (
    <section className="card" aria-labelledby="receipt">
      <h2 id="receipt">{w.sections.receipt}</h2>
      <p className="row">
        {link('slip', w.print.slip)}
        {has('extended') && link('extension', w.print.extension)}
        {story.kin.some(({ as }) => as === 'child') && link('listing', w.print.listing)}
        {first && link('receipt', w.print.receipt)}
        {first && (
          <a className="button" href={`/api/requests/${first}/receipt`} target="_blank" rel="noreferrer">
            {w.print.download}
          </a>
        )}
      </p>
    </section>
  );
}

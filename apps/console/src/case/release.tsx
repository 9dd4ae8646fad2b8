import { type Answer, useCall, useLanguage, useSend, useWords } from '@gezhi/ui';
import { type ReactNode, useState } from 'react';
import type { Story } from './story-type.ts';
import { CASE_WORDS } from './words/words.ts';

type Draft = Answer<'draftRelease'>;

/** What neighbours read of the case, for whoever decides it; asked when it is opened. */
export function Release({ story }: { readonly story: Story }): ReactNode {
  const w = useWords(CASE_WORDS);
  const [isOpen, setOpen] = useState(false);
  const forms = useCall('getCaseForms', { params: { id: story.caseId } });
  const draft = useCall('draftRelease', { params: { id: story.caseId } }, { enabled: isOpen });
  if (!forms.data?.mayRelease) return null;
  return (
    <section className="card">
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <h2>{w.sections.release}</h2>
        </summary>
        {draft.error && <p className="bad-news">{draft.error.message}</p>}
        {draft.data && !draft.data.public && <p className="soft">{w.release.never}</p>}
        {draft.data?.public && <Form caseId={story.caseId} draft={draft.data} seen={draft.data.public} />}
      </details>
    </section>
  );
}

type FormProps = {
  readonly caseId: string;
  readonly draft: Draft;
  readonly seen: NonNullable<Draft['public']>;
};

function Form({ caseId, draft, seen }: FormProps): ReactNode {
  const w = useWords(CASE_WORDS).release;
  const send = useSend('releasePublic');
  const [text, setText] = useState(draft.text);
  const [photos, setPhotos] = useState(draft.photos.filter(({ released }) => released).map(({ id }) => id));
  const toggle = (id: string): void =>
    setPhotos(photos.includes(id) ? photos.filter((one) => one !== id) : [...photos, id]);
  const release = (shown: boolean): void => {
    const words = shown && text.trim() ? { text: text.trim() } : {};
    send.mutate({ params: { id: caseId }, body: { shown, ...words, photos: shown ? photos : [] } });
  };
  return (
    <form
      className="schema-form release"
      onSubmit={(event) => {
        event.preventDefault();
        release(true);
      }}
    >
      <p className="hint">{draft.shown ? (seen.text ? w.isWhole : w.isBare) : w.isOff}</p>
      <label className="schema-field">
        <span>
          {w.text}{' '}
          {draft.hidden.length > 0 && (
            <small>{w.hidden(draft.hidden.map(({ what, times }) => w.sorts(what, times)))}</small>
          )}
        </span>
        <textarea
          className="field wide"
          rows={4}
          maxLength={4000}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      {draft.photos.length > 0 && (
        <fieldset className="schema-group">
          <legend>{w.photos}</legend>
          <div className="photos">
            {draft.photos.map(({ id }, i) => (
              <label key={id}>
                <span>
                  <input type="checkbox" checked={photos.includes(id)} onChange={() => toggle(id)} />{' '}
                  {w.photo(i + 1)}
                </span>
                <img src={`/api/media/${id}`} alt="" loading="lazy" />
              </label>
            ))}
          </div>
        </fieldset>
      )}
      <Preview seen={seen} text={text.trim()} photos={photos} />
      {send.error && (
        <p className="bad-news" role="alert">
          {send.error.message}
        </p>
      )}
      {send.isSuccess && (
        <p className="good-news" role="status">
          {send.data.shown ? w.released : w.takenOff}
        </p>
      )}
      <p className="row">
        <button type="submit" className="button go" disabled={send.isPending}>
          {w.go}
        </button>
        {draft.shown && (
          <button type="button" className="button" disabled={send.isPending} onClick={() => release(false)}>
            {w.off}
          </button>
        )}
      </p>
    </form>
  );
}

/** The case as the residents' page shows it, with the words and photos as they would be released. */
function Preview(props: {
  readonly seen: FormProps['seen'];
  readonly text: string;
  readonly photos: readonly string[];
}): ReactNode {
  const w = useWords(CASE_WORDS).release;
  const { language } = useLanguage();
  const { kind, where, state, voices } = props.seen;
  return (
    <figure className="neighbour">
      <figcaption>{w.preview}</figcaption>
      <p>
        <b>{kind.name[language]}</b> {where}
      </p>
      <p className="soft">{[state[language], voices && w.voices(voices)].filter(Boolean).join(' · ')}</p>
      {props.text && <blockquote>{props.text}</blockquote>}
      {props.photos.length > 0 && (
        <p className="photos">
          {props.photos.map((id, i) => (
            <img key={id} src={`/api/media/${id}`} alt={w.photo(i + 1)} />
          ))}
        </p>
      )}
    </figure>
  );
}

import { useWords } from '@gezhi/ui';
import { newId } from '@gezhi/ui/device';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { WORDS } from '../words/words.ts';
import { isBlank, PHOTOS_MAX, type Photo, WORDS_MAX } from './draft.ts';
import { drawnAnew } from './drawn-anew.ts';
import { HoldToTalk } from './hold-to-talk.tsx';
import type { StepProps } from './step.ts';

/** What happened: a photo, or a few words, in whichever order. */
export function StepWhat(
  props: StepProps & { readonly wasKept: boolean; readonly onClear: () => void },
): ReactNode {
  const { draft, change, onNext, wasKept, onClear } = props;
  const w = useWords(WORDS);
  const [missing, setMissing] = useState(false);
  const isEmpty = isBlank({ ...draft, placeText: '' });
  const on = (event: React.FormEvent): void => {
    event.preventDefault();
    setMissing(isEmpty);
    if (!isEmpty) onNext();
  };
  return (
    <form className="sheet" onSubmit={on} noValidate>
      <p className="lead">{w.report.lead}</p>
      {wasKept && (
        <p className="note">
          {w.report.draft}{' '}
          <button type="button" className="link" onClick={onClear}>
            {w.report.draftDrop}
          </button>
        </p>
      )}
      <label htmlFor="words">{w.report.words}</label>
      <textarea
        id="words"
        rows={4}
        maxLength={WORDS_MAX}
        value={draft.words}
        placeholder={w.report.wordsHint}
        aria-describedby={missing && isEmpty ? 'words-error' : undefined}
        aria-invalid={missing && isEmpty}
        onChange={(event) => change({ words: event.target.value })}
      />
      {missing && isEmpty && (
        <p className="error" id="words-error" role="alert">
          {w.report.needSome}
        </p>
      )}
      <Photos photos={draft.photos} onChange={(photos) => change({ photos })} />
      <HoldToTalk sound={draft.sound} onChange={(sound) => change({ sound })} />
      <div className="go-row">
        <button type="submit" className="go">
          {w.next}
        </button>
      </div>
    </form>
  );
}

function Photos(props: {
  readonly photos: readonly Photo[];
  readonly onChange: (photos: readonly Photo[]) => void;
}): ReactNode {
  const { photos, onChange } = props;
  const w = useWords(WORDS);
  const add = async (files: FileList | null): Promise<void> => {
    const drawn = await Promise.all([...(files ?? [])].slice(0, PHOTOS_MAX - photos.length).map(drawnAnew));
    onChange([...photos, ...drawn.map((blob) => ({ id: newId(), blob }))]);
  };
  return (
    <div className="photos">
      {photos.map((photo, i) => (
        <figure key={photo.id}>
          <Thumb photo={photo.blob} name={w.report.photoAlt(i + 1)} />
          <button
            type="button"
            aria-label={w.report.photoDrop(i + 1)}
            onClick={() => onChange(photos.filter(({ id }) => id !== photo.id))}
          >
            ✕
          </button>
        </figure>
      ))}
      {photos.length < PHOTOS_MAX && (
        <label className="pick">
          <input
            type="file"
            accept="image/*"
            multiple
            onChange={(event) => {
              void add(event.target.files);
              event.target.value = '';
            }}
          />
          <span aria-hidden="true">＋</span> {w.report.photo}
        </label>
      )}
    </div>
  );
}

function Thumb({ photo, name }: { readonly photo: Blob; readonly name: string }): ReactNode {
  const picture = useRef<HTMLImageElement>(null);
  useEffect(() => {
    const address = URL.createObjectURL(photo);
    if (picture.current) picture.current.src = address;
    return () => URL.revokeObjectURL(address);
  }, [photo]);
  return <img ref={picture} alt={name} />;
}

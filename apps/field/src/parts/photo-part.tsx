import { useWords } from '@gezhi/ui';
import type { ReactNode } from 'react';
import { useKeeper } from '../day/keeper.tsx';
import type { Entry } from '../outbox/entry.ts';
import { WORDS } from '../words/words.ts';
import { Picture } from './picture.tsx';
import { TakePhoto } from './take-photo.tsx';
import { aboutCase } from './use-do.ts';
import type { Working } from './working.ts';

/** Pictures of the thing, where its kind asks for one and nowhere else. */
export function PhotoPart({ working: { c, actions } }: { readonly working: Working }): ReactNode {
  const w = useWords(WORDS);
  const { entries, put } = useKeeper();
  const may = c.photo && c.isOurs && actions.some(({ act }) => act === 'photograph');
  if (!may) return null;
  const kept = entries.flatMap(({ id, deed, state }: Entry) =>
    deed.do === 'photo' && deed.caseId === c.caseId && state !== 'dropped' ? [{ id, photo: deed.photo }] : [],
  );
  return (
    <section>
      <TakePhoto
        label={w.one.photo}
        onPhoto={(photo) => put([{ about: aboutCase(c), deed: { do: 'photo', caseId: c.caseId, photo } }])}
      />
      {kept.length > 0 && (
        <div className="pictures">
          {kept.map(({ id, photo }) => (
            <Picture key={id} photo={photo} label={w.one.photoKept} />
          ))}
        </div>
      )}
    </section>
  );
}

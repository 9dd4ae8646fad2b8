import type { FollowView } from '@gezhi/contract';
import { useSend, useWords } from '@gezhi/ui';
import { newId } from '@gezhi/ui/device';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { drawnAnew } from '../report/drawn-anew.ts';
import { sendPhotos } from '../report/send-photos.ts';
import { Trouble } from '../shell/trouble.tsx';
import { FOLLOW_WORDS } from '../words/follow/words.ts';
import type { Key } from './key.ts';

/** When something was said to have been done: it can be said that it was not, and thanked for. */
const ANSWERED: ReadonlySet<string> = new Set([
  'done',
  'check',
  'answered',
  'referred',
  'declined',
  'closed',
]);

/** A word, a photo, “not solved”, thanks: all said to whoever has it, under the same number. */
export function AddToIt({ of, view }: { readonly of: Key; readonly view: FollowView }): ReactNode {
  const w = useWords(FOLLOW_WORDS);
  const queries = useQueryClient();
  const [words, setWords] = useState('');
  const [id, setId] = useState(newId);
  const [told, setTold] = useState('');
  const send = useSend('followUp');
  const say = (said: string, then: string): void => {
    const args = { params: { number: of.number }, query: { code: of.code }, body: { id, words: said } };
    send.mutate(args, {
      onSuccess: () => {
        setTold(then);
        setWords('');
        setId(newId());
      },
    });
  };
  const on = (event: FormEvent): void => {
    event.preventDefault();
    if (words.trim()) say(words.trim(), w.added);
  };
  const addPhotos = async (files: FileList | null): Promise<void> => {
    const drawn = await Promise.all([...(files ?? [])].slice(0, 4).map(drawnAnew));
    const kept = drawn.length === 0 ? 0 : await sendPhotos({ ...of, id: newId() }, drawn);
    setTold(kept > 0 ? w.added : w.photoRefused);
    await queries.invalidateQueries();
  };
  return (
    <section className="sheet screen" aria-labelledby="add">
      <h2 id="add">{w.add}</h2>
      <div role="status">{told && <p className="good">{told}</p>}</div>
      <form onSubmit={on}>
        <label className="hidden" htmlFor="more">
          {w.add}
        </label>
        <textarea
          id="more"
          rows={3}
          maxLength={2000}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
        <div className="go-row">
          <button type="submit" className="go" disabled={send.isPending || words.trim() === ''}>
            {w.addSend}
          </button>
          <label className="pick">
            <input
              type="file"
              accept="image/*"
              multiple
              onChange={(event) => {
                void addPhotos(event.target.files);
              }}
            />
            {w.addPhoto}
          </label>
        </div>
      </form>
      {send.error && <Trouble error={send.error} />}
      {ANSWERED.has(view.state.phase) && (
        <div className="go-row">
          {!view.asked && (
            <button type="button" disabled={send.isPending} onClick={() => say(w.notSolvedWords, w.added)}>
              {w.notSolved}
            </button>
          )}
          <button type="button" disabled={send.isPending} onClick={() => say(w.thankWords, w.thanked)}>
            {w.thank}
          </button>
        </div>
      )}
    </section>
  );
}

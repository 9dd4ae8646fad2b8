import { useWords } from '@gezhi/ui';
import { type ReactNode, useEffect, useRef } from 'react';
import { useLocation } from 'wouter';
import { ROOMS } from '../rooms.tsx';
import { SHELL_WORDS } from '../words/words.ts';
import { ROOM_KEYS } from './room-keys.ts';

/** Every key there is: those of all rooms, then those of this one. */
export function KeyHelp({ onClose }: { readonly onClose: () => void }): ReactNode {
  const w = useWords(SHELL_WORDS);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className="sheet-dialog" aria-labelledby="keys-title" onClose={onClose}>
      <h2 id="keys-title">{w.help.title}</h2>
      <dl className="keys">
        <Row keys={['?']} says={w.help.help} />
        <Row keys={['[']} says={w.help.fold} />
        <Row keys={['Esc']} says={w.help.escape} />
        {ROOMS.map(({ path, key, words }) => (
          <Row key={path} keys={['g', key]} says={w.rooms[words]} />
        ))}
        <Here />
      </dl>
      <form method="dialog">
        <button className="button" type="submit">
          {w.close}
        </button>
      </form>
    </dialog>
  );
}

function Here(): ReactNode {
  const w = useWords(SHELL_WORDS);
  const [where] = useLocation();
  const room = where.split('/')[1] ?? '';
  const said = useWords(ROOM_KEYS)[room];
  if (!said) return null;
  return (
    <>
      <dt className="keys-head">{w.help.here}</dt>
      <dd />
      {said.map(([keys, says]) => (
        <Row key={says} keys={keys.split(' ')} says={says} />
      ))}
    </>
  );
}

function Row({ keys, says }: { readonly keys: readonly string[]; readonly says: string }): ReactNode {
  return (
    <>
      <dt>
        {keys.map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
      </dt>
      <dd>{says}</dd>
    </>
  );
}

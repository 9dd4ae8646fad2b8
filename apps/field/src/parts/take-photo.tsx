import { useWords } from '@gezhi/ui';
import { shrinkPhoto } from '@gezhi/ui/device';
import { type ChangeEvent, type ReactNode, useEffect, useId, useState } from 'react';
import { hasRoom, roomLeft } from '../photo/room-left.ts';
import { WORDS } from '../words/words.ts';
import { Icon } from './icon.tsx';

/** The camera, for a picture of the thing. Says before it is taken where there is no room for it; `onPhoto` answers whether it was kept. */
export function TakePhoto({
  label,
  onPhoto,
}: {
  readonly label: string;
  onPhoto(photo: Blob): Promise<boolean>;
}): ReactNode {
  const w = useWords(WORDS);
  const id = useId();
  const [room, setRoom] = useState(true);
  const [bad, setBad] = useState(false);
  useEffect(() => {
    void roomLeft().then((left) => setRoom(hasRoom(left)));
  }, []);
  const take = async (event: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const [file] = event.currentTarget.files ?? [];
    event.currentTarget.value = '';
    const photo = file && (await shrinkPhoto(file));
    setBad(!photo);
    if (photo && !(await onPhoto(photo))) setRoom(false);
  };
  return (
    <div className="photo">
      <input
        id={id}
        className="unseen"
        type="file"
        accept="image/*"
        capture="environment"
        disabled={!room}
        onChange={(event) => void take(event)}
      />
      <label htmlFor={id} className={room ? 'button' : 'button off'}>
        <Icon name="camera" />
        {label}
      </label>
      <p className="hint">{w.one.photoMore}</p>
      {!room && (
        <p className="strip late" role="alert">
          {w.one.photoRoom}
        </p>
      )}
      {bad && (
        <p className="error" role="alert">
          {w.one.photoBad}
        </p>
      )}
    </div>
  );
}

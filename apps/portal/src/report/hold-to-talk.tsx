import { useWords } from '@gezhi/ui';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { WORDS } from '../words/words.ts';
import type { Sound } from './draft.ts';
import { playSound } from './play-sound.ts';

const SECONDS_MAX = 120;
/** A press shorter than this is a tap: it then records until the next one. */
const TAP_MS = 350;
const TYPES = ['audio/webm;codecs=opus', 'audio/mp4', 'audio/ogg'] as const;

/** Hold to talk, or press once and press again. The sound is kept as it is; a person listens, and no machine reads it. */
export function HoldToTalk(props: {
  readonly sound: Sound | undefined;
  readonly onChange: (sound: Sound | undefined) => void;
}): ReactNode {
  const { sound, onChange } = props;
  const { sound: w } = useWords(WORDS);
  const { seconds, refused, start, stop } = useRecorder(onChange);
  const pressedAt = useRef(0);
  if (typeof MediaRecorder === 'undefined' || !navigator.mediaDevices) return null;
  if (sound) {
    return (
      <div className="note talk">
        <p>{w.kept(sound.seconds)}</p>
        <div className="go-row">
          <button type="button" onClick={() => void playSound(sound.blob)}>
            {w.play}
          </button>
          <button type="button" onClick={() => onChange(undefined)}>
            {w.drop}
          </button>
        </div>
      </div>
    );
  }
  const isOn = seconds !== undefined;
  return (
    <>
      <button
        type="button"
        className={isOn ? 'wide recording' : 'wide'}
        aria-pressed={isOn}
        onPointerDown={() => {
          pressedAt.current = Date.now();
          if (!isOn) void start();
        }}
        onPointerUp={() => {
          if (isOn && Date.now() - pressedAt.current > TAP_MS) stop();
        }}
        onClick={(event) => {
          // A key, or a tap while it records; the tap that began it goes on.
          const byKey = event.detail === 0;
          if (byKey && !isOn) void start();
          else if (isOn && (byKey || seconds >= 1)) stop();
        }}
      >
        {isOn ? w.recording(seconds) : w.hold}
      </button>
      {refused && (
        <p className="error" role="alert">
          {w.refused}
        </p>
      )}
    </>
  );
}

type Recorder = {
  /** How long it has been recording; `undefined` while it does not. */
  readonly seconds: number | undefined;
  readonly refused: boolean;
  readonly start: () => Promise<void>;
  readonly stop: () => void;
};

function useRecorder(onDone: (sound: Sound) => void): Recorder {
  const [seconds, setSeconds] = useState<number>();
  const [refused, setRefused] = useState(false);
  const recorder = useRef<MediaRecorder>(undefined);
  const stop = (): void => recorder.current?.stop();
  const start = async (): Promise<void> => {
    setRefused(false);
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true }).catch(() => undefined);
    if (!stream) return setRefused(true);
    const type = TYPES.find((one) => MediaRecorder.isTypeSupported(one));
    const own = new MediaRecorder(stream, type ? { mimeType: type, audioBitsPerSecond: 24_000 } : {});
    const parts: Blob[] = [];
    const began = Date.now();
    const clock = setInterval(() => {
      const passed = Math.floor((Date.now() - began) / 1000);
      setSeconds(passed);
      if (passed >= SECONDS_MAX) own.stop();
    }, 250);
    own.ondataavailable = ({ data }) => parts.push(data);
    own.onstop = () => {
      clearInterval(clock);
      for (const track of stream.getTracks()) track.stop();
      recorder.current = undefined;
      setSeconds(undefined);
      const length = Math.max(1, Math.round((Date.now() - began) / 1000));
      onDone({
        blob: new Blob(parts, { type: own.mimeType.split(';')[0] ?? 'audio/webm' }),
        seconds: length,
      });
    };
    recorder.current = own;
    setSeconds(0);
    own.start();
  };
  useEffect(() => () => recorder.current?.stop(), []);
  return { seconds, refused, start, stop };
}

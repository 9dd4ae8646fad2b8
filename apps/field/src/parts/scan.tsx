import type { FieldDay } from '@gezhi/contract';
import { useWords } from '@gezhi/ui';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { codeIn } from '../near/code-in.ts';
import { WORDS } from '../words/words.ts';

type Detector = { detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]> };
type DetectorClass = new (options: { readonly formats: readonly string[] }) => Detector;

const LOOK_EVERY_MS = 300;

type Props = { readonly assets: FieldDay['assets']; onUse(code: string): void };

/** A thing by its code: scanned where the browser can, else typed. */
export function Scan({ assets, onUse }: Props): ReactNode {
  const w = useWords(WORDS);
  const [code, setCode] = useState('');
  const [isOn, setOn] = useState(false);
  const canScan = 'BarcodeDetector' in globalThis && 'mediaDevices' in navigator;
  const known = assets.find((asset) => asset.code === code);
  const find = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    setCode(codeIn(String(new FormData(event.currentTarget).get('code') ?? '')));
  };
  return (
    <div className="sheet">
      <h3>{w.scan.title}</h3>
      {canScan ? (
        <button type="button" onClick={() => setOn(!isOn)}>
          {isOn ? w.scan.stop : w.scan.start}
        </button>
      ) : (
        <p className="hint">{w.scan.noCamera}</p>
      )}
      {isOn && (
        <Camera
          label={w.scan.title}
          onCode={(found) => {
            setCode(codeIn(found));
            setOn(false);
          }}
          onFail={() => setOn(false)}
        />
      )}
      <form className="beside" onSubmit={find}>
        <label htmlFor="asset-code">{w.scan.code}</label>
        <input id="asset-code" name="code" autoComplete="off" autoCapitalize="characters" />
        <button type="submit">{w.scan.find}</button>
      </form>
      {code && (
        <div role="status">
          <p>{known ? `${w.scan.known}: ${known.name}` : w.scan.unknown}</p>
          <button type="button" className="primary" onClick={() => onUse(code)}>
            {w.scan.use}
          </button>
        </div>
      )}
    </div>
  );
}

type CameraProps = { readonly label: string; onCode(code: string): void; onFail(): void };

/** The camera as long as it is open; no picture of it is kept. */
function Camera({ label, onCode, onFail }: CameraProps): ReactNode {
  const video = useRef<HTMLVideoElement>(null);
  const told = useRef({ onCode, onFail });
  told.current = { onCode, onFail };
  useEffect(() => {
    const { BarcodeDetector } = globalThis as unknown as { BarcodeDetector: DetectorClass };
    const detector = new BarcodeDetector({ formats: ['qr_code', 'code_128', 'data_matrix'] });
    let stream: MediaStream | undefined;
    let looking: ReturnType<typeof setInterval> | undefined;
    let isGone = false;
    const look = async (): Promise<void> => {
      const [found] = video.current ? await detector.detect(video.current).catch(() => []) : [];
      if (found && !isGone) told.current.onCode(found.rawValue);
    };
    navigator.mediaDevices
      .getUserMedia({ video: { facingMode: 'environment' } })
      .then(async (opened) => {
        stream = opened;
        if (isGone || !video.current) return stop(opened);
        video.current.srcObject = opened;
        await video.current.play();
        looking = setInterval(() => void look(), LOOK_EVERY_MS);
      })
      .catch(() => told.current.onFail());
    return () => {
      isGone = true;
      clearInterval(looking);
      if (stream) stop(stream);
    };
  }, []);
  return <video ref={video} className="camera" aria-label={label} muted playsInline />;
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

import { useClient, useWords } from '@gezhi/ui';
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { sendWaiting, waitingReports } from '../report/outbox.ts';
import { rememberReceipt } from '../report/remember.ts';
import { WORDS } from '../words/words.ts';
import { useMode } from './mode.tsx';

/** A browser does not always know that its network leads nowhere, or does again: what waits is tried so often. */
const TRY_MS = 10_000;

/** Says that the network is away and what waits for it, and sends that when it is back. */
export function OutboxNote(): ReactNode {
  const w = useWords(WORDS);
  const api = useClient();
  const { kiosk } = useMode();
  const [online, setOnline] = useState(navigator.onLine);
  const [waiting, setWaiting] = useState(0);
  const [news, setNews] = useState<readonly string[]>([]);
  const flush = useCallback(async () => {
    setOnline(navigator.onLine);
    if (navigator.onLine && (await waitingReports()) > 0) {
      const { sent, refused } = await sendWaiting(api);
      for (const receipt of sent) rememberReceipt(receipt, '', kiosk);
      setNews([
        ...sent.flatMap(({ sayAs }) => (sayAs ? [w.sentNow(sayAs)] : [])),
        ...refused.map((why) => w.notSent(why)),
      ]);
    }
    setWaiting(await waitingReports());
  }, [api, kiosk, w]);
  useEffect(() => {
    const run = (): void => void flush();
    const clock = setInterval(run, TRY_MS);
    for (const event of ['online', 'offline', 'gezhi-outbox']) addEventListener(event, run);
    run();
    return () => {
      clearInterval(clock);
      for (const event of ['online', 'offline', 'gezhi-outbox']) removeEventListener(event, run);
    };
  }, [flush]);
  return (
    <div className="notes" aria-live="polite">
      {!online && <p className="wait">{w.offline}</p>}
      {waiting > 0 && <p className="wait">{w.waiting(waiting)}</p>}
      {news.map((line) => (
        <p key={line} className="good">
          {line}
        </p>
      ))}
    </div>
  );
}

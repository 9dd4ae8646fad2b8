import { useWords } from '@gezhi/ui';
import { type ReactNode, useEffect, useState } from 'react';
import { WORDS } from '../words/words.ts';

/** Keeps the app on the device, and offers a newer one. It is never put in by itself: somebody may be in the middle of something. */
export function NewVersion(): ReactNode {
  const w = useWords(WORDS);
  const [waiting, setWaiting] = useState<ServiceWorker>();
  useEffect(() => {
    if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return undefined;
    let isGone = false;
    const offer = (worker: ServiceWorker | null): void => {
      if (worker && navigator.serviceWorker.controller && !isGone) setWaiting(worker);
    };
    void navigator.serviceWorker.register('/field/sw.js', { scope: '/field/' }).then((registration) => {
      offer(registration.waiting);
      registration.addEventListener('updatefound', () => {
        const { installing } = registration;
        installing?.addEventListener('statechange', () => {
          if (installing.state === 'installed') offer(installing);
        });
      });
    });
    return () => {
      isGone = true;
    };
  }, []);
  if (!waiting) return null;
  const use = (): void => {
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload());
    waiting.postMessage('use');
  };
  return (
    <p className="strip version" role="status">
      <span>{w.newVersion}</span>
      <button type="button" onClick={use}>
        {w.useNew}
      </button>
    </p>
  );
}

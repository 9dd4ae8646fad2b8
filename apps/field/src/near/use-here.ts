import { useCallback, useState } from 'react';
import type { Point } from './near.ts';

/**
 * Where this device is, looked up once each time somebody presses, and held in this page's memory alone. The only place in the app that
 * asks for a position.
 */
export function useHere(): {
  readonly here: Point | undefined;
  readonly failed: boolean;
  readonly busy: boolean;
  look(): void;
} {
  const [here, setHere] = useState<Point>();
  const [failed, setFailed] = useState(false);
  const [busy, setBusy] = useState(false);
  const look = useCallback(() => {
    if (!('geolocation' in navigator)) return setFailed(true);
    setBusy(true);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setHere({ lon: coords.longitude, lat: coords.latitude });
        setFailed(false);
        setBusy(false);
      },
      () => {
        setFailed(true);
        setBusy(false);
      },
      { enableHighAccuracy: true, timeout: 15_000, maximumAge: 30_000 },
    );
  }, []);
  return { here, failed, busy, look };
}

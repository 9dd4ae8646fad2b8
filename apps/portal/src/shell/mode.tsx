import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';

/** How the app behaves here: a kiosk forgets everything, the elder version is large and reads aloud. */
export type Mode = {
  readonly kiosk: boolean;
  readonly elder: boolean;
  readonly setElder: (elder: boolean) => void;
};

const MODE = createContext<Mode>({ kiosk: false, elder: false, setElder: () => undefined });
const KEY = 'gezhi.elder';

/** `?kiosk=1` makes a kiosk of this window until it is closed; `?elder=1` starts the elder version. */
export function ModeProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [kiosk] = useState(firstKiosk);
  const [elder, setElder] = useState(firstElder);
  useEffect(() => {
    document.documentElement.classList.toggle('elder', elder);
    document.documentElement.classList.toggle('kiosk', kiosk);
    if (!kiosk) localStorage.setItem(KEY, elder ? '1' : '0');
  }, [elder, kiosk]);
  const mode = useMemo(() => ({ kiosk, elder, setElder }), [kiosk, elder]);
  return <MODE.Provider value={mode}>{children}</MODE.Provider>;
}

export function useMode(): Mode {
  return useContext(MODE);
}

function firstKiosk(): boolean {
  const asked = new URLSearchParams(location.search).get('kiosk');
  if (asked !== null) sessionStorage.setItem('gezhi.kiosk', asked);
  return sessionStorage.getItem('gezhi.kiosk') === '1';
}

function firstElder(): boolean {
  const asked = new URLSearchParams(location.search).get('elder');
  return (asked ?? localStorage.getItem(KEY)) === '1';
}

import { useLive, useWords } from '@gezhi/ui';
import { lazy, type ReactNode, Suspense, useCallback, useEffect, useState } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { firstRoom, ROOMS } from '../rooms.tsx';
import { SHELL_WORDS } from '../words/words.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { KeyHelp } from './key-help.tsx';
import { useMe } from './me.tsx';
import { useShellKeys } from './shell-keys.ts';
import { SideNav } from './side-nav.tsx';
import { Loading, Trouble } from './states.tsx';
import { TopBar } from './top-bar.tsx';

const CaseScreen = lazy(async () => ({ default: (await import('../case/case-screen.tsx')).CaseScreen }));
const PrintScreen = lazy(async () => ({ default: (await import('../print/print-screen.tsx')).PrintScreen }));

const FOLDED = 'gezhi.console.folded';
/** When somebody has begun, the other rooms are fetched, so that entering one is quick. */
const FETCH_AHEAD_MS = 3_000;

/** The frame of all rooms: who I am, where I may go, whether what I see is live. What is printed has no frame. */
export function Shell(): ReactNode {
  return (
    <Switch>
      <Route path="/print/:what/:id">
        <Guarded>
          <PrintScreen />
        </Guarded>
      </Route>
      <Route>
        <Framed />
      </Route>
    </Switch>
  );
}

function Framed(): ReactNode {
  const w = useWords(SHELL_WORDS);
  const isLive = useLive();
  const [isFolded, setFolded] = useState(() => localStorage.getItem(FOLDED) === 'yes');
  const [isHelp, setHelp] = useState(false);
  const fold = useCallback(() => {
    setFolded((was) => {
      localStorage.setItem(FOLDED, was ? 'no' : 'yes');
      return !was;
    });
  }, []);
  useEffect(() => {
    const timer = setTimeout(() => {
      for (const { load } of ROOMS) void load();
      void import('../case/case-screen.tsx');
    }, FETCH_AHEAD_MS);
    return () => clearTimeout(timer);
  }, []);
  useShellKeys({ onHelp: () => setHelp((was) => !was), onFold: fold });
  return (
    <div className={isFolded ? 'frame folded' : 'frame'}>
      <a className="skip" href="#content">
        {w.skip}
      </a>
      <TopBar isLive={isLive} onHelp={() => setHelp(true)} />
      <SideNav isFolded={isFolded} onFold={fold} />
      <main id="content" className="content" tabIndex={-1}>
        <Screens />
      </main>
      {isHelp && <KeyHelp onClose={() => setHelp(false)} />}
    </div>
  );
}

function Screens(): ReactNode {
  const w = useWords(SHELL_WORDS);
  const me = useMe();
  const [where] = useLocation();
  const section = where.split('/')[1] ?? '';
  return (
    <Guarded key={section}>
      <Switch>
        <Route path="/">
          <Redirect to={firstRoom(me.roles).path} replace />
        </Route>
        <Route path="/cases/:id">
          <CaseScreen />
        </Route>
        {ROOMS.map(({ path, Screen }) => (
          <Route key={path} path={path} nest>
            <Screen />
          </Route>
        ))}
        <Route>
          <div className="state">
            <h1>{w.missing}</h1>
            <p>{w.missingHelp}</p>
            <p>
              <a className="button" href="/console/">
                {w.home}
              </a>
            </p>
          </div>
        </Route>
      </Switch>
    </Guarded>
  );
}

/** A screen that fails says so, in its own place. */
function Guarded({ children }: { readonly children: ReactNode }): ReactNode {
  const w = useWords(SHELL_WORDS);
  return (
    <ErrorBoundary
      fallback={(error, again) => (
        <Trouble title={w.wrong} detail={`${w.wrongHelp} ${error.message}`} onRetry={again} />
      )}
    >
      <Suspense fallback={<Loading />}>{children}</Suspense>
    </ErrorBoundary>
  );
}

import { useWords } from '@gezhi/ui';
import type { ReactNode } from 'react';
import { Route, Router, Switch } from 'wouter';
import { useKeeper } from './day/keeper.tsx';
import { Nav } from './parts/nav.tsx';
import { NewVersion } from './parts/new-version.tsx';
import { useBadge } from './parts/use-badge.ts';
import { CaseScreen } from './screens/case-screen.tsx';
import { MeScreen } from './screens/me-screen.tsx';
import { OutboxScreen } from './screens/outbox-screen.tsx';
import { ReportScreen } from './screens/report-screen.tsx';
import { RoundScreen } from './screens/round-screen.tsx';
import { RoundsScreen } from './screens/rounds-screen.tsx';
import { SignInScreen } from './screens/sign-in-screen.tsx';
import { TasksScreen } from './screens/tasks-screen.tsx';
import { WORDS } from './words/words.ts';

export function App(): ReactNode {
  const w = useWords(WORDS);
  const { phase } = useKeeper();
  useBadge();
  if (phase === 'opening')
    return (
      <p className="state" role="status">
        {w.loading}
      </p>
    );
  if (phase === 'broken')
    return (
      <main className="screen">
        <p className="state">{w.broken}</p>
      </main>
    );
  return (
    <Router base="/field">
      <NewVersion />
      {phase === 'signedOut' ? <SignInScreen /> : <Screens />}
    </Router>
  );
}

function Screens(): ReactNode {
  return (
    <>
      <Switch>
        <Route path="/case/:id">{({ id }) => <CaseScreen key={id} id={id} />}</Route>
        <Route path="/report" component={ReportScreen} />
        <Route path="/rounds" component={RoundsScreen} />
        <Route path="/rounds/:id">{({ id }) => <RoundScreen id={decodeURIComponent(id)} />}</Route>
        <Route path="/outbox" component={OutboxScreen} />
        <Route path="/me" component={MeScreen} />
        <Route component={TasksScreen} />
      </Switch>
      <Nav />
    </>
  );
}

import { useWords } from '@gezhi/ui';
import { lazy, type ReactNode, Suspense } from 'react';
import { Route, Router, Switch } from 'wouter';
import { ReportPage } from './report/report-page.tsx';
import { ModeProvider } from './shell/mode.tsx';
import { Shell } from './shell/shell.tsx';
import { Loading } from './shell/trouble.tsx';
import { WORDS } from './words/words.ts';

const MinePage = lazy(async () => ({ default: (await import('./follow/mine-page.tsx')).MinePage }));
const FollowPage = lazy(async () => ({ default: (await import('./follow/follow-page.tsx')).FollowPage }));
const OwnDataPage = lazy(async () => ({ default: (await import('./own/own-data-page.tsx')).OwnDataPage }));

const NearPage = lazy(async () => ({ default: (await import('./near/near-page.tsx')).NearPage }));
const CasePage = lazy(async () => ({ default: (await import('./near/case-page.tsx')).CasePage }));
const WhoPage = lazy(async () => ({ default: (await import('./near/who-page.tsx')).WhoPage }));
const GuidePage = lazy(async () => ({ default: (await import('./guide/guide-page.tsx')).GuidePage }));
const AboutPage = lazy(async () => ({ default: (await import('./guide/about-page.tsx')).AboutPage }));

/** The residents' app. The report is here at once; every other page comes when it is opened. */
export function App(): ReactNode {
  return (
    <ModeProvider>
      <Router base="/portal">
        <Shell>
          <Suspense fallback={<Loading />}>
            <Switch>
              <Route path="/" component={ReportPage} />
              <Route path="/mine" component={MinePage} />
              <Route path="/mine/:number/data">{({ number }) => <OwnDataPage number={number} />}</Route>
              <Route path="/mine/:number">{({ number }) => <FollowPage number={number} />}</Route>
              <Route path="/near" component={NearPage} />
              <Route path="/near/:id">{({ id }) => <CasePage id={id} />}</Route>
              <Route path="/who" component={WhoPage} />
              <Route path="/guide" component={GuidePage} />
              <Route path="/about" component={AboutPage} />
              <Route component={Nowhere} />
            </Switch>
          </Suspense>
        </Shell>
      </Router>
    </ModeProvider>
  );
}

function Nowhere(): ReactNode {
  const w = useWords(WORDS);
  return (
    <main className="page" id="main">
      <h1>{w.failed}</h1>
    </main>
  );
}

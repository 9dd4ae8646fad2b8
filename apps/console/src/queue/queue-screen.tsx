import './queue.css';
import { useCall, useWords } from '@gezhi/ui';
import { type ReactNode, useState } from 'react';
import { Redirect, Route, Switch, useLocation, useParams, useSearch } from 'wouter';
import { CasePaper } from '../case/case-paper.tsx';
import { Loading, Trouble } from '../shell/states.tsx';
import { Bulk } from './bulk.tsx';
import { CaseList } from './case-list.tsx';
import { Filters } from './filters.tsx';
import { NextCall } from './next-call.tsx';
import type { Queues } from './queues-type.ts';
import { useQueueKeys } from './use-queue-keys.ts';
import { useRows } from './use-rows.ts';
import { searchOf, type View, viewOf } from './view.ts';
import { Views } from './views.tsx';
import { QUEUE_WORDS } from './words/words.ts';

/** What waits for this post: saved views, their cases, and the one that is looked at, side by side. */
export function QueueScreen(): ReactNode {
  const search = useSearch();
  const queues = useCall('listQueues', {}, { staleTime: 5_000 });
  if (queues.error) return <Trouble title={queues.error.message} onRetry={() => void queues.refetch()} />;
  if (!queues.data) return <Loading />;
  const list = queues.data.queues;
  const first = list.find(({ waiting }) => waiting > 0) ?? list[0];
  return (
    <Switch>
      <Route path="/:queue/:case?">
        <Room queues={list} />
      </Route>
      <Route>{first && <Redirect to={search ? `/open?${search}` : `/${first.queue}`} replace />}</Route>
    </Switch>
  );
}

function Room({ queues }: { readonly queues: Queues }): ReactNode {
  const w = useWords(QUEUE_WORDS);
  const { queue = '', case: shown } = useParams<{ queue: string; case?: string }>();
  const view = viewOf(queue, useSearch());
  const [, go] = useLocation();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const found = useRows(view);
  const open = (caseId: string | undefined, of: View = view): void => {
    go(`/${of.queue}${caseId ? `/${caseId}` : ''}${searchOf(of)}`);
  };
  const show = (of: View): void => {
    setChosen(new Set());
    open(undefined, of);
  };
  const toggle = (caseId: string): void => {
    const next = new Set(chosen);
    if (!next.delete(caseId)) next.add(caseId);
    setChosen(next);
  };
  useQueueKeys({ rows: found.rows, shown, onShow: open, onToggle: toggle });
  return (
    <div className="queue">
      <Views queues={queues} view={view} onShow={show} />
      <section className="queue-list" aria-label={w.list}>
        <Filters view={view} onShow={show} />
        {queue === 'callback' && <NextCall />}
        <Bulk chosen={[...chosen]} rows={found.rows} onChoose={(ids) => setChosen(new Set(ids))} />
        <CaseList found={found} view={view} shown={shown} chosen={chosen} onShow={open} onToggle={toggle} />
      </section>
      <section className="queue-case" aria-live="off">
        {shown ? <CasePaper key={shown} caseId={shown} /> : <Pick />}
      </section>
    </div>
  );
}

function Pick(): ReactNode {
  const w = useWords(QUEUE_WORDS);
  return (
    <div className="state">
      <p>{w.pick}</p>
      <p>
        <small>{w.keysHint}</small>
      </p>
    </div>
  );
}

import '../case/case.css';
import './whistle.css';
import type { ReactNode } from 'react';
import { Route, Switch } from 'wouter';
import { WhistleDraft } from './whistle-draft.tsx';
import { WhistleList } from './whistle-list.tsx';
import { WhistleRoom } from './whistle-room.tsx';

/** The room of whistles: all of them, one being drafted, one at work. */
export function WhistleScreen(): ReactNode {
  return (
    <Switch>
      <Route path="/new/:id">
        <WhistleDraft />
      </Route>
      <Route path="/:id">
        <WhistleRoom />
      </Route>
      <Route>
        <WhistleList />
      </Route>
    </Switch>
  );
}

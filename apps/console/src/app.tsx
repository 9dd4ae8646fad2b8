import type { ReactNode } from 'react';
import { Router } from 'wouter';
import { House } from './shell/house.tsx';
import { MeGate } from './shell/me.tsx';
import { Shell } from './shell/shell.tsx';
import { SignIn } from './shell/sign-in.tsx';

/** The console: whoever is signed in works in its rooms; whoever is not is asked who they are. */
export function App(): ReactNode {
  return (
    <House>
      <Router base="/console">
        <MeGate otherwise={<SignIn />}>
          <Shell />
        </MeGate>
      </Router>
    </House>
  );
}

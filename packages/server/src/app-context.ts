import type { SingleSignOn } from '@gezhi/accounts';
import { Fault, type Instant } from '@gezhi/basis';
import type { LedgerFolders } from '@gezhi/storage';
import { type Installation, type Town, townOf } from '@gezhi/town';
import type { Listener } from './defence/listeners.ts';
import type { Rates } from './defence/rate-limits.ts';
import type { FactHub } from './fact-hub.ts';
import type { IntakeBatcher } from './intake-batcher.ts';
import type { Maps } from './maps/maps.ts';
import type { SendCode } from './session/resident-session.ts';
import type { GateKeeper } from './session/who.ts';
import type { Spool } from './spool-port.ts';
import type { WebApp } from './web.ts';

export type AppOptions = {
  readonly installation: Installation;
  /** What time it is; the machine's clock where left out. */
  readonly now?: () => Instant;
  /** Takes signals in while the database is away; without it such signals are answered by 503. */
  readonly spool?: Spool;
  /** Where the ledgers lie; without it no receipts are given. */
  readonly ledger?: LedgerFolders;
  /** How the service is reached from outside, for addresses in Open311's discovery. */
  readonly baseUrl?: string;
  /** Told of every fault that became a 500, with what was being done. */
  readonly onFault?: (error: unknown, what: string) => void;
  /** Where the built web apps lie, by name; those left out are not served. */
  readonly webApps?: Partial<Readonly<Record<WebApp, string>>>;
  /** Serve the routes of these alone, and probes; everything where left out. */
  readonly only?: readonly Listener[];
  /** How much of each channel is taken, where it is not the usual. */
  readonly rates?: Partial<Rates>;
  /** Where staff may sign in too. */
  readonly singleSignOn?: SingleSignOn;
  /** Sends one-time codes to residents; without it none are sent. */
  readonly sendCode?: SendCode;
  /** Whether bearer tokens of a post open a real town too, as tests have it (left out); a made-up one they open always. */
  readonly postTokens?: boolean;
  /** Behind a proxy of our own: believe its X-Forwarded headers. */
  readonly trustProxy?: boolean;
  /** Where staff may practise: a made-up town served apart. */
  readonly practiceUrl?: string;
  /** Tiles under the sketch, place names from outside; neither where left out. */
  readonly maps?: Maps;
};

/** What every route may use. */
export type AppContext = {
  readonly installation: Installation;
  readonly now: () => Instant;
  readonly intake: IntakeBatcher;
  /** Where accounts sign in. */
  readonly gate: GateKeeper;
  readonly postTokens: boolean;
  readonly sendCode?: SendCode;
  readonly practiceUrl?: string;
  readonly maps?: Maps;
  readonly hub: FactHub;
  readonly ledger?: LedgerFolders;
  readonly baseUrl: string;
  readonly onFault: (error: unknown, what: string) => void;
  /** Counts what this process wrote, so that short-lived copies of lists know when they are old. */
  readonly writes: { count: number };
};

/** The town that a call is about: the named district, or the only one. @throws Fault `no-such-district`, `no-town` */
export function townFor(app: Pick<AppContext, 'installation'>, district: string | undefined): Town {
  if (app.installation.towns.size === 0) throw new Fault('no-town', 'No town is imported yet.');
  return townOf(app.installation, district);
}

import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Fault, type Instant } from '@gezhi/basis';
import type { AppOptions, Listener } from '@gezhi/server';
import { ledgerFolders } from '@gezhi/storage';
import { type Installation, openInstallation, prepareGates } from '@gezhi/town';
import type { startWorkers, WorkersOptions } from '@gezhi/workers';
import { startLive } from './demo-live.ts';
import { type Door, openDoor } from './door.ts';
import type { Log } from './log.ts';
import { DEMO } from './make-demo.ts';
import { makeDemoApart } from './make-demo-apart.ts';
import { NO_GATEWAY, openGateway } from './open-gateway.ts';
import { openMaps } from './open-maps.ts';
import type { Settings } from './settings.ts';
import { watchRegistry } from './watch-registry.ts';
import { builtWebApps } from './web-apps.ts';

export type ServiceOptions = Pick<Settings, 'database' | 'host' | 'notices' | 'port' | 'spoolDir'> & {
  /** How the service is reached from outside; its own address where left out. */
  readonly publicUrl?: string;
  /** Where staff practise, told by `GET /api/town`. */
  readonly practiceUrl?: string;
  /** Behind a proxy of our own: believe its X-Forwarded headers. */
  readonly trustProxy?: boolean;
  /** Make the made-up town where there is no district yet, with a history of so many days. */
  readonly demo?: {
    readonly seed?: number;
    readonly days?: number;
    readonly perDay?: number;
    /** Whether it lives on after its history: reports keep coming, and its staff works on them. */
    readonly live?: boolean;
  };
  readonly upstream?: Settings['upstream'];
  readonly sso?: Settings['sso'];
  /** Whether bearer tokens of a post open a real town too. */
  readonly postTokens?: boolean;
  readonly rates?: Settings['rates'];
  readonly mapsFile?: Settings['mapsFile'];
  /** The routes of these listeners alone; all where left out. */
  readonly only?: readonly Listener[];
  /** Stands on the public network: what it takes waits in a folder that was prepared inside and is carried there (`gezhi spool`). */
  readonly isOutside?: boolean;
  readonly log: Log;
  readonly now?: () => Instant;
};

export type Service = {
  readonly url: string;
  /** When the town can be reached; rejects where it could not be opened, and the service has then stopped. */
  readonly ready: Promise<void>;
  /**
   * Takes no new connections, lets answers and workers finish their step, closes the database. Calling it twice is harmless.
   */
  stop(): Promise<void>;
};

/** Far above what a page or a follower asks of the database; whoever finds a question that takes longer holds no connection for good. */
const STATEMENT_MS = 60_000;

/** How long answers in work may take to finish once the service stops; a proxy's own patience is longer. */
const GRACE_MS = 5_000;

/**
 * Starts server and workers in one process. The port answers at once, with a page that asks for patience until the town is open; the
 * answer of this function comes as soon as it does.
 *
 * @throws Fault `port-taken`, `port-closed`, `host-unknown`
 */
export async function startService(options: ServiceOptions): Promise<Service> {
  const door = await openDoor(options.host, options.port);
  const service = new RunningService(door, options);
  const ready = service.begin();
  return { url: door.url, ready, stop: () => service.stop() };
}

type StartWorkers = { readonly startWorkers: typeof startWorkers };

/** What was opened, in order; closing goes the other way. */
class RunningService {
  readonly #door: Door;
  readonly #options: ServiceOptions;
  readonly #opened: { readonly name: string; readonly close: () => Promise<unknown> }[] = [];
  #stopping: Promise<void> | undefined;
  #beginning: Promise<void> | undefined;

  constructor(door: Door, options: ServiceOptions) {
    this.#door = door;
    this.#options = options;
  }

  async begin(): Promise<void> {
    this.#beginning = this.#begin();
    try {
      await this.#beginning;
    } catch (error) {
      await this.stop();
      if (!(error instanceof Stopped)) throw error;
    }
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #begin(): Promise<void> {
    const { database, log, now = Date.now } = this.#options;
    const maps = await this.#maps(now);
    // Loaded while the database starts, and not at all by commands that only need the settings of the service.
    const rooms = Promise.all([import('@gezhi/server'), import('@gezhi/workers')]);
    const installation = await openInstallation({
      ...database,
      now,
      as: 'owner',
      log: log.info,
      statementMs: STATEMENT_MS,
    });
    this.#closeLater('database', () => installation.close());
    await this.#makeDemo(installation, now);
    this.#goOn();
    const [server, { openSpool, startWorkers }] = await rooms;
    const { spoolDir, isOutside = false, only, rates } = this.#options;
    const kept = isOutside ? { isOutside } : { sealer: installation.sealer };
    const spool = await openSpool(spoolDir, { log: log.warn, ...kept });
    this.#closeLater('spool', () => spool.close());
    const ledger = ledgerFolders(
      join(dirname(this.#options.spoolDir), 'ledger'),
      this.#outside().baseUrl,
      database.suite,
    );
    const app = await server.buildApp({
      installation,
      spool,
      // Outside there is no ledger to promise anything by; the signed receipt is fetched once the request came in.
      ...(isOutside ? {} : { ledger }),
      ...(only ? { only } : {}),
      ...(rates ? { rates } : {}),
      now,
      webApps: builtWebApps(),
      ...this.#outside(),
      ...maps,
      ...(await this.#accounts(installation, now)),
    });
    this.#closeLater('server', () => app.close());
    await app.ready();
    this.#goOn();
    if (!isOutside) await this.#startWorkers(installation, { ledger, spool, now, startWorkers });
    if (this.#options.demo?.live) {
      const live = startLive(installation, { ...DEMO, ...this.#options.demo, now, log: log.warn });
      this.#closeLater('made-up town', () => live.stop());
    }
    const watch = await watchRegistry(installation, log.info);
    this.#closeLater('registry watch', () => watch.stop());
    this.#goOn();
    this.#door.open((request, response) => app.routing(request, response));
    log.info(sayTowns(installation));
    if (isOutside) return;
    this.#prepareGates(installation);
    const { printSetUpLinks } = await import('./accounts-at-start.ts');
    await printSetUpLinks(installation, { baseUrl: this.#outside().baseUrl, now, log });
  }

  /** Tiles and place names of the operator's choice. */
  async #maps(now: () => Instant): Promise<Pick<AppOptions, 'maps'>> {
    const { mapsFile, spoolDir, log } = this.#options;
    const dataDir = dirname(spoolDir);
    const opened = await openMaps(mapsFile, { dataDir, pages: this.#outside().baseUrl, now, log: log.warn });
    if (!opened) return {};
    this.#closeLater('maps', opened.close);
    return { maps: opened.maps };
  }

  /** How people sign in: by codes that are sent, at a provider, by tokens where these are let in. */
  async #accounts(installation: Installation, now: () => Instant): Promise<Partial<AppOptions>> {
    const { log, notices, sso, postTokens = false } = this.#options;
    const { codeSender, singleSignOnOf } = await import('./accounts-at-start.ts');
    const singleSignOn = await singleSignOnOf(sso, installation);
    const sendCode = codeSender(installation, await openGateway(notices), { log, now });
    return { sendCode, postTokens, ...(singleSignOn ? { singleSignOn } : {}) };
  }

  /** What runs by itself beside the server. */
  async #startWorkers(
    installation: Installation,
    { startWorkers, ...given }: Pick<WorkersOptions, 'ledger' | 'spool' | 'now'> & StartWorkers,
  ): Promise<void> {
    const { log } = this.#options;
    const gateway = await openGateway(this.#options.notices);
    if (!gateway) log.info(NO_GATEWAY);
    const workers = startWorkers(installation, {
      ...given,
      log: log.warn,
      ...(gateway ? { gateway: { ...gateway, pages: this.#outside().baseUrl } } : {}),
      ...(await this.#upstream()),
    });
    this.#closeLater('workers', () => workers.stop());
  }

  /** Asks Cedar about every row of the power lists, so that nobody waits for it at their first question. */
  #prepareGates({ towns }: Installation): void {
    const prepared = (async () => {
      for (const town of towns.values()) await prepareGates(town, () => this.#stopping !== undefined);
    })().catch((error: Error) => this.#options.log.warn(`The power lists: ${error.stack ?? error.message}`));
    this.#closeLater('power lists', () => prepared);
  }

  /** The system above, with its gateway opened. */
  async #upstream(): Promise<Pick<WorkersOptions, 'upstream'> | undefined> {
    const { upstream } = this.#options;
    if (!upstream) return undefined;
    const { system, folder } = upstream;
    const gateway = await openGateway(upstream.gateway);
    return { upstream: { system, ...(folder ? { folder } : {}), ...(gateway ? { gateway } : {}) } };
  }

  async #makeDemo(installation: Installation, now: () => Instant): Promise<void> {
    const { demo, log } = this.#options;
    if (!demo) return;
    if (installation.towns.size > 0) {
      if (existsSync(this.#unfinished())) log.warn(CUT_SHORT);
      return;
    }
    this.#door.tell({ step: 'demo', share: 0 });
    log.info('A made-up town is coming alive…');
    await mkdir(dirname(this.#unfinished()), { recursive: true });
    await writeFile(this.#unfinished(), '');
    const { live: _live, ...made } = demo;
    const order = { ...DEMO, ...made, now: now(), database: this.#options.database };
    const { cases, facts, seconds } = await makeDemoApart(order, {
      progress: (share) => this.#door.tell({ step: 'demo', share }),
      isStopping: () => this.#stopping !== undefined,
    });
    await installation.reload();
    await rm(this.#unfinished());
    log.info(`Made ${cases} cases with ${facts} facts in ${seconds.toFixed(1)} s.`);
  }

  /** A file that stands in the data folder while the made-up town is being made. */
  #unfinished(): string {
    return join(dirname(this.#options.spoolDir), 'demo-unfinished');
  }

  /** What the server is told of the world around it. */
  #outside(): Pick<AppOptions, 'practiceUrl' | 'trustProxy'> & {
    baseUrl: string;
    onFault: (error: unknown, what: string) => void;
  } {
    const { publicUrl, practiceUrl, trustProxy, log } = this.#options;
    return {
      ...(practiceUrl ? { practiceUrl } : {}),
      baseUrl: publicUrl ?? this.#door.url,
      trustProxy: trustProxy ?? false,
      onFault: (error, what) => log.error(`${what}: ${error instanceof Error ? error.stack : error}`),
    };
  }

  /** Leaves the beginning where somebody has asked to stop meanwhile. */
  #goOn(): void {
    if (this.#stopping) throw new Stopped();
  }

  #closeLater(name: string, close: () => Promise<unknown>): void {
    this.#opened.push({ name, close });
  }

  async #stop(): Promise<void> {
    const { log } = this.#options;
    this.#door.tell({ step: 'closing' });
    const doorClosed = this.#door.close(GRACE_MS);
    // What is being opened is let finish its step, so that nothing is left open behind us.
    await this.#beginning?.catch(() => undefined);
    for (let last = this.#opened.pop(); last; last = this.#opened.pop()) {
      log.debug(`Closing: ${last.name}.`);
      if (last.name === 'database') await doorClosed;
      await last.close();
    }
    await doorClosed;
    log.info('Stopped.');
  }
}

const CUT_SHORT =
  'The made-up town was stopped while it was being made: its history ends early. To have it whole, stop, remove the data folder, start again.';

class Stopped extends Fault {
  constructor() {
    super('stopped', 'The service was asked to stop.');
  }
}

function sayTowns(installation: Installation): string {
  const names = [...installation.towns.values()].map(
    ({ district, profile }) => `${profile.name.en} (${district})`,
  );
  if (names.length > 0) return `Open: ${names.join(', ')}.`;
  return 'There is no town yet: gezhi town import DIR, or gezhi import FILE --profile P.';
}

import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { checkLedger } from '../kit/check-ledger.ts';
import { type Ledger, newLedger, unacknowledged } from '../kit/ledger.ts';
import { type Seeded, seeded } from '../kit/seeded.ts';
import { resendUnacknowledged, type Target } from '../kit/send.ts';
import { startLoad } from '../kit/senders.ts';
import { type ServiceProcess, startServiceProcess, untilEmptied } from '../kit/service-process.ts';
import { makeSmallTown, type Tokens, withInstallation } from '../kit/small-town.ts';
import { killBackend, killPostmaster, VICTIMS, type Victim } from './strike.ts';

/** What one round did and found. No problem: everything that was acknowledged is there, once. */
export type Round = {
  readonly victim: Victim;
  /** Acknowledged in this and all rounds before. */
  readonly signals: number;
  readonly commands: number;
  /** Of the signals, those whose first answer came from the journal. */
  readonly spooled: number;
  /** Sent in this round without an answer, and sent again after it. */
  readonly resent: number;
  readonly seconds: number;
  readonly problems: readonly string[];
};

/** An installation that is crashed round after round, with what its senders remember. */
export type Life = {
  /** Load, a kill at a random moment, a new start where one is needed, and the check. */
  round(n: number): Promise<Round>;
  end(): Promise<void>;
};

/** Makes a small town in a folder of its own, and starts its service. */
export async function beginLife(seed: number): Promise<Life> {
  const dataDir = await mkdtemp(join(tmpdir(), 'gezhi-crash-'));
  try {
    const tokens = await makeSmallTown({ dataDir });
    return new CrashedLife(dataDir, tokens, seed, await startServiceProcess({ dataDir }));
  } catch (error) {
    await rm(dataDir, { recursive: true, force: true });
    throw error;
  }
}

class CrashedLife implements Life {
  readonly #dataDir: string;
  readonly #seed: number;
  readonly #ledger: Ledger = newLedger();
  readonly #target: Target;
  #service: ServiceProcess;

  constructor(dataDir: string, tokens: Tokens, seed: number, service: ServiceProcess) {
    this.#dataDir = dataDir;
    this.#seed = seed;
    this.#service = service;
    this.#target = { url: () => this.#service.url, tokens };
  }

  async round(n: number): Promise<Round> {
    const began = performance.now();
    const random = seeded(this.#seed).branch(n);
    const victim = VICTIMS[(n + this.#seed) % VICTIMS.length]!;
    this.#ledger.failures.clear();
    await this.#service.ready();
    const load = startLoad([this.#target], this.#ledger, `round-${n}`, random.whole(0, 2 ** 31));
    await this.#acknowledgements(random.whole(10, 150));
    await sleep(random.whole(0, 200));
    await this.#strike(victim, random);
    await load.stop();
    if (victim === 'service' || victim === 'both') {
      this.#service = await startServiceProcess({ dataDir: this.#dataDir });
    }
    await this.#settle();
    const resent = await this.#resend();
    await this.#settle();
    const problems = [
      ...this.#checkStayedUp(victim),
      ...(await withInstallation({ dataDir: this.#dataDir }, (installation) =>
        checkLedger(installation, this.#ledger),
      )),
      ...(await this.#checkSpool()),
    ];
    return { victim, ...this.#count(), resent, seconds: (performance.now() - began) / 1000, problems };
  }

  /** Answers when so many more signals were acknowledged: on a slow machine a moment later. */
  async #acknowledgements(more: number): Promise<void> {
    const enough = this.#count().signals + more;
    const giveUpAt = Date.now() + SETTLE_MS;
    while (this.#count().signals < enough && Date.now() < giveUpAt) await sleep(10);
  }

  async #strike(victim: Victim, random: Seeded): Promise<void> {
    if (victim === 'backend') await killBackend(this.#dataDir, random);
    if (victim === 'postmaster' || victim === 'both') await killPostmaster(this.#dataDir);
    // The load goes on while the database is away and while it comes back.
    if (victim !== 'service') await sleep(random.whole(victim === 'both' ? 0 : 800, 1_500));
    if (victim === 'service' || victim === 'both') await this.#service.kill();
  }

  async #settle(): Promise<void> {
    await this.#service.ready();
    await untilEmptied(this.#dataDir, this.#service);
  }

  async #resend(): Promise<number> {
    const resent = await resendUnacknowledged(this.#ledger, this.#target);
    const left = unacknowledged(this.#ledger);
    if (left.signals.length + left.commands.length > 0) {
      throw new Error(`No answer even after the crash: ${this.#failures()}\n${this.#service.log()}`);
    }
    return resent;
  }

  /** A database that is away keeps no new report out: they go to the journal. */
  #checkStayedUp(victim: Victim): readonly string[] {
    if (victim !== 'postmaster' && victim !== 'backend') return [];
    const { exitCode, signalCode } = this.#service.child;
    const fallen = exitCode === null && signalCode === null ? [] : ['the service fell with its database'];
    const turnedAway = [...this.#ledger.failures.keys()].filter((what) => !SAID_LATER.test(what));
    return [...fallen, ...turnedAway.map((what) => `while the database was away: ${what}`)];
  }

  async #checkSpool(): Promise<readonly string[]> {
    const names = await readdir(join(this.#dataDir, 'spool'));
    return names.includes('not-taken.ndjson') ? ['the journal holds signals that were not taken'] : [];
  }

  #count(): Pick<Round, 'signals' | 'commands' | 'spooled'> {
    const taken = [...this.#ledger.signals.values()].filter(({ receipts }) => receipts.length > 0);
    const done = [...this.#ledger.commands.values()].filter(({ answers }) => answers.length > 0);
    const spooled = taken.filter(({ receipts }) => receipts[0]!.spooled === true);
    return { signals: taken.length, commands: done.length, spooled: spooled.length };
  }

  #failures(): string {
    return [...this.#ledger.failures].map(([what, times]) => `${times}× ${what}`).join(', ');
  }

  async end(): Promise<void> {
    await this.#service.stop();
    await rm(this.#dataDir, { recursive: true, force: true });
  }
}

const SETTLE_MS = 60_000;

/** What may be put off while the database is away: commands, and what asks after a number's code (follow-ups). */
const SAID_LATER = /^(command|signal) 503 database-away$/;

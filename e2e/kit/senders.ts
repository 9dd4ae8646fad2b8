import { setTimeout as sleep } from 'node:timers/promises';
import type { CloudEvent } from '@gezhi/contract';
import type { Ledger, SentCommand, SentSignal } from './ledger.ts';
import { type Seeded, seeded } from './seeded.ts';
import { sendCommand, sendSignals, type Target } from './send.ts';
import { COMMUNITIES } from './small-town.ts';

export type Load = {
  /** Answers when every sender has had its last answer. */
  stop(): Promise<void>;
};

const SENDERS = 6;

/**
 * People and staff at work, each waiting for an answer before it does the next thing: single reports, batches, the same report twice,
 * neighbours who say the same, follow-ups, and commands of which some come twice.
 *
 * @param name tells the reports of one load from those of another
 */
export function startLoad(targets: readonly Target[], ledger: Ledger, name: string, seed: number): Load {
  let stopped = false;
  const run = async (n: number): Promise<void> => {
    const sender = new Sender(targets, ledger, `${name}/${n}`, seeded(seed).branch(n));
    while (!stopped) {
      const failures = sum(ledger.failures);
      await sender.step();
      if (sum(ledger.failures) > failures) await sleep(20);
    }
  };
  const running = Promise.all(Array.from({ length: SENDERS }, (_, n) => run(n)));
  return {
    stop: async () => {
      stopped = true;
      await running;
    },
  };
}

const sum = (counts: ReadonlyMap<string, number>): number =>
  [...counts.values()].reduce((total, count) => total + count, 0);

class Sender {
  readonly #targets: readonly Target[];
  readonly #ledger: Ledger;
  readonly #name: string;
  readonly #random: Seeded;
  readonly #own: SentSignal[] = [];
  #count = 0;

  constructor(targets: readonly Target[], ledger: Ledger, name: string, random: Seeded) {
    this.#targets = targets;
    this.#ledger = ledger;
    this.#name = name;
    this.#random = random;
  }

  async step(): Promise<void> {
    const dice = this.#random.next();
    if (dice < 0.4) await this.#signals([this.#report()]);
    else if (dice < 0.5) await this.#batch();
    else if (dice < 0.58) await this.#twins();
    else if (dice < 0.63) await this.#again();
    else if (dice < 0.72) await this.#followUp();
    else await this.#command();
  }

  /** Somewhere else each time, where there is more than one service. */
  get #target(): Target {
    return this.#random.pick(this.#targets);
  }

  #report(): CloudEvent {
    const words = this.#random.chance(0.15)
      ? this.#random.pick(SAID_OFTEN)
      : `路灯不亮，灯杆 ${this.#name}-${this.#count}`;
    return this.#event({
      words,
      placeText: this.#random.pick(COMMUNITIES),
      ...(this.#random.chance(0.8) ? { kind: 'lamp.fault' } : {}),
      requester: { name: '示例居民', reachMe: [{ way: 'phone', address: '000-0000' }] },
    });
  }

  #event(data: Record<string, unknown>): CloudEvent {
    this.#count += 1;
    return {
      specversion: '1.0',
      type: 'gezhi.report.v1',
      source: this.#name,
      id: String(this.#count),
      time: new Date().toISOString(),
      data,
    };
  }

  async #signals(events: readonly CloudEvent[]): Promise<void> {
    await sendSignals(this.#target, this.#ledger, this.#name, events);
    this.#remember(events);
  }

  #remember(events: readonly CloudEvent[]): void {
    for (const event of events) this.#own.push(this.#ledger.signals.get(`${event.source}/${event.id}`)!);
    this.#own.splice(0, Math.max(0, this.#own.length - REMEMBERED));
  }

  async #batch(): Promise<void> {
    await this.#signals(Array.from({ length: this.#random.whole(2, 20) }, () => this.#report()));
  }

  /** The same report twice at once: a nervous finger, or two services behind one door. */
  async #twins(): Promise<void> {
    const event = this.#report();
    await Promise.all(
      [this.#target, this.#targets.at(-1)!].map((target) =>
        sendSignals(target, this.#ledger, this.#name, [event]),
      ),
    );
    this.#remember([event]);
  }

  async #again(): Promise<void> {
    const known = this.#acknowledged();
    if (known) await sendSignals(this.#target, this.#ledger, this.#name, [known.event]);
  }

  async #followUp(): Promise<void> {
    const known = this.#acknowledged();
    const { number, code } = known?.receipts.find((receipt) => receipt.code) ?? {};
    if (!number || !code) return;
    const words = `还是不亮 ${this.#name}-${this.#count}`;
    await this.#signals([this.#event({ words, follows: number, code })]);
  }

  async #command(): Promise<void> {
    const caseId = this.#caseId();
    if (!caseId) return;
    this.#count += 1;
    const sent = this.#commandOn(caseId, `${this.#name}/command/${this.#count}`);
    const times = this.#random.chance(0.2) ? [this.#target, this.#targets.at(-1)!] : [this.#target];
    await Promise.all(times.map((target) => sendCommand(target, this.#ledger, sent)));
    if (sent.answers.length > 0 && this.#random.chance(0.1)) {
      await sendCommand(this.#target, this.#ledger, sent);
    }
  }

  #commandOn(caseId: string, commandId: string): SentCommand {
    const [action, post, input] = this.#act(caseId);
    return { commandId, caseId, post, body: { action, input }, answers: [] };
  }

  #act(caseId: string): readonly [action: string, post: string, input: Record<string, unknown>] {
    const dice = this.#random.next();
    if (dice < 0.35) return ['note', 'seat', { words: `记录 ${this.#name}-${this.#count}` }];
    if (dice < 0.55) return ['accept', 'desk', {}];
    if (dice < 0.7) return ['contact', 'desk', { way: 'phone' }];
    if (dice < 0.78) return ['finish', 'desk', { outcome: 'solved', words: '已修好' }];
    if (dice < 0.82) return ['check', 'check', { passed: true }];
    const into = this.#caseId();
    return dice < 0.93 && into && into !== caseId ? ['merge', 'head', { into }] : ['unmerge', 'head', {}];
  }

  #acknowledged(): SentSignal | undefined {
    const known = this.#own.filter((one) => one.receipts.length > 0);
    return known.length > 0 ? this.#random.pick(known) : undefined;
  }

  #caseId(): string | undefined {
    return this.#acknowledged()?.receipts.find((receipt) => receipt.caseId)?.caseId;
  }
}

/** Of its own reports a sender goes back to the last few, so that commands meet. */
const REMEMBERED = 30;

const SAID_OFTEN = ['桥头的路灯不亮', '井盖响了一夜', '垃圾没人收', '楼道灯坏了'] as const;

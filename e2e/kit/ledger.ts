import type { CloudEvent, WireReceipt } from '@gezhi/contract';

/** A signal that was sent, and what was answered for it, if anything. */
export type SentSignal = {
  readonly key: string;
  readonly event: CloudEvent;
  /** Who sent it; each sender waits for an answer before it goes on. */
  readonly sender: string;
  /** The receipts of every answer that took it in, first to last. */
  readonly receipts: WireReceipt[];
  /** The how-manyeth of its sender's it was to be taken in. */
  turn?: number;
  /** Answered with a refusal: nothing of it may be there. */
  refused?: string;
};

/** A command that was sent, and what was answered. */
export type SentCommand = {
  readonly commandId: string;
  readonly caseId: string;
  readonly post: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly answers: CommandAnswer[];
  refused?: string;
};

export type CommandAnswer = {
  readonly caseId: string;
  readonly seq: number;
  readonly facts: readonly { readonly caseId: string; readonly seq: number; readonly type: string }[];
};

/** What a sender remembers of everything it sent: the memory against which the service's own is held. */
export type Ledger = {
  readonly signals: Map<string, SentSignal>;
  readonly commands: Map<string, SentCommand>;
  /** Acknowledgements so far, by sender. */
  readonly turns: Map<string, number>;
  /** Answers that were none: their status, or what broke. */
  readonly failures: Map<string, number>;
};

export function newLedger(): Ledger {
  return { signals: new Map(), commands: new Map(), turns: new Map(), failures: new Map() };
}

export const keyOf = ({ source, id }: { readonly source: string; readonly id: string }): string =>
  `${source}/${id}`;

export function noteSent(ledger: Ledger, event: CloudEvent, sender: string): SentSignal {
  const key = keyOf(event);
  const known = ledger.signals.get(key);
  if (known) return known;
  const sent: SentSignal = { key, event, sender, receipts: [] };
  ledger.signals.set(key, sent);
  return sent;
}

/** Acknowledged. What entered by this very answer has its turn; what was there already may have entered any time before. */
export function noteReceipt(ledger: Ledger, sent: SentSignal, receipt: WireReceipt): void {
  sent.receipts.push(receipt);
  if (sent.turn !== undefined || receipt.known) return;
  const turn = (ledger.turns.get(sent.sender) ?? 0) + 1;
  ledger.turns.set(sent.sender, turn);
  sent.turn = turn;
}

export function noteFailure(ledger: Ledger, what: string): void {
  ledger.failures.set(what, (ledger.failures.get(what) ?? 0) + 1);
}

export function unacknowledged(ledger: Ledger): {
  readonly signals: readonly SentSignal[];
  readonly commands: readonly SentCommand[];
} {
  return {
    signals: [...ledger.signals.values()].filter((one) => one.receipts.length === 0 && !one.refused),
    commands: [...ledger.commands.values()].filter((one) => one.answers.length === 0 && !one.refused),
  };
}

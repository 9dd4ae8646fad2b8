import type { BatchItem, CloudEvent, WireReceipt } from '@gezhi/contract';
import {
  type CommandAnswer,
  type Ledger,
  noteFailure,
  noteReceipt,
  noteSent,
  type SentCommand,
  unacknowledged,
} from './ledger.ts';
import type { Tokens } from './small-town.ts';

const PATIENCE_MS = 30_000;

/** How the senders reach a service, which has another port after each start. */
export type Target = { readonly url: () => string; readonly tokens: Tokens };

/**
 * Sends one event, or several as a batch, and notes what was answered for each. An answer that says "later" (5xx), or none at all, leaves
 * them unacknowledged.
 */
export async function sendSignals(
  target: Target,
  ledger: Ledger,
  sender: string,
  events: readonly CloudEvent[],
): Promise<void> {
  const sent = events.map((event) => noteSent(ledger, event, sender));
  const single = events.length === 1;
  const answer = await post(ledger, 'signal', `${target.url()}/api/signals`, single ? events[0] : events, {
    'content-type': single ? 'application/cloudevents+json' : 'application/cloudevents-batch+json',
  });
  if (!answer) return;
  const items = single ? [itemOf(answer)] : (answer.body as readonly BatchItem[]);
  for (const [i, item] of items.entries()) {
    if (item.receipt) noteReceipt(ledger, sent[i]!, item.receipt);
    else if (item.status >= 500) noteFailure(ledger, `signal ${item.status} ${item.problem?.code}`);
    else sent[i]!.refused = item.problem?.code ?? String(item.status);
  }
}

type Answer = { readonly status: number; readonly body: unknown };

function itemOf({ status, body }: Answer): BatchItem {
  if (status < 300) return { status, receipt: body as WireReceipt };
  return { status, problem: body as BatchItem['problem'] };
}

/** Sends a command and notes what it did. */
export async function sendCommand(target: Target, ledger: Ledger, sent: SentCommand): Promise<void> {
  ledger.commands.set(sent.commandId, sent);
  const { commandId, caseId, body } = sent;
  const answer = await post(
    ledger,
    'command',
    `${target.url()}/api/cases/${caseId}/commands`,
    { commandId, ...body },
    {
      'content-type': 'application/json',
      authorization: `Bearer ${target.tokens[sent.post as keyof Tokens]}`,
    },
  );
  if (!answer) return;
  if (answer.status === 200) sent.answers.push(answer.body as CommandAnswer);
  else sent.refused = (answer.body as { code?: string }).code ?? String(answer.status);
}

/** Whoever had no answer sends again, each in the order of the first time. Answers how much was sent again. */
export async function resendUnacknowledged(ledger: Ledger, target: Target): Promise<number> {
  const { signals, commands } = unacknowledged(ledger);
  const bySender = Map.groupBy(signals, ({ sender }) => sender);
  await Promise.all(
    [...bySender].map(async ([sender, sent]) => {
      for (const { event } of sent) await sendSignals(target, ledger, sender, [event]);
    }),
  );
  for (const command of commands) await sendCommand(target, ledger, command);
  return signals.length + commands.length;
}

/** The answer; `undefined` where there was none that counts, which is noted. */
async function post(
  ledger: Ledger,
  what: string,
  url: string,
  body: unknown,
  headers: Readonly<Record<string, string>>,
): Promise<Answer | undefined> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const answer = { status: response.status, body: (await response.json()) as unknown };
    if (answer.status < 500) return answer;
    noteFailure(ledger, `${what} ${answer.status} ${(answer.body as { code?: string }).code}`);
  } catch (error) {
    const { cause, name } = error as Error & { cause?: { code?: string } };
    noteFailure(ledger, `${what} ${cause?.code ?? name}`);
  }
  return undefined;
}

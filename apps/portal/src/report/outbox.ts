import type { CloudEvent, WireReceipt } from '@gezhi/contract';
import type { Client } from '@gezhi/contract/client';
import { ProblemError } from '@gezhi/ui';
import { dataUrl, isLarge, uploadFile } from '@gezhi/ui/device';
import { forget, keep, keptKeys, readKept } from '../kept/store.ts';
import type { Waiting } from './event.ts';

const PREFIX = 'outbox/';

/**
 * Sends a report, or keeps it until the network is back: it is kept before it is sent, and forgotten only when the service has answered. The event's
 * source and id make it harmless to send it again.
 *
 * @returns the receipt, or `waiting` where the network or the service was away
 * @throws ProblemError where the service says what is wrong with it
 */
export async function sendOrKeep(api: Client, event: Waiting): Promise<WireReceipt | 'waiting'> {
  await keep(PREFIX + event.id, event);
  const receipt = await sendOnce(api, event);
  if (receipt !== 'waiting') await forget(PREFIX + event.id);
  return receipt;
}

/** How many reports wait for the network. */
export async function waitingReports(): Promise<number> {
  return (await keptKeys(PREFIX)).length;
}

/** Sends what waits; answers the receipts of what went out. What the service refuses stays out of the way of the others, and is told. */
export async function sendWaiting(
  api: Client,
): Promise<{ readonly sent: readonly WireReceipt[]; readonly refused: readonly string[] }> {
  const sent: WireReceipt[] = [];
  const refused: string[] = [];
  for (const key of await keptKeys(PREFIX)) {
    const event = await readKept<Waiting>(key);
    if (!event) continue;
    try {
      const receipt = await sendOnce(api, event);
      if (receipt === 'waiting') break;
      sent.push(receipt);
      await forget(key);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      refused.push(error.message);
    }
  }
  return { sent, refused };
}

/** Answers that will be another one later: the database is away, too much at once. */
const LATER: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

async function sendOnce(api: Client, event: Waiting): Promise<WireReceipt | 'waiting'> {
  let reply: Awaited<ReturnType<typeof api.call<'sendSignals'>>>;
  try {
    reply = await api.call('sendSignals', { body: await withMedia(event) });
  } catch (error) {
    // A network that fails is a TypeError, whatever the browser.
    if (error instanceof TypeError) return 'waiting';
    throw error;
  }
  if (reply.ok) return reply.body as WireReceipt;
  if (LATER.has(reply.status)) return 'waiting';
  const { code, title, detail, remedy } = reply.problem;
  // Its pieces were swept meanwhile: they are sent again.
  if (code === 'no-such-upload') return 'waiting';
  throw new ProblemError(reply.status, code, detail || title, remedy);
}

/** The signal with its photos and sounds. */
async function withMedia({ photos = [], sounds = [], ...event }: Waiting): Promise<CloudEvent> {
  const media: { photos?: string[]; sounds?: string[] } = {};
  if (photos.length > 0) media.photos = await sentBefore(`${event.id}-p`, photos);
  if (sounds.length > 0) media.sounds = await sentBefore(`${event.id}-s`, sounds);
  return { ...event, data: { ...(event.data as object), ...media } };
}

/** Files as a signal names them: a large one is sent before it, in pieces that need not be sent twice. */
async function sentBefore(id: string, files: readonly Blob[]): Promise<string[]> {
  const named: string[] = [];
  for (const [i, file] of files.entries()) {
    const isThere = isLarge(file) && (await uploadFile(`${id}${i}`, file));
    named.push(isThere ? `upload:${id}${i}` : await dataUrl(file));
  }
  return named;
}

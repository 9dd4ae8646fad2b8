import type { WireReceipt } from '@gezhi/contract';
import type { Client } from '@gezhi/contract/client';
import { answerOf } from '@gezhi/ui';
import type { Draft } from './draft.ts';
import { eventOf, type Stand, saidOf, whoOf } from './event.ts';
import { sendOrKeep } from './outbox.ts';
import { sendPhotos } from './send-photos.ts';

/**
 * Sends a report: as one more voice where its writer said that it is a neighbour's case, else as a case of its own. Without a network it waits as a
 * report, which joins by its words and place as far as it can.
 *
 * @throws ProblemError where the service says what is wrong with it
 */
export async function sendReport(api: Client, draft: Draft, stand: Stand): Promise<WireReceipt | 'waiting'> {
  const joined = draft.joins === undefined ? undefined : await joinCase(api, draft, draft.joins, stand);
  return joined ?? (await sendOrKeep(api, eventOf(draft, stand, new Date())));
}

async function joinCase(
  api: Client,
  draft: Draft,
  caseId: string,
  stand: Stand,
): Promise<WireReceipt | undefined> {
  const { id, photos, sound } = draft;
  const words = saidOf(draft, stand);
  const body = { id, ...(words ? { words } : {}), ...whoOf(draft) };
  const receipt = await api.call('joinPublic', { params: { id: caseId }, body }).catch((error: unknown) => {
    if (error instanceof TypeError) return undefined;
    throw error;
  });
  if (!receipt || receipt.status === 404 || receipt.status >= 500) return undefined;
  const done = answerOf<'joinPublic'>(receipt);
  const files = [...photos.map(({ blob }) => blob), ...(sound ? [sound.blob] : [])];
  if (files.length === 0 || !done.number || !done.code) return done;
  const kept = await sendPhotos({ number: done.number, code: done.code, id }, files);
  return { ...done, photos: { kept, refused: files.length - kept } };
}

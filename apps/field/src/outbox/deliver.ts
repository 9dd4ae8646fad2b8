import type { Problem } from '@gezhi/contract';
import type { Client, Reply, RouteName } from '@gezhi/contract/client';
import { dataUrl, isLarge, uploadFile } from '@gezhi/ui/device';
import type { Conflict, Entry, ReportWords } from './entry.ts';
import type { Outcome } from './outbox.ts';

/** Tells the service of one entry. Whatever it answers becomes an outcome; only a bug throws. */
export async function deliver(api: Client, entry: Entry, expectedSeq: number | undefined): Promise<Outcome> {
  if (!navigator.onLine) return { is: 'later', why: 'offline' };
  try {
    const reply = await tell(api, entry, expectedSeq);
    if (reply.ok) return { is: 'sent', ...seqOf(reply.body) };
    return await refused(api, entry, reply.status, reply.problem);
  } catch (error) {
    if (error instanceof TypeError) return { is: 'later', why: 'offline' };
    throw error;
  }
}

type AnyReply = { readonly ok: true; readonly body: unknown } | Extract<Reply<RouteName>, { ok: false }>;

async function tell(
  api: Client,
  { id, deed, at, post }: Entry,
  expectedSeq: number | undefined,
): Promise<AnyReply> {
  const occurredAt = new Date(at).toISOString();
  switch (deed.do) {
    case 'command':
      return await api.call('sendCommand', {
        params: { id: deed.caseId },
        body: {
          commandId: id,
          action: deed.action,
          input: deed.input,
          occurredAt,
          ...(expectedSeq === undefined ? {} : { expectedSeq }),
        },
      });
    case 'photo':
      return await sendPhoto(deed.caseId, id, deed.photo);
    case 'report':
      return await api.call('sendSignals', {
        body: await eventOf(id, post, occurredAt, deed.data, deed.photos),
      });
    case 'visit':
      return await api.call('visitStop', {
        params: { round: deed.round },
        body: { commandId: id, stop: deed.stop, findings: [...deed.findings], occurredAt },
      });
  }
}

async function eventOf(
  id: string,
  post: string,
  time: string,
  data: ReportWords,
  photos: readonly Blob[],
): Promise<Record<string, unknown> & { specversion: '1.0'; id: string; source: string; type: string }> {
  const pictures: string[] = [];
  for (const [i, photo] of photos.entries()) pictures.push(await pictureOf(`${id}-${i}`, photo));
  return {
    specversion: '1.0',
    type: 'gezhi.report.v1',
    source: `field/${post}`,
    id,
    time,
    data: { ...data, found: true, channel: 'field', ...(pictures.length > 0 ? { photos: pictures } : {}) },
  };
}

/** A picture as a report names it: what is large is sent before, in pieces that need not be sent twice. */
async function pictureOf(id: string, photo: Blob): Promise<string> {
  return isLarge(photo) && (await uploadFile(id, photo)) ? `upload:${id}` : await dataUrl(photo);
}

async function sendPhoto(caseId: string, id: string, photo: Blob): Promise<AnyReply> {
  const isThere = isLarge(photo) && (await uploadFile(id, photo));
  const query = new URLSearchParams({ commandId: id, ...(isThere ? { upload: id } : {}) });
  const form = new FormData();
  if (!isThere) form.set('photo', photo, 'photo.jpg');
  const answer = await fetch(`/api/cases/${caseId}/photos?${query}`, {
    method: 'POST',
    ...(isThere ? {} : { body: form }),
  });
  const { ok, status } = answer;
  const isJson = /json/.test(answer.headers.get('content-type') ?? '');
  const body: unknown = isJson ? await answer.json() : {};
  return ok ? { ok, body } : { ok, status, problem: body as Problem };
}

function seqOf(body: unknown): { readonly seq?: number } {
  const { seq } = body as { seq?: unknown };
  return typeof seq === 'number' ? { seq } : {};
}

/** What was refused for what it says is a conflict; what was refused for the moment is sent later. */
async function refused(api: Client, entry: Entry, status: number, problem: Problem): Promise<Outcome> {
  if (status === 401) return { is: 'later', why: 'signIn' };
  if (status === 429 || status >= 500) return { is: 'later', why: 'busy' };
  const { code = String(status), title = '', detail = '', remedy = '', details = {} } = problem;
  const { seq, since } = details as {
    seq?: number;
    since?: readonly { seq: number; type: string; by: { post: string } }[];
  };
  // Its pieces were swept meanwhile: they are sent again.
  if (code === 'no-such-upload') return { is: 'later', why: 'busy' };
  const theirs = await caseNow(api, entry);
  const conflict: Conflict = {
    code,
    title,
    detail,
    remedy,
    ...(seq === undefined ? {} : { seq }),
    ...(since ? { since: since.map(({ seq, type, by }) => ({ seq, type, post: by.post })) } : {}),
    ...(theirs ? { theirs } : {}),
  };
  return { is: 'conflict', conflict };
}

/** The case as it stands, where there is one and it may still be seen. */
export async function caseNow(api: Client, { deed }: Entry): Promise<Conflict['theirs']> {
  if (deed.do !== 'command' && deed.do !== 'photo') return undefined;
  const reply = await api.call('getFieldCase', { params: { id: deed.caseId } });
  return reply.ok ? reply.body : undefined;
}

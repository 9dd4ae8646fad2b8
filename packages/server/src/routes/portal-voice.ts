import { type CaseId, isRefusal, type Refusal, refuse, sayRequestNumber } from '@gezhi/basis';
import type { WireReceipt } from '@gezhi/contract';
import { type Incoming, publicCases } from '@gezhi/town';
import type { RouteAnswer, Turn } from '../mount-route.ts';
import { noSuchPublic } from './portal-public.ts';
import { promiseOf } from './receipts.ts';

/** The source of “me too”; the sender's id makes sending twice harmless. */
const SOURCE = 'portal/voice';

/**
 * One more voice in a public case, with contact or without. Where the case ended meanwhile, it becomes a case of its own of the same kind and
 * place, so that “it is dark again” is never lost.
 */
export async function joinPublic(turn: Turn<'joinPublic'>): Promise<RouteAnswer | Refusal> {
  const { app, town, params, body, now } = turn;
  const [row] = await publicCases(town, { ids: [params.id as CaseId] }, 1, now);
  if (!row) return noSuchPublic(params.id);
  const signal: Incoming = {
    source: SOURCE,
    id: `${row.case_id}/${body.id}`,
    type: 'gezhi.report.v1',
    occurredAt: now,
    channel: 'web',
    kind: row.kind,
    joins: row.case_id,
    publicity: 'private',
    ...(row.lon === null || row.lat === null ? {} : { point: { lon: row.lon, lat: row.lat } }),
    ...(body.words ? { words: body.words } : {}),
    ...(body.requester ? { requester: readPerson(body.requester) } : {}),
    ...(body.guardian ? { guardian: readPerson(body.guardian) } : {}),
  };
  const [taken] = await app.intake.submit(town, [signal]);
  if (!taken) return refuse('not-answered', 'Intake gave no answer.');
  if (isRefusal(taken)) return taken;
  app.writes.count += 1;
  const { number, known, joined } = taken;
  const receipt: WireReceipt = {
    ...(number ? { number, sayAs: sayRequestNumber(number) } : {}),
    ...(taken.code && !known ? { code: taken.code } : {}),
    ...(taken.spooled ? { spooled: true } : { caseId: taken.caseId }),
    ...(known || !number ? {} : await promiseOf(app, town, signal, number, now)),
    known,
    joined,
  };
  return { status: known ? 200 : 201, body: receipt };
}

function readPerson(
  person: NonNullable<Turn<'joinPublic'>['body']['requester']>,
): NonNullable<Incoming['requester']> {
  return person as NonNullable<Incoming['requester']>;
}

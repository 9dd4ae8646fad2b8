import type { RouteAnswer, Turn } from '../mount-route.ts';
import { kindReport } from '../register/kind-report.ts';
import { readDraftFor } from '../register/read-draft.ts';
import { registerOf } from '../register/register.ts';

/** The public register of algorithms. */
export async function listAlgorithms({ town }: Turn<'listAlgorithms'>): Promise<RouteAnswer> {
  return { status: 200, body: await registerOf(town) };
}

/** Proposals of kinds against what people decided, over the last year. */
export async function getReadReport({ town, now }: Turn<'getReadReport'>): Promise<RouteAnswer> {
  return { status: 200, body: await kindReport(town, now) };
}

/** What is being written down, read for whoever writes; nothing of it is kept. */
export async function readDraft({ town, actor, body, now }: Turn<'readDraft'>): Promise<RouteAnswer> {
  return { status: 200, body: await readDraftFor(town, actor, body.text, now, body.callerNumber) };
}

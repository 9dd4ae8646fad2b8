import { isoInstant, isRefusal, parseInstant, type Refusal } from '@gezhi/basis';
import { type BreachOpened, reportBreach as openBreach } from '@gezhi/town';
import type { RouteAnswer, Turn } from '../mount-route.ts';

/** Somebody on a post reports a breach of personal data. */
export async function reportBreach(turn: Turn<'reportBreach'>): Promise<RouteAnswer | Refusal> {
  const { town, body, actor, language, now } = turn;
  const { commandId, what, words, data, people, done } = body;
  const noticedAt = body.noticedAt === undefined ? undefined : parseInstant(body.noticedAt);
  const opened = await openBreach(
    town,
    {
      commandId,
      what,
      words,
      data,
      by: actor!.post,
      lang: language,
      ...(people === undefined ? {} : { people }),
      ...(done === undefined ? {} : { done }),
      ...(noticedAt === undefined ? {} : { noticedAt }),
    },
    now,
  );
  return isRefusal(opened) ? opened : { status: 201, body: answerOf(opened) };
}

function answerOf({ caseId, known, owes }: BreachOpened): object {
  return { caseId, known, owes: owes.map((one) => ({ ...one, dueAt: isoInstant(one.dueAt) })) };
}

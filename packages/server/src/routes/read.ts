import { type CaseId, parseInstant, type Refusal, refuse } from '@gezhi/basis';
import { DEFAULT_SAME_POLICY, readAnswer, sameMatter, signText } from '@gezhi/text';
import { hiddenFrom } from '@gezhi/town';
import type { RouteAnswer, Turn } from '../mount-route.ts';
import { sameIndexOf } from '../same-keeper.ts';

/** The open and recent cases that what is being told may be, best first, with why. */
export async function findSame({ town, body, now, actor }: Turn<'readSame'>): Promise<RouteAnswer | Refusal> {
  const { words, kind, lon, lat, except } = body;
  if ((lon === undefined) !== (lat === undefined)) {
    return refuse('bad-point', 'A point needs lon and lat.');
  }
  const index = await sameIndexOf(town, now);
  const point = lon === undefined || lat === undefined ? undefined : { lon, lat };
  const found = sameMatter(index, { signature: signText(words), at: now, kind, point, except });
  const { version, origin, pairs } = DEFAULT_SAME_POLICY;
  const hidden = await hiddenFrom(
    town,
    actor,
    found.map(({ id }) => id as CaseId),
  );
  const seen = found.filter(({ id }) => !hidden.has(id as CaseId));
  const same = seen.map(({ id, chance, resend, because }) => ({ caseId: id, chance, resend, because }));
  return { status: 200, body: { policy: { version, origin, pairs }, same } };
}

/** Hints for whoever writes an answer; nothing of it is kept. */
export function hintAnswer({ body, now }: Turn<'readAnswer'>): RouteAnswer {
  const { asked, answer, due } = body;
  const hints = readAnswer({
    asked,
    answer,
    at: now,
    due: due === undefined ? undefined : parseInstant(due),
  });
  return { status: 200, body: hints };
}

import { type CaseId, parseInstant, type Refusal, refuse } from '@gezhi/basis';
import { readAnswer, sameMatter, signText } from '@gezhi/text';
import { areaOf, hiddenFrom, locate, ownCasesOf, sameIndexOf, samePolicyOf } from '@gezhi/town';
import type { RouteAnswer, Turn } from '../mount-route.ts';

/** The open and recent cases that what is being told may be, best first, with why. */
export async function findSame({ town, body, now, actor }: Turn<'readSame'>): Promise<RouteAnswer | Refusal> {
  const { words, kind, lon, lat, except, callerNumber } = body;
  if ((lon === undefined) !== (lat === undefined)) {
    return refuse('bad-point', 'A point needs lon and lat.');
  }
  const index = await sameIndexOf(town, now);
  const stated = lon === undefined || lat === undefined ? undefined : { lon, lat };
  const { code, point } = locate(town, { words, ...(stated ? { point: stated } : {}) });
  const query = {
    signature: signText(words),
    at: now,
    kind,
    point: stated ?? (point && { lon: point[0], lat: point[1] }),
    place: areaOf(town, code),
    own: await ownCasesOf(town, callerNumber, now),
    except,
  };
  const policy = samePolicyOf(town);
  const found = sameMatter(index, query, policy);
  const { version, origin, pairs } = policy;
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

import { isoInstant, isRefusal, type Refusal, refuse, sayRequestNumber } from '@gezhi/basis';
import { countPutOff } from '@gezhi/storage';
import { askPrivacy, ownData, type PrivacyAsked, reportRetaliation } from '@gezhi/town';
import { openRequest } from '../code-lock.ts';
import type { RouteAnswer, Turn } from '../mount-route.ts';
import { kindLabel } from '../views/names.ts';

const PRIVATE = { 'cache-control': 'no-store' };

/** A person's own data, by the number's code alone: no post opens it. */
export async function getOwnData(turn: Turn<'getOwnData'>): Promise<RouteAnswer | Refusal> {
  const { town, params, query, now } = turn;
  const opened = await openRequest(town, params.number, query.code, { actor: undefined, now });
  if (isRefusal(opened)) return opened;
  const data = await ownData(town, opened.number, now);
  if (isRefusal(data)) return data;
  const putOff = await countPutOff(town.db.pool, town.district, now);
  const body = {
    ...data,
    kindName: kindLabel(town, data.kind),
    looks: data.looks.map((look) => ({
      ...look,
      purposeName: town.purposes.get(look.purpose)?.name ?? { zh: look.purpose, en: look.purpose },
    })),
    putOff: putOff.reduce((sum, { looks }) => sum + looks, 0),
  };
  return { status: 200, body, headers: PRIVATE };
}

/** Opens a case about their own data, or about retaliation. */
export async function askOwnData(turn: Turn<'askOwnData'>): Promise<RouteAnswer | Refusal> {
  const { app, town, params, query, body, now } = turn;
  const opened = await openRequest(town, params.number, query.code, { actor: undefined, now });
  if (isRefusal(opened)) return opened;
  const { id: commandId, what, words } = body;
  const common = { number: opened.number, words, commandId };
  const done =
    what === 'retaliation'
      ? await reportRetaliation(town, common, now)
      : await askPrivacy(town, { ...common, what }, now);
  if (isRefusal(done)) return done;
  app.writes.count += 1;
  const { number, code = '' } = 'receipt' in done ? done.receipt : done;
  if (!number) return refuse('nothing-said', 'Nothing was taken in.');
  const erased = 'receipt' in done ? erasureOf(done) : {};
  return {
    status: 200,
    body: { number, sayAs: sayRequestNumber(number), code, ...erased },
    headers: PRIVATE,
  };
}

function erasureOf({ erasure }: PrivacyAsked): object {
  if (erasure === undefined) return {};
  if (erasure === 'inUse') return { erasure };
  return 'until' in erasure ? { erasure: 'stored', until: isoInstant(erasure.until) } : { erasure: 'erased' };
}

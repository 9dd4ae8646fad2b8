import {
  type CaseId,
  isoInstant,
  isRefusal,
  type Refusal,
  type RequestNumber,
  sayRequestNumber,
} from '@gezhi/basis';
import { LABELS, replay } from '@gezhi/cases';
import { loadFacts } from '@gezhi/storage';
import { openingCode } from '@gezhi/town';
import type { RouteAnswer, Turn } from '../mount-route.ts';
import { sayRefusal } from '../pages/kit/refusal-words.ts';
import { unitName } from '../pages/kit/say.ts';
import { takeCall } from '../register/take-call.ts';
import { stateLabel } from '../views/wire.ts';
import { type StaffVisit, visitOfTurn } from './visit-of-turn.ts';

/** Takes a call in as a seat wrote it, and answers what it reads out. Sending twice answers the same. */
export async function fileCall(turn: Turn<'fileCall'>): Promise<RouteAnswer | Refusal> {
  const visit = visitOfTurn(turn as never);
  if (isRefusal(visit)) return visit;
  const { town, now, staff } = visit;
  const call = { ...turn.body, source: 'console/desk' as const };
  const taken = await takeCall(town, call, staff.actor, now, (to, signals) =>
    turn.app.intake.submit(to, [...signals]),
  );
  if (isRefusal(taken)) return taken;
  turn.app.writes.count += 1;
  const { receipt, caseId, joined, refused } = taken;
  const { number } = receipt;
  const body = {
    ...(number ? { number, sayAs: sayRequestNumber(number), code: openingCode(town.secret, number) } : {}),
    ...(caseId ? { caseId } : {}),
    joined,
    refused: refused.map(({ why }) => sayRefusal(visit, why)),
    ...(caseId ? { now: await whereNow(visit, caseId, number) } : {}),
  };
  return { status: 201, body };
}

/** Where the call is now, for the seat to read out. One round trip. */
async function whereNow(
  visit: StaffVisit,
  caseId: CaseId,
  number: RequestNumber | undefined,
): Promise<object> {
  const { town, lang } = visit;
  const c = replay((await loadFacts(town.db.pool, town.district, [caseId])).get(caseId) ?? []);
  if (!c) return { state: '', handedOff: [] };
  const promised = number && c.voices[number]?.promised;
  return {
    state: stateLabel(town, c.state, c.scene)[lang],
    ...(c.lead ? { unit: unitName(c.lead.unit, visit) } : {}),
    ...(promised ? { promised: isoInstant(promised.dueAt) } : {}),
    handedOff: (c.handedOff ?? []).map((to) => LABELS.handedTo[to][lang]),
  };
}

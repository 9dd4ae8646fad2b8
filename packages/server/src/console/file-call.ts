import {
  type CaseId,
  isoInstant,
  isRefusal,
  type Refusal,
  type RequestNumber,
  sayRequestNumber,
} from '@gezhi/basis';
import { LABELS, replay } from '@gezhi/cases';
import type { DeskCall } from '@gezhi/contract';
import { loadFacts } from '@gezhi/storage';
import {
  act,
  type Incoming,
  keepShown,
  openingCode,
  placeOfCandidate,
  type Receipt,
  type Town,
} from '@gezhi/town';
import type { RouteAnswer, Turn } from '../mount-route.ts';
import { sayRefusal } from '../pages/refusal-words.ts';
import { unitName } from '../pages/say.ts';
import { stateLabel } from '../views/wire.ts';
import { type StaffVisit, visitOfTurn } from './visit-of-turn.ts';

/**
 * Takes a call in as a seat wrote it, and then joins it to the case that the seat named and hands a danger off: whatever of these is refused,
 * the call is taken and nothing is lost. Sending twice answers the same.
 */
export async function fileCall(turn: Turn<'fileCall'>): Promise<RouteAnswer | Refusal> {
  const visit = visitOfTurn(turn as never);
  if (isRefusal(visit)) return visit;
  const { town, now } = visit;
  const call: DeskCall = turn.body;
  const [taken] = await turn.app.intake.submit(town, [signalOf(town, call, now)]);
  turn.app.writes.count += 1;
  if (!taken || isRefusal(taken)) return taken ?? { status: 500 };
  const receipt = taken as Receipt;
  const { caseId, number } = receipt;
  if (caseId && !receipt.joined) {
    await keepShown(town, { caseId, text: textOf(call), kind: call.kind }, call.shown, now);
  }
  const after = caseId ? await afterwards(visit, call, caseId, receipt.joined) : NOTHING;
  const body = {
    ...(number ? { number, sayAs: sayRequestNumber(number), code: openingCode(town.secret, number) } : {}),
    ...(after.caseId ? { caseId: after.caseId } : {}),
    joined: receipt.joined || after.joined,
    refused: after.refused,
    ...(after.caseId ? { now: await whereNow(visit, after.caseId, number) } : {}),
  };
  return { status: 201, body };
}

type After = { readonly caseId?: CaseId; readonly joined: boolean; readonly refused: readonly string[] };
const NOTHING: After = { joined: false, refused: [] };

function textOf({ words, placeText }: DeskCall): string {
  return [words, placeText].filter(Boolean).join('\n');
}

/** A kind that the seat picked is stated; one that nobody picked is read as always. */
function signalOf(town: Town, call: DeskCall, now: number): Incoming {
  const { id, words, kind, placeText, callerNumber, name, publicity } = call;
  const place = call.place === undefined ? undefined : placeOfCandidate(town, call.place);
  const finest = Object.entries(place?.layers ?? {}).map(([layer, codes]) => [layer, codes.at(-1)!]);
  return {
    source: 'console/desk',
    id,
    type: 'gezhi.report.v1',
    occurredAt: now,
    channel: 'phone',
    words,
    publicity,
    ...(kind !== undefined && town.kinds.has(kind) ? { kind } : {}),
    ...(place?.point ? { point: { lon: place.point[0], lat: place.point[1] } } : {}),
    ...(!place && call.outside ? outsideOf(call.outside) : {}),
    ...(place && !place.point ? { statedPlaces: Object.fromEntries(finest) } : {}),
    ...(placeText === undefined ? {} : { placeText }),
    ...(callerNumber || name
      ? {
          requester: {
            ...(name ? { name } : {}),
            ...(callerNumber ? { reachMe: [{ way: 'phone' as const, address: callerNumber }] } : {}),
          },
        }
      : {}),
  };
}

function outsideOf({ lon, lat, from }: NonNullable<DeskCall['outside']>): Partial<Incoming> {
  return { point: { lon, lat }, pointFrom: from };
}

async function afterwards(
  visit: StaffVisit,
  call: DeskCall,
  caseId: CaseId,
  joined: boolean,
): Promise<After> {
  const refused: string[] = [];
  if (call.handOff && !(await handedOff(visit.town, caseId)).includes(call.handOff)) {
    const why = await carryOut(visit, call, caseId, 'handOff', { to: call.handOff });
    if (why !== undefined) refused.push(why);
  }
  if (joined || call.join === undefined || call.join === caseId) return { caseId, joined, refused };
  const why = await carryOut(visit, call, caseId, 'merge', { into: call.join });
  if (why === undefined) return { caseId: call.join as CaseId, joined: true, refused };
  return { caseId, joined: false, refused: [...refused, why] };
}

/** To whom a danger went already: what is heard at once is handed off by itself. */
async function handedOff(town: Town, caseId: CaseId): Promise<readonly string[]> {
  return replay((await loadFacts(town.db.pool, town.district, [caseId])).get(caseId) ?? [])?.handedOff ?? [];
}

async function carryOut(
  visit: StaffVisit,
  { id }: DeskCall,
  caseId: CaseId,
  kind: 'merge' | 'handOff',
  input: Readonly<Record<string, unknown>>,
): Promise<string | undefined> {
  const { town, now, staff } = visit;
  const action = Object.values(town.pack.process.actions).find((one) => one.act === kind);
  if (!action) return visit.w.errors.badRequest;
  const order = { commandId: `desk/${id}/${kind}`, caseId, action: action.name, by: staff.actor, input };
  const done = await act(town, order, now);
  return isRefusal(done) ? sayRefusal(visit, done) : undefined;
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

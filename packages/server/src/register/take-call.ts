import { type CaseId, Fault, type Instant, isRefusal, type Refusal, refuse } from '@gezhi/basis';
import { type Actor, type HandedTo, replay } from '@gezhi/cases';
import type { DeskCall } from '@gezhi/contract';
import { loadFacts } from '@gezhi/storage';
import { act, type Incoming, keepShown, placeOfCandidate, type Receipt, type Town } from '@gezhi/town';

/** A call as a seat wrote it down, whichever desk it sits at. */
export type Call = {
  /** Chosen by the desk: sending twice is harmless. */
  readonly id: string;
  readonly source: 'pages/desk' | 'console/desk';
  readonly words: string;
  readonly publicity: 'public' | 'private';
  readonly callerNumber?: string | undefined;
  readonly name?: string | undefined;
  /** What the seat picked; left out, the words are read as always. */
  readonly kind?: string | undefined;
  /** A candidate of the reading. */
  readonly place?: string | undefined;
  /** Taken from a service outside, where our own register had no such place. */
  readonly outside?: DeskCall['outside'];
  readonly placeText?: string | undefined;
  /** The case that it says the same as. */
  readonly join?: string | undefined;
  readonly handOff?: HandedTo | undefined;
  /** The cases that stood beside the text when it was sent. */
  readonly shown: readonly string[];
};

export type TakenCall = {
  readonly receipt: Receipt;
  /** Where it is now: its own case, or the one that it was joined to; none while the database is away. */
  readonly caseId?: CaseId | undefined;
  readonly joined: boolean;
  /** What the seat asked for besides, and why not. */
  readonly refused: readonly { readonly what: 'merge' | 'handOff'; readonly why: Refusal }[];
};

type TakeIn = (town: Town, signals: readonly Incoming[]) => Promise<readonly object[]>;

/**
 * Takes a call in, and then hands a danger off and joins the call to the case that the seat named: whatever of these is refused, the call is
 * taken and nothing is lost. Refuses what taking in refuses.
 */
export async function takeCall(
  town: Town,
  call: Call,
  by: Actor,
  now: Instant,
  takeIn: TakeIn,
): Promise<TakenCall | Refusal> {
  const [taken] = await takeIn(town, [signalOf(town, call, now)]);
  if (!taken) throw new Fault('not-taken', 'A call was sent in and nothing came of it.');
  if (isRefusal(taken)) return taken;
  const receipt = taken as Receipt;
  const { caseId, joined } = receipt;
  if (!caseId) return { receipt, joined: false, refused: [] };
  if (!joined) await keepShown(town, { caseId, text: textOf(call), kind: call.kind }, call.shown, now);
  const carryOut = (what: 'merge' | 'handOff', input: Readonly<Record<string, unknown>>) =>
    carryOutIn(town, call, { caseId, what, input }, by, now);
  const { handOff, join } = call;
  const isOwed = handOff !== undefined && !(await handedOff(town, caseId)).includes(handOff);
  const refused = isOwed ? await carryOut('handOff', { to: handOff }) : [];
  if (joined || join === undefined || join === caseId) return { receipt, caseId, joined, refused };
  const apart = await carryOut('merge', { into: join });
  const isJoined = apart.length === 0;
  const where = isJoined ? (join as CaseId) : caseId;
  return { receipt, caseId: where, joined: isJoined, refused: [...refused, ...apart] };
}

/** What is read of a call: the words, and where the caller says it is. */
export function textOf({ words, placeText }: Pick<Call, 'words' | 'placeText'>): string {
  return [words, placeText].filter(Boolean).join('\n');
}

/** A kind that the seat picked is stated; one that nobody picked is read as always. */
function signalOf(town: Town, call: Call, now: Instant): Incoming {
  const { id, source, words, kind, placeText, callerNumber, name, publicity } = call;
  const place = call.place === undefined ? undefined : placeOfCandidate(town, call.place);
  const finest = Object.entries(place?.layers ?? {}).map(([layer, codes]) => [layer, codes.at(-1)!]);
  return {
    source,
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
    ...(placeText ? { placeText } : {}),
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

/** To whom a danger went already: what is heard at once is handed off by itself. */
async function handedOff(town: Town, caseId: CaseId): Promise<readonly string[]> {
  return replay((await loadFacts(town.db.pool, town.district, [caseId])).get(caseId) ?? [])?.handedOff ?? [];
}

type Wanted = {
  readonly caseId: CaseId;
  readonly what: 'merge' | 'handOff';
  readonly input: Readonly<Record<string, unknown>>;
};

async function carryOutIn(
  town: Town,
  { id }: Call,
  { caseId, what, input }: Wanted,
  by: Actor,
  now: Instant,
): Promise<TakenCall['refused']> {
  const action = Object.values(town.pack.process.actions).find((one) => one.act === what);
  if (!action) return [{ what, why: refuse('no-such-action', `No action of this town does "${what}".`) }];
  const order = { commandId: `desk/${id}/${what}`, caseId, action: action.name, by, input };
  const done = await act(town, order, now);
  return isRefusal(done) ? [{ what, why: done }] : [];
}

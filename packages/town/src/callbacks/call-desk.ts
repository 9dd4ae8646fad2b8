import { type CaseId, type Instant, isRefusal, MINUTE, type Refusal, refuse } from '@gezhi/basis';
import { type Actor, type CallbackAnswer, type Case, replay } from '@gezhi/cases';
import {
  type CallbackClaim,
  callbackCandidates,
  claimCallback,
  claimOfSeat,
  endClaim,
  loadFacts,
  restCallback,
} from '@gezhi/storage';
import { act, type Done } from '../act.ts';
import { mayEdition } from '../editions/may-edition.ts';
import { listSamples } from '../editions/samples.ts';
import { keyedHash } from '../keyed-hash.ts';
import { processOf, type Town } from '../town.ts';
import { owedActions } from './owed.ts';

/** How long a seat has the request that it was given, before another seat may get it. */
export const CLAIM_MS = 20 * MINUTE;
/** Candidates are looked at so many at a time, until one owes a call. */
const LOOK_AHEAD = 40;
/** The most looked at for one press of a key; what rests is not looked at again, so the next press gets further. */
const LOOKED_AT_MAX = 1000;

/** A request to call, with its case as it stands. Nothing of the caller's other requests is read. */
export type Call = CallbackClaim & { readonly c: Case };

/** What a seat brings back from a call. */
export type CallResult = { readonly answer: CallbackAnswer; readonly way: string };

/**
 * The next request to call, for this seat until `until`: the one that it has, else the first in an order that no seat can choose (due ones
 * first, then a draw keyed by the installation's secret and the day). `undefined` where nobody is owed a call now.
 *
 * Refuses `no-power`. Two round trips for what the seat has; for the next, two for each forty candidates.
 */
export async function nextCall(town: Town, by: Actor, now: Instant): Promise<Call | undefined | Refusal> {
  const power = mayEdition(town, 'callBack', by);
  if (isRefusal(power)) return power;
  const held = await heldCall(town, by, now);
  if (held) return held;
  const drawn = town.profile.callbacks === 'sample' ? await drawnNumbers(town) : undefined;
  for (let offset = 0; offset < LOOKED_AT_MAX; ) {
    const page = { key: orderKey(town, now), now, limit: LOOK_AHEAD, offset };
    const candidates = await callbackCandidates(town.db.pool, town.district, page);
    if (candidates.length === 0) return undefined;
    const histories = await loadFacts(
      town.db.pool,
      town.district,
      candidates.map(({ caseId }) => caseId),
    );
    let rested = 0;
    for (const candidate of candidates) {
      const c = replay(histories.get(candidate.caseId) ?? []);
      const call = c && (await claimIn(town, c, by, now, drawn));
      if (call === 'rests') {
        await restCallback(town.db.pool, town.district, candidate, c && restsUntil(town, c, now));
        rested += 1;
      } else if (call) return call;
    }
    offset += candidates.length - rested;
    if (rested === 0 && candidates.length < LOOK_AHEAD) return undefined;
  }
  return undefined;
}

/** What the seat was given and has not finished; what was answered another way meanwhile is let go. */
export async function heldCall(town: Town, by: Actor, now: Instant): Promise<Call | undefined> {
  const claim = await claimOfSeat(town.db.pool, town.district, seatOf(town, by), now);
  if (!claim) return undefined;
  const c = await caseOf(town, claim.caseId);
  if (c && owedActions(town, c, by, now).has(claim.number)) return { ...claim, c };
  await endClaim(town.db.pool, town.district, claim.number);
  return undefined;
}

/** Writes down what was said in the call that the seat has. Refuses `not-your-turn` where it has none. */
export async function finishCall(
  town: Town,
  by: Actor,
  { answer, way }: CallResult,
  commandId: string,
  now: Instant,
): Promise<Done | Refusal> {
  return await endWith(town, by, now, commandId, (number) => ({ number, answer, way }));
}

/**
 * Nobody answered: one key. Writes a try; where tries enough were made, at hours and by ways as the process asks, the request counts as
 * unreachable. So a call is skipped only by a try that shows.
 */
export async function missCall(
  town: Town,
  by: Actor,
  way: string,
  commandId: string,
  now: Instant,
): Promise<Done | Refusal> {
  const held = await heldCall(town, by, now);
  const action =
    held && Object.values(processOf(town, held.c).actions).find(({ act: kind }) => kind === 'tryCallback');
  if (!held || !action) return notYourTurn();
  const { number, caseId } = held;
  const input = { number, way };
  const tried = await act(town, { commandId, caseId, action: action.name, by, input }, now);
  if (isRefusal(tried)) return tried;
  const gone = await endWith(town, by, now, `${commandId}/gone`, () => ({ number, unreachable: [way] }));
  await endClaim(town.db.pool, town.district, number);
  return isRefusal(gone) ? tried : gone;
}

/** Whether a post may send this call back as a command: only what it was given. For doors that take any command. */
export async function refuseUnclaimed(
  town: Town,
  by: Actor,
  { number, kind }: { readonly number: unknown; readonly kind: string },
  now: Instant,
): Promise<Refusal | undefined> {
  if ((kind !== 'callBack' && kind !== 'tryCallback') || !town.posts.has(by.post)) return undefined;
  const held = await heldCall(town, by, now);
  return held?.number === number ? undefined : notYourTurn();
}

function notYourTurn(): Refusal {
  return refuse('not-your-turn', 'This seat was not given that request. Ask for the next one.');
}

async function endWith(
  town: Town,
  by: Actor,
  now: Instant,
  commandId: string,
  inputFor: (number: string) => Readonly<Record<string, unknown>>,
): Promise<Done | Refusal> {
  const held = await heldCall(town, by, now);
  const action = held && owedActions(town, held.c, by, now).get(held.number);
  if (!held || !action) return notYourTurn();
  const { caseId, number } = held;
  const done = await act(town, { commandId, caseId, action, by, input: inputFor(number) }, now);
  if (!isRefusal(done)) await endClaim(town.db.pool, town.district, number);
  return done;
}

/** Claims the first request of a case that may be called now; `rests` where there is none. */
async function claimIn(
  town: Town,
  c: Case,
  by: Actor,
  now: Instant,
  drawn: ReadonlySet<string> | undefined,
): Promise<Call | 'rests' | undefined> {
  const ready = [...owedActions(town, c, by, now).keys()].filter(
    (number) => (drawn === undefined || drawn.has(number)) && readyAt(town, c, number) <= now,
  );
  if (ready.length === 0) return 'rests';
  for (const number of ready) {
    const claim = { number, caseId: c.caseId, until: now + CLAIM_MS };
    if (await claimCallback(town.db.pool, town.district, claim, seatOf(town, by), now))
      return { ...claim, c };
  }
  return undefined;
}

/** After a try the same request rests as long as tries must lie apart. */
function readyAt(town: Town, c: Case, number: string): Instant {
  const last = c.voices[number]?.tries?.at(-1)?.at;
  const apartMs = (processOf(town, c).callback?.apartMinutes ?? 0) * MINUTE;
  return last === undefined ? 0 : last + apartMs;
}

/** When a case is worth looking at again though nothing happens to it; never where nobody rests after a try. */
function restsUntil(town: Town, c: Case, now: Instant): Instant | undefined {
  const later = Object.values(c.voices)
    .filter(({ callback }) => !callback)
    .map(({ number }) => readyAt(town, c, number))
    .filter((at) => at > now);
  return later.length > 0 ? Math.min(...later) : undefined;
}

/** The requests that were drawn by seeds promised before, for callbacks. */
async function drawnNumbers(town: Town): Promise<ReadonlySet<string>> {
  const samples = await listSamples(town);
  return new Set(
    samples.flatMap(({ purpose, drawing }) => (purpose === 'callback' ? (drawing?.drawn ?? []) : [])),
  );
}

function orderKey(town: Town, now: Instant): string {
  const day = town.calendar.zone.dayOf(now);
  return keyedHash(town.secret, `callback-order:${town.district}:${day}`).toString('hex');
}

function seatOf(town: Town, { post, person = '' }: Actor): string {
  return keyedHash(town.secret, `seat:${town.district}:${post}:${person}`).toString('base64url');
}

async function caseOf(town: Town, caseId: CaseId): Promise<Case | undefined> {
  return replay((await loadFacts(town.db.pool, town.district, [caseId])).get(caseId) ?? []);
}

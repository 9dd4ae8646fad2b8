import { type CaseId, type Instant, isRefusal, type Refusal, type RequestNumber, refuse } from '@gezhi/basis';
import {
  type Actor,
  type Case,
  type CasePlace,
  type Context,
  type Decision,
  decide,
  type Fact,
  nextDue,
  open,
  openStated,
  replay,
  type Stated,
  type Voice,
} from '@gezhi/cases';
import {
  appendFacts,
  type ContactRow,
  caseNowOf,
  findRequest,
  insertCases,
  insertContacts,
  insertRequests,
  insertSignals,
  insertWords,
  inTransaction,
  isConflict,
  knownSignals,
  loadFacts,
  openMonths,
  type RequestRow,
  type SignalRow,
  sameWords,
  updateCases,
  type WordsRow,
} from '@gezhi/storage';
import { proposeKind } from '@gezhi/text';
import { contextOf } from './context.ts';
import type { Incoming, Receipt } from './incoming.ts';
import { locate } from './locate.ts';
import { openingCode } from './numbers.ts';
import { processOf, type Town } from './town.ts';
import { keepWords, newId, samenessOf } from './words.ts';

const TRIES = 5;

/**
 * Takes a batch of signals in, all in one transaction: each finds its place and kind, opens a case or joins one, and goes on as far as
 * the process goes by itself. Answers a receipt or a refusal for each, in order; when it answers, everything is on disk.
 *
 * Sending twice is harmless: `(district, source, id)` taken in before answers what it answered then. Costs a fixed number of round
 * trips whatever the size of the batch (two to read, seven to write).
 *
 * @throws where the database is away: nothing was taken in, and the same batch can be sent again
 */
export async function takeIn(
  town: Town,
  signals: readonly Incoming[],
  now: Instant,
  by: Actor = { post: 'intake' },
): Promise<readonly (Receipt | Refusal)[]> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await takeInOnce(town, signals, now, by);
    } catch (error) {
      if (!isConflict(error) || attempt === TRIES) throw error;
    }
  }
}

/** A signal that is read: its place, its kind and the keyed hash of its wording. */
type ReadSignal = {
  readonly signal: Incoming;
  readonly place: CasePlace;
  readonly kind: string;
  readonly kindBecause: 'stated' | 'proposed' | 'none';
  readonly same: Buffer | null;
};

async function takeInOnce(
  town: Town,
  signals: readonly Incoming[],
  now: Instant,
  by: Actor,
): Promise<readonly (Receipt | Refusal)[]> {
  const receipts = new Map<string, Receipt | Refusal>();
  for (const known of await knownSignals(town.db.pool, town.district, signals)) {
    receipts.set(`${known.source}\n${known.id}`, {
      caseId: known.case_id,
      ...(known.number ? { number: known.number, code: openingCode(town.secret, known.number) } : {}),
      known: true,
      joined: false,
    });
  }
  const first = new Map(signals.map((signal) => [keyOf(signal), signal]).reverse() as [string, Incoming][]);
  const fresh = [...first.values()].reverse().filter((signal) => !receipts.has(keyOf(signal)));
  if (fresh.length > 0) {
    const read = fresh.map((signal) => readSignal(town, signal));
    const batch = await prepare(town, read, now, by);
    for (const item of read) receipts.set(keyOf(item.signal), admit(batch, item));
    await write(batch);
  }
  return signals.map((signal) => {
    const receipt = receipts.get(keyOf(signal))!;
    return first.get(keyOf(signal)) === signal || isRefusal(receipt) ? receipt : { ...receipt, known: true };
  });
}

const keyOf = (s: { source: string; id: string }): string => `${s.source}\n${s.id}`;

function readSignal(town: Town, signal: Incoming): ReadSignal {
  const place = locate(town, signal);
  const said = signal.words;
  const proposed = signal.kind ? undefined : said ? proposeKind(town.pack.kinds, said) : undefined;
  const kind = signal.kind ?? proposed?.kind ?? 'unknown';
  const kindBecause = signal.kind ? 'stated' : proposed ? 'proposed' : 'none';
  const mayJoin = signal.mayJoin !== false && said !== undefined && !signal.follows;
  return {
    signal,
    place,
    kind,
    kindBecause,
    same: mayJoin ? samenessOf(town, kind, place.code, said) : null,
  };
}

/** A batch in the making: what was loaded, and what is to be written. */
type Batch = {
  readonly town: Town;
  readonly now: Instant;
  readonly by: Actor;
  readonly context: Context;
  readonly cases: Map<CaseId, Case>;
  readonly opened: Set<CaseId>;
  readonly changed: Set<CaseId>;
  readonly same: Map<string, CaseId>;
  readonly follows: ReadonlyMap<string, CaseId>;
  readonly facts: Fact[];
  readonly signals: SignalRow[];
  readonly words: WordsRow[];
  readonly contacts: ContactRow[];
  readonly requests: RequestRow[];
};

async function prepare(town: Town, read: readonly ReadSignal[], now: Instant, by: Actor): Promise<Batch> {
  const { pool } = town.db;
  const hashes = read.flatMap((item) => item.same ?? []);
  const same = new Map(await sameWords(pool, town.district, hashes));
  const follows = new Map<string, CaseId>();
  for (const { signal } of read) {
    if (!signal.follows) continue;
    const caseId = await findRequest(pool, town.district, signal.follows);
    if (caseId) follows.set(signal.follows, caseId);
  }
  const histories = await loadFacts(pool, town.district, [
    ...new Set([...same.values(), ...follows.values()]),
  ]);
  const cases = new Map([...histories].map(([id, facts]) => [id, replay(facts)!]));
  await town.numbers.ready(read.length);
  return {
    town,
    now,
    by,
    context: contextOf(town, now),
    cases,
    opened: new Set(),
    changed: new Set(),
    same,
    follows,
    facts: [],
    signals: [],
    words: [],
    contacts: [],
    requests: [],
  };
}

function admit(batch: Batch, item: ReadSignal): Receipt | Refusal {
  const { signal } = item;
  if (signal.follows) return follow(batch, item, signal.follows);
  const number = signal.found ? undefined : batch.town.numbers.issue();
  const target = item.same ? batch.same.get(item.same.toString('hex')) : undefined;
  const receipt =
    target && number
      ? join(batch, item, number, target)
      : (openCase(batch, item, number) as Receipt | Refusal);
  if (isRefusal(receipt)) return receipt;
  keepContacts(batch, signal, number);
  return receipt;
}

function openCase(batch: Batch, item: ReadSignal, number: RequestNumber | undefined): Receipt | Refusal {
  const { town, now } = batch;
  const { signal, place, kind, kindBecause } = item;
  const caseId = newId(signal.occurredAt);
  const words = signal.words ? keepWords(now, caseId, number ?? null, signal.words, item.same) : undefined;
  const opening = {
    district: town.district,
    caseId,
    by: batch.by,
    cause: `${signal.source}/${signal.id}`,
    openedAt: signal.occurredAt,
    kind,
    kindBecause,
    place,
    ...(number ? { voice: voiceOf(town, item, number, words?.ref) } : words ? { words: words.ref } : {}),
    ...(signal.external ? { external: signal.external } : {}),
  };
  const { process } = town.pack;
  const decision = signal.stated
    ? openStated(process, opening, statedOf(batch, signal, caseId, number), batch.context)
    : open(process, opening, batch.context);
  if (isRefusal(decision)) return decision;
  batch.opened.add(caseId);
  if (item.same) batch.same.set(item.same.toString('hex'), caseId);
  if (words) batch.words.push(words.row);
  return record(batch, signal, decision, number, false);
}

function statedOf(batch: Batch, signal: Incoming, caseId: CaseId, number: RequestNumber | undefined): Stated {
  const { unit, dispatchedAt, closedAt, reply, callback } = signal.stated!;
  const words = reply && keepWords(batch.now, caseId, number ?? null, reply.said);
  if (words) batch.words.push(words.row);
  return {
    source: signal.source,
    ...(unit ? { lead: { unit } } : {}),
    ...(dispatchedAt === undefined ? {} : { dispatchedAt }),
    ...(closedAt === undefined ? {} : { closedAt }),
    ...(reply && words ? { reply: { words: words.ref, at: reply.at } } : {}),
    ...(callback ? { callback } : {}),
  };
}

function voiceOf(
  town: Town,
  { signal, kind }: ReadSignal,
  number: RequestNumber,
  words: Voice['words'],
): Voice {
  return {
    number,
    signal: { source: signal.source, id: signal.id },
    requestKind: signal.requestKind ?? town.kinds.get(kind)?.requestKind ?? 'help',
    channel: signal.channel,
    publicity: town.kinds.get(kind)?.public && signal.publicity === 'public' ? 'public' : 'private',
    saidAt: signal.occurredAt,
    ...(words ? { words } : {}),
  };
}

/** The same words of the same kind and place as an open case: one more voice in it. */
function join(batch: Batch, item: ReadSignal, number: RequestNumber, caseId: CaseId): Receipt | Refusal {
  const { town, now } = batch;
  const before = batch.cases.get(caseId)!;
  const words = keepWords(now, caseId, number, item.signal.words!, null);
  const decision = decide(
    processOf(town, before),
    before,
    {
      commandId: `${item.signal.source}/${item.signal.id}`,
      action: 'join',
      by: batch.by,
      occurredAt: item.signal.occurredAt,
      input: { voice: voiceOf(town, item, number, words.ref), because: [{ code: 'same-words' }] },
    },
    batch.context,
  );
  // An open case that does not take voices in (merged meanwhile, another scene's rule) is no reason to lose one.
  if (isRefusal(decision)) return openCase(batch, { ...item, same: null }, number);
  batch.words.push(words.row);
  return record(batch, item.signal, decision, number, true);
}

function follow(batch: Batch, { signal }: ReadSignal, number: RequestNumber): Receipt | Refusal {
  const { town, now } = batch;
  const caseId = batch.follows.get(number);
  const before = caseId && batch.cases.get(caseId);
  if (!before) return refuse('no-such-request', `There is no request ${number}.`);
  if (!signal.words) return refuse('nothing-said', 'A follow-up says something.');
  const words = keepWords(now, before.caseId, number, signal.words);
  const decision = decide(
    processOf(town, before),
    before,
    {
      commandId: `${signal.source}/${signal.id}`,
      action: 'follow',
      by: batch.by,
      occurredAt: signal.occurredAt,
      input: { number, words: words.ref, signal: { source: signal.source, id: signal.id } },
    },
    batch.context,
  );
  if (isRefusal(decision)) return decision;
  batch.words.push(words.row);
  const receipt = record(batch, signal, decision, undefined, true);
  return { ...receipt, number };
}

function record(
  batch: Batch,
  signal: Incoming,
  decision: Decision,
  number: RequestNumber | undefined,
  joined: boolean,
): Receipt {
  const { caseId } = decision.after;
  batch.facts.push(...decision.facts);
  batch.cases.set(caseId, decision.after);
  if (!batch.opened.has(caseId)) batch.changed.add(caseId);
  if (number) batch.requests.push({ number, caseId });
  batch.signals.push({
    source: signal.source,
    id: signal.id,
    type: signal.type,
    occurredAt: signal.occurredAt,
    receivedAt: batch.now,
    caseId,
    number: number ?? signal.follows ?? null,
    attributes: signal.attributes,
  });
  return {
    caseId,
    ...(number ? { number, code: openingCode(batch.town.secret, number) } : {}),
    known: false,
    joined,
  };
}

function keepContacts(batch: Batch, signal: Incoming, number: RequestNumber | undefined): void {
  if (!number) return;
  for (const role of ['requester', 'reportedBy', 'contact'] as const) {
    const person = signal[role];
    if (person) batch.contacts.push({ number, role, person });
  }
}

async function write(batch: Batch): Promise<void> {
  const { town, cases } = batch;
  if (batch.facts.length === 0) return;
  await openMonths(town.db.pool, batch.opened);
  const rowOf = (id: CaseId): ReturnType<typeof caseNowOf> => {
    const c = cases.get(id)!;
    return caseNowOf(c, batch.now, nextDue(processOf(town, c), c, batch.context.due));
  };
  await inTransaction(town.db.pool, async (client) => {
    await insertSignals(client, town.district, batch.signals);
    await insertWords(client, town.district, batch.words);
    await insertContacts(client, town.district, batch.contacts);
    await insertRequests(client, town.district, batch.requests);
    await insertCases(client, town.district, [...batch.opened].map(rowOf));
    await updateCases(client, town.district, [...batch.changed].map(rowOf));
    await appendFacts(client, town.district, batch.facts);
  });
}

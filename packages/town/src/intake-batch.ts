import {
  type CaseId,
  DAY,
  type Instant,
  isRefusal,
  type Refusal,
  type RequestNumber,
  refuse,
} from '@gezhi/basis';
import {
  type Actor,
  type Case,
  type Context,
  type Decision,
  decide,
  type Fact,
  nextDue,
  open,
  openStated,
  type Stated,
  SYSTEM,
  type Voice,
} from '@gezhi/cases';
import { startOf } from '@gezhi/clock';
import {
  caseNowOf,
  openMonths,
  type RequestRow,
  type SignalRow,
  type WordsRow,
  writeBatchRows,
} from '@gezhi/storage';
import { type NewContact, ROLES, sealContacts } from './contacts/contact-fields.ts';
import { contextOf } from './context.ts';
import type { Incoming, Receipt } from './incoming.ts';
import { openingCode } from './numbers.ts';
import { type ReadSignal, reportKind } from './read-signal.ts';
import { packOfKind, processOf, type Town } from './town.ts';
import { keepWords, newId } from './words.ts';

/** A batch in the making: what was loaded, and what is to be written. */
export type Batch = {
  readonly town: Town;
  readonly now: Instant;
  readonly by: Actor;
  readonly context: Context;
  readonly cases: Map<CaseId, Case>;
  readonly opened: Set<CaseId>;
  readonly changed: Set<CaseId>;
  readonly same: Map<string, CaseId>;
  readonly follows: Map<string, CaseId>;
  readonly facts: Fact[];
  readonly signals: SignalRow[];
  readonly words: WordsRow[];
  readonly contacts: NewContact[];
  readonly requests: RequestRow[];
};

export function newBatch(town: Town, now: Instant, by: Actor): Batch {
  return {
    town,
    now,
    by,
    context: contextOf(town, now),
    cases: new Map(),
    opened: new Set(),
    changed: new Set(),
    same: new Map(),
    follows: new Map(),
    facts: [],
    signals: [],
    words: [],
    contacts: [],
    requests: [],
  };
}

/** Takes one signal in: follows a request up, joins a case, or opens one. Changes the batch only. */
export function admit(batch: Batch, item: ReadSignal): Receipt | Refusal {
  const { signal } = item;
  if (signal.follows) return follow(batch, item, signal.follows);
  const number = signal.found ? undefined : (signal.issued ?? batch.town.numbers.issue());
  const said = item.same ? batch.same.get(item.same.toString('hex')) : undefined;
  const target = signal.joins && batch.cases.has(signal.joins) ? signal.joins : said;
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
  const openedAt = openingOf(signal, now);
  const caseId = newId(openedAt);
  const words = keepSaid(now, caseId, number, item);
  const opening = {
    district: town.district,
    caseId,
    by: batch.by,
    cause: `${signal.source}/${signal.id}`,
    openedAt,
    kind,
    kindBecause,
    place,
    ...(number ? { voice: voiceOf(town, item, number, words?.ref) } : words ? { words: words.ref } : {}),
    ...(signal.external ? { external: signal.external } : {}),
    ...(item.signs.length ? { signs: item.signs } : {}),
    ...(signal.against?.length ? { against: signal.against } : {}),
  };
  const { process } = (signal.scene && town.packs.get(signal.scene)) || town.pack;
  const decision = signal.stated
    ? openStated(process, opening, statedOf(batch, signal, caseId, number), batch.context)
    : open(process, opening, batch.context);
  if (isRefusal(decision)) return decision;
  batch.opened.add(caseId);
  if (item.same) batch.same.set(item.same.toString('hex'), caseId);
  if (words) batch.words.push(words.row);
  if (item.reportSigns.length > 0) reportByDuty(batch, item, caseId);
  return record(batch, signal, decision, number, false);
}

/**
 * What is told by duty goes into a secret case beside this one: with the words, the place and the signs, without a requester's number,
 * and without a fact here, so that whoever works on this one does not learn of it.
 */
function reportByDuty(batch: Batch, item: ReadSignal, parent: CaseId): void {
  const { town, now } = batch;
  const { signal, place, reportSigns } = item;
  const { code } = reportKind(town)!;
  const openedAt = openingOf(signal, now);
  const caseId = newId(openedAt);
  const words = keepSaid(now, caseId, undefined, { ...item, same: null });
  const decision = open(
    packOfKind(town, code).process,
    {
      district: town.district,
      caseId,
      by: batch.by,
      cause: `${signal.source}/${signal.id}`,
      openedAt,
      kind: code,
      kindBecause: 'proposed',
      place,
      parent,
      signs: reportSigns,
      ...(words ? { words: words.ref } : {}),
    },
    batch.context,
  );
  if (isRefusal(decision)) throw new Error(`a report by duty cannot be opened: ${decision.because}`);
  if (words) batch.words.push(words.row);
  batch.opened.add(caseId);
  batch.cases.set(caseId, decision.after);
  batch.facts.push(...decision.facts);
}

/** How far back a live signal is believed: a day in a cellar without network, and one to spare. Imported history keeps its own times. */
const BACKDATE_MAX_MS = 2 * DAY;

/** The moment from which the clocks of a case run: what the sender says where it is bounded, else when we heard it. */
function openingOf(signal: Incoming, now: Instant): Instant {
  if (signal.stated) return signal.occurredAt;
  return startOf({ occurredAt: signal.occurredAt, recordedAt: now, maxBackdateMs: BACKDATE_MAX_MS }).at;
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

/** What was said, of the matter and of its place; nothing where the signal says neither. */
function keepSaid(
  now: Instant,
  caseId: CaseId,
  number: RequestNumber | undefined,
  { signal, same }: ReadSignal,
): ReturnType<typeof keepWords> | undefined {
  if (!signal.words && !signal.placeText) return undefined;
  return keepWords(now, caseId, number ?? null, signal.words ?? '', { same, placeSaid: signal.placeText });
}

/** The same words of the same kind and place as an open case, or the case that its requester points at: one more voice in it. */
function join(batch: Batch, item: ReadSignal, number: RequestNumber, caseId: CaseId): Receipt | Refusal {
  const { town, now } = batch;
  const before = batch.cases.get(caseId)!;
  const words = keepSaid(now, caseId, number, { ...item, same: null });
  const because = [{ code: item.signal.joins === caseId ? 'me-too' : 'same-words' }];
  const decision = decide(
    processOf(town, before),
    before,
    {
      commandId: `${item.signal.source}/${item.signal.id}`,
      action: 'join',
      by: batch.by,
      occurredAt: item.signal.occurredAt,
      input: { voice: voiceOf(town, item, number, words?.ref), because },
    },
    batch.context,
  );
  // An open case that does not take voices in (merged meanwhile, another scene's rule) is no reason to lose one.
  if (isRefusal(decision)) return openCase(batch, { ...item, same: null }, number);
  if (words) batch.words.push(words.row);
  return record(batch, item.signal, decision, number, true);
}

function follow(batch: Batch, item: ReadSignal, number: RequestNumber): Receipt | Refusal {
  const { town, now } = batch;
  const { signal } = item;
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
  const receipt = record(batch, signal, handOffToo(batch, item, decision), undefined, true);
  if (item.reportSigns.length > 0) reportByDuty(batch, { ...item, place: before.place }, before.caseId);
  return { ...receipt, number };
}

/** A danger that is told afterwards is handed off as one that is told at first, whatever has become of the case. */
function handOffToo({ town, context }: Batch, { signal, signs }: ReadSignal, followed: Decision): Decision {
  let { after } = followed;
  const facts = [...followed.facts];
  const process = processOf(town, after);
  const action = Object.values(process.actions).find(({ act }) => act === 'handOff')?.name;
  for (const to of action === undefined ? [] : new Set(signs.map((sign) => sign.to))) {
    const because = signs.filter((sign) => sign.to === to).map(({ rule }) => ({ code: 'sign', rule }));
    const handed = decide(
      process,
      after,
      { commandId: `${signal.source}/${signal.id}`, action: action!, by: SYSTEM, input: { to, because } },
      context,
    );
    // Refused where they were told of an earlier danger here and have not acknowledged it: the case is red already.
    if (isRefusal(handed)) continue;
    facts.push(...handed.facts);
    after = handed.after;
  }
  return { facts, after };
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
  return receiptOf(batch.town, caseId, number, joined);
}

/** The code costs a keyed hash, and most imports never ask for it: it is computed when it is read. */
function receiptOf(town: Town, caseId: CaseId, number: RequestNumber | undefined, joined: boolean): Receipt {
  if (!number) return { caseId, known: false, joined };
  return {
    caseId,
    number,
    get code() {
      return openingCode(town.secret, number);
    },
    known: false,
    joined,
  };
}

function keepContacts(batch: Batch, signal: Incoming, number: RequestNumber | undefined): void {
  if (!number) return;
  for (const role of ROLES) {
    const person = signal[role];
    if (person) batch.contacts.push({ number, role, person });
  }
}

/** Writes everything in one transaction; the log's head is locked last. */
export async function writeBatch(batch: Batch): Promise<void> {
  const { town, cases } = batch;
  if (batch.facts.length === 0) return;
  await openMonths(town.db.pool, batch.opened);
  const rowOf = (id: CaseId): ReturnType<typeof caseNowOf> => {
    const c = cases.get(id)!;
    return caseNowOf(c, c.recordedAt, nextDue(processOf(town, c), c, batch.context.due));
  };
  const { persons, fields } = await sealContacts(town.vault, town.district, batch.contacts);
  await writeBatchRows(town.db.pool, town.district, {
    signals: batch.signals,
    words: batch.words,
    persons,
    fields,
    requests: batch.requests,
    opened: [...batch.opened].map(rowOf),
    changed: [...batch.changed].map(rowOf),
    facts: batch.facts,
  });
}

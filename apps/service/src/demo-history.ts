import { type CaseId, HOUR, type Instant, isRefusal, type RequestNumber } from '@gezhi/basis';
import { type Actor, type Case, type Command, decide } from '@gezhi/cases';
import { type Happening, happenings, type TownFiles } from '@gezhi/demo';
import {
  admit,
  type Batch,
  contextOf,
  type Incoming,
  type Installation,
  keepWords,
  locate,
  newBatch,
  processOf,
  readSignal,
  type Town,
  townOf,
  unitsAbove,
  writeBatch,
} from '@gezhi/town';
import { type Answered, type LivedCase, nextStep, nextVoice, type Step } from './demo-staff.ts';
import { Timeline } from './timeline.ts';

export type HistoryOptions = {
  readonly seed: number;
  /** The town's files, as they were imported. */
  readonly town: TownFiles;
  /** How far back history begins. */
  readonly days: number;
  readonly perDay: number;
  readonly now: Instant;
  readonly progress?: (share: number) => void;
};

/** Facts held before they are written: a few thousand a transaction, in the order in which they were recorded. */
const FACTS_A_WRITE = 6_000;

/**
 * Lets the made-up town live through the past: every report of the seeded stream is taken in, and every step is decided by the kernel at
 * the moment it was taken, by the post that the power list asks for. What is not due by `now` is left to be done, so that the town
 * is found in the middle of its work. About 10,000 reports in a few seconds.
 */
export async function liveHistory(
  installation: Installation,
  options: HistoryOptions,
): Promise<{ cases: number; facts: number; seconds: number }> {
  const began = performance.now();
  const { seed, town, days, perDay, now } = options;
  const from = now - days * 24 * HOUR;
  const life = new Life(townOf(installation), now);
  let counted = { cases: 0, facts: 0 };
  const flush = async (): Promise<void> => {
    counted = {
      cases: counted.cases + life.batch.opened.size,
      facts: counted.facts + life.batch.facts.length,
    };
    await life.write();
  };
  for (const happening of happenings(town, seed, { from, to: now, perDay })) {
    await life.liveUntil(happening.at);
    await life.hear(happening);
    if (life.batch.facts.length < FACTS_A_WRITE) continue;
    await flush();
    options.progress?.((happening.at - from) / (now - from));
  }
  await life.liveUntil(now);
  await flush();
  await life.written();
  return { ...counted, seconds: (performance.now() - began) / 1000 };
}

/** The town between two moments: what is open, what comes next, what is to be written. */
class Life {
  batch: Batch;
  readonly #town: Town;
  readonly #now: Instant;
  readonly #timeline = new Timeline<{ readonly caseId: CaseId; readonly step: Step }>();
  readonly #lived = new Map<CaseId, LivedCase>();
  readonly #told = new Map<string, { caseId: CaseId; number: RequestNumber | undefined }>();
  readonly #seats: readonly Actor[];
  readonly #checkers: readonly Actor[];
  #writing: Promise<void> = Promise.resolve();

  constructor(town: Town, now: Instant) {
    this.#town = town;
    this.#now = now;
    this.batch = newBatch(town, now, { post: 'intake' });
    const on = (kind: string): Actor[] =>
      [...town.posts.values()].filter((post) => post.kind === kind).map((post) => this.#sitting(post.code));
    this.#seats = on('seat');
    this.#checkers = on('checker');
  }

  async hear(h: Happening): Promise<void> {
    const before = this.#told.get(h.followUpOf ?? h.sameAs ?? '');
    const open = before && this.batch.cases.has(before.caseId) ? before : undefined;
    await this.#town.numbers.ready(1);
    const signal = incomingOf(h, open && h.followUpOf ? open.number : undefined);
    const batch = this.#at(h.at);
    if (signal.follows && open) batch.follows.set(signal.follows, open.caseId);
    const read = readSignal(this.#town, signal);
    // A seat that takes the call knows the open case of the same matter, and lets the caller join it.
    const hash = read.same?.toString('hex');
    if (open && h.sameAs && hash) batch.same.set(hash, open.caseId);
    const receipt = admit(batch, read);
    if (isRefusal(receipt)) return;
    this.#told.set(h.id, { caseId: receipt.caseId, number: receipt.number });
    if (this.#lived.has(receipt.caseId)) return;
    this.#lived.set(receipt.caseId, {
      happening: h,
      hash,
      reopened: false,
      street: (c) => this.#streetOf(c),
    });
    this.#plan(receipt.caseId, h.at);
  }

  /** Takes every step that is due by this moment, in order of time. */
  async liveUntil(until: Instant): Promise<void> {
    for (let due = this.#timeline.next(until); due; due = this.#timeline.next(until)) {
      this.#take(due.at, due.item.caseId, due.item.step);
      this.#plan(due.item.caseId, due.at);
    }
  }

  /** Hands the batch to the database and goes on living while it is written; at most one is on its way, so that the log keeps its order. */
  async write(): Promise<void> {
    await this.#writing;
    const { batch } = this;
    this.#writing = writeBatch(batch);
    // Whoever awaits it next is told; until then a failure is not an unhandled one.
    this.#writing.catch(() => undefined);
    const open = new Map([...batch.cases].filter(([id]) => this.#lived.has(id)));
    this.batch = { ...newBatch(this.#town, this.#now, { post: 'intake' }), cases: open, same: batch.same };
  }

  async written(): Promise<void> {
    await this.#writing;
  }

  #plan(caseId: CaseId, after: Instant): void {
    const lived = this.#lived.get(caseId);
    const c = this.batch.cases.get(caseId);
    if (!lived || !c) return;
    const next = nextStep(c, lived);
    if (next) this.#timeline.add(after + next.afterMs, { caseId, step: next.step });
    else this.#forget(caseId, lived);
  }

  /** A case that has ended needs no more memory; it is written with the batch. */
  #forget(caseId: CaseId, lived: LivedCase): void {
    this.#lived.delete(caseId);
    if (lived.hash) this.batch.same.delete(lived.hash);
  }

  #take(at: Instant, caseId: CaseId, step: Step): void {
    const before = this.batch.cases.get(caseId)!;
    const batch = this.#at(at);
    const decision = decide(
      processOf(this.#town, before),
      before,
      {
        commandId: `demo/${caseId}/${before.seq}`,
        action: step.action,
        by: this.#who(step, before),
        input: this.#inputOf(step, before, at),
      },
      batch.context,
    );
    if (isRefusal(decision)) {
      throw new Error(`the demo's ${step.action} of case ${caseId} was refused: ${decision.because}`);
    }
    batch.facts.push(...decision.facts);
    batch.cases.set(caseId, decision.after);
    if (!batch.opened.has(caseId)) batch.changed.add(caseId);
    const lived = this.#lived.get(caseId)!;
    if (decision.after.counts.reopenings > 0) this.#lived.set(caseId, { ...lived, reopened: true });
  }

  #inputOf(step: Step, c: Case, at: Instant): Command['input'] {
    const { words, callBack, find, ...input } = step.input ?? {};
    const keep = (said: string): unknown => {
      const { ref, row } = keepWords(at, c.caseId, null, said);
      this.batch.words.push(row);
      return ref;
    };
    return {
      ...input,
      ...(words ? { words: keep(words) } : {}),
      ...(callBack ? callBackInput(c, callBack) : {}),
      ...(step.action === 'tryCallback' ? { number: nextVoice(c).number } : {}),
      ...(find ? { place: locate(this.#town, { ...EMPTY, statedPlaces: { grid: find } }) } : {}),
      ...(step.action === 'check' ? { unit: this.#unitOf(this.#checkerOf(c)) } : {}),
    } as Command['input'];
  }

  #who(step: Step, c: Case): Actor {
    switch (step.by) {
      case 'lead':
        return this.#sitting(c.lead!.post ?? this.#anyPostOf(c.lead!.unit));
      case 'checker':
        return this.#checkerOf(c);
      case 'seat':
        return this.#seats[Number.parseInt(c.caseId.slice(-4), 16) % this.#seats.length]!;
    }
  }

  #checkerOf(c: Case): Actor {
    const lead = c.lead!.unit;
    const above = unitsAbove(this.#town, lead);
    const independent = this.#checkers.filter((checker) => {
      const unit = this.#unitOf(checker);
      return unit !== lead && !unitsAbove(this.#town, unit).includes(lead);
    });
    return independent.find((checker) => above.includes(this.#unitOf(checker))) ?? independent[0]!;
  }

  #streetOf(c: Case): string {
    const places = new Set(c.place.layers.division ?? []);
    const streets = [...this.#town.units.values()].filter((unit) => unit.level === 'street');
    const here = streets.find((unit) => unit.place !== undefined && places.has(unit.place));
    if (!here) throw new Error(`no street answers for the place ${c.place.code} of case ${c.caseId}`);
    return here.code;
  }

  #unitOf(actor: Actor): string {
    return this.#town.posts.get(actor.post)!.unit;
  }

  #anyPostOf(unit: string): string {
    const post = [...this.#town.posts.values()].find((p) => p.unit === unit && p.kind === 'desk');
    return (post ?? [...this.#town.posts.values()].find((p) => p.unit === unit))!.code;
  }

  #sitting(post: string): Actor {
    const staffing = this.#town.staff.find((s) => s.post === post);
    return staffing ? { post, person: staffing.person } : { post };
  }

  #at(now: Instant): Batch {
    this.batch = { ...this.batch, now, context: contextOf(this.#town, now) };
    return this.batch;
  }
}

const EMPTY: Incoming = { source: '', id: '', type: '', occurredAt: 0, channel: '' };

function incomingOf(h: Happening, follows: RequestNumber | undefined): Incoming {
  const person = { name: h.person.name, reachMe: [{ way: 'phone' as const, address: h.person.phone }] };
  return {
    source: `demo/${h.channel}`,
    id: h.id,
    type: 'gezhi.report.v1',
    occurredAt: h.at,
    channel: h.channel,
    words: h.words,
    ...(h.kindStated ? { kind: h.kind } : {}),
    requestKind: h.requestKind,
    publicity: 'public',
    ...(h.point ? { point: h.point } : {}),
    ...(h.placeText ? { placeText: h.placeText } : {}),
    requester: person,
    ...(h.reportedBy ? { reportedBy: { name: h.reportedBy } } : {}),
    ...(follows ? { follows } : {}),
  };
}

function callBackInput(c: Case, answered: Answered): Record<string, unknown> {
  const { number } = nextVoice(c);
  return answered === 'unreachable'
    ? { number, unreachable: ['phone', 'sms'] }
    : { number, answer: answered, way: 'phone' };
}

import { type CaseId, HOUR, type Instant, isRefusal, MINUTE, type RequestNumber } from '@gezhi/basis';
import { type Case, type Command, childEnded, decide, nextDue, passDeadlines, type Ref } from '@gezhi/cases';
import type { Happening } from '@gezhi/demo';
import {
  admit,
  type Batch,
  contextOf,
  keepWords,
  newBatch,
  newId,
  openChildren,
  processOf,
  readSignal,
  type Town,
  writeBatch,
} from '@gezhi/town';
import { courseOf } from './demo-course.ts';
import { incomingOf, inputOf } from './demo-orders.ts';
import { Posts } from './demo-posts.ts';
import { atTheTerm, nextStep } from './demo-staff.ts';
import type { LivedCase, Next, Step } from './demo-step.ts';
import { Timeline } from './timeline.ts';

/** What comes next in a case: somebody takes a step, or one of its clocks passes first and the step comes then. */
type Coming = { readonly caseId: CaseId; readonly step: Step; readonly at: Instant; readonly clock?: true };

/**
 * The made-up town between two moments: what is open, what comes next, what is to be written. Every step is decided by the kernel at the
 * moment at which it is taken, by a post that the power list allows; clocks are noted when they pass.
 */
export class Life {
  batch: Batch;
  /** How many optional steps the kernel refused, by action and reason. */
  readonly refused = new Map<string, number>();
  readonly #town: Town;
  readonly #now: Instant;
  readonly #posts: Posts;
  readonly #timeline = new Timeline<Coming>();
  readonly #lived = new Map<CaseId, LivedCase>();
  readonly #told = new Map<string, { caseId: CaseId; number: RequestNumber | undefined }>();
  readonly #waiting = new Set<CaseId>();
  #writing: Promise<void> = Promise.resolve();

  constructor(town: Town, now: Instant) {
    this.#town = town;
    this.#now = now;
    this.#posts = new Posts(town);
    this.batch = newBatch(town, now, { post: 'intake' });
  }

  async hear(h: Happening): Promise<void> {
    const before = this.#told.get(h.followUpOf ?? h.sameAs ?? '');
    const open = before && this.batch.cases.has(before.caseId) ? before : undefined;
    await this.#town.numbers.ready(1);
    const course = courseOf(h);
    const signal = incomingOf(h, course, open && h.followUpOf ? open.number : undefined);
    const batch = this.#at(h.at);
    if (signal.follows && open) batch.follows.set(signal.follows, open.caseId);
    const read = readSignal(this.#town, signal, h.at);
    // A seat that takes the call knows the open case of the same matter, and lets the caller join it.
    const hash = read.same?.toString('hex');
    if (open && h.sameAs && hash) batch.same.set(hash, open.caseId);
    const receipt = admit(batch, read);
    if (isRefusal(receipt)) return;
    this.#told.set(h.id, { caseId: receipt.caseId, number: receipt.number });
    if (this.#lived.has(receipt.caseId)) return;
    this.#begin(receipt.caseId, { happening: h, course, ...(hash ? { hash } : {}), taken: new Set() }, h.at);
  }

  /** Takes every step that is due by this moment, in order of time. */
  liveUntil(until: Instant): void {
    for (let due = this.#timeline.next(until); due; due = this.#timeline.next(until)) {
      const { at, item } = due;
      if (!this.#lived.has(item.caseId)) continue;
      if (item.clock) this.#pass(at, item);
      else if (this.#take(at, item.caseId, item.step)) this.#plan(item.caseId, at);
    }
  }

  /** Hands the batch to the database and goes on living while it is written; at most one is on its way, so that the log keeps its order. */
  async write(write: (batch: Batch) => Promise<void> = writeBatch): Promise<void> {
    await this.#writing;
    const { batch } = this;
    this.#writing = write(batch);
    // Whoever awaits it next is told; until then a failure is not an unhandled one.
    this.#writing.catch(() => undefined);
    const open = new Map([...batch.cases].filter(([id]) => this.#lived.has(id)));
    this.batch = { ...newBatch(this.#town, this.#now, { post: 'intake' }), cases: open, same: batch.same };
  }

  async written(): Promise<void> {
    await this.#writing;
  }

  #begin(caseId: CaseId, lived: LivedCase, at: Instant): void {
    this.#lived.set(caseId, lived);
    this.#plan(caseId, at);
  }

  #plan(caseId: CaseId, after: Instant): void {
    const lived = this.#lived.get(caseId);
    const c = this.batch.cases.get(caseId);
    if (!lived || !c) return;
    const next = nextStep(c, lived, this.#posts);
    if (next === 'waits') this.#waiting.add(caseId);
    else if (next) this.#add(c, after, next);
    else this.#forget(c, lived);
  }

  /** A clock that ends before the next step is noted when it passes. Nothing is due within minutes, nor before a callback: not looked for. */
  #add(c: Case, after: Instant, { step, afterMs }: Next): void {
    const { caseId } = c;
    const at = after + afterMs;
    this.#remind(c, { caseId, step, at }, after, afterMs > this.#soon(c) && c.phase !== 'check');
  }

  #soon(c: Case): number {
    const urgency = this.#town.kinds.get(c.kind)?.urgency;
    return urgency === 'danger' ? HOUR / 2 : urgency === 'utility' ? 2 * HOUR : 4 * HOUR;
  }

  #remind(c: Case, coming: Coming, after: Instant, looks: boolean): void {
    const due = looks ? nextDue(processOf(this.#town, c), c, this.#at(after).context.due)?.dueAt : undefined;
    const noted = due === undefined ? coming.at : Math.max(after, due) + NOTED_AFTER_MS;
    if (noted < coming.at) this.#timeline.add(noted, { ...coming, clock: true });
    else this.#timeline.add(coming.at, coming);
  }

  #pass(at: Instant, coming: Coming): void {
    const { caseId } = coming;
    const before = this.batch.cases.get(caseId)!;
    const { facts, after } = passDeadlines(processOf(this.#town, before), before, this.#at(at).context);
    this.#keep(after, facts);
    const asked = atTheTerm(after, this.#lived.get(caseId)!);
    if (asked) this.#take(at, caseId, asked);
    this.#remind(this.batch.cases.get(caseId)!, { caseId, step: coming.step, at: coming.at }, at, true);
  }

  /** A case that has ended needs no more memory; it is written with the batch. One with open parts is still to hear of their end. */
  #forget(c: Case, lived: LivedCase): void {
    if (c.children.length > (c.endedChildren?.length ?? 0)) return;
    this.#lived.delete(c.caseId);
    if (lived.hash) this.batch.same.delete(lived.hash);
  }

  /** Whether the case goes on. */
  #take(at: Instant, caseId: CaseId, step: Step): boolean {
    const before = this.batch.cases.get(caseId)!;
    const lived = this.#lived.get(caseId)!;
    const batch = this.#at(at);
    const command = this.#command(step, before, at);
    const decision = decide(processOf(this.#town, before), before, command, batch.context);
    if (step.optional || before.parent) lived.taken.add(step.action);
    if (isRefusal(decision)) {
      if (!step.optional)
        throw new Error(`the demo's ${step.action} of case ${caseId} was refused: ${decision.because}`);
      const what = `${step.action}: ${decision.code}`;
      this.refused.set(what, (this.refused.get(what) ?? 0) + 1);
      return true;
    }
    this.#keep(decision.after, decision.facts);
    if (decision.after.children.length > before.children.length) this.#openParts(command, before, lived, at);
    this.#tellWhole(before, decision.after, at);
    return true;
  }

  #openParts(command: Command, whole: Case, { happening, course }: LivedCase, at: Instant): void {
    const writing = { words: [], changed: [], opened: [] as Case[], facts: [] as Batch['facts'], moves: [] };
    const { context } = this.batch;
    const refusal = openChildren(this.#town, command as Command<'split'>, whole, context, writing);
    if (refusal) throw new Error(`a part of case ${whole.caseId} was refused: ${refusal.because}`);
    this.batch.facts.push(...writing.facts);
    for (const part of writing.opened) {
      this.batch.opened.add(part.caseId);
      this.batch.cases.set(part.caseId, part);
      this.#begin(part.caseId, { happening, course, taken: new Set() }, at);
    }
  }

  /** The whole hears that a part of it has ended, and goes on where it waited for that. */
  #tellWhole(before: Case, part: Case, at: Instant): void {
    const whole = part.parent && this.batch.cases.get(part.parent);
    if (!whole || before.endedAt !== undefined || part.endedAt === undefined) return;
    const noted = childEnded(processOf(this.#town, whole), whole, part, this.batch.context);
    if (isRefusal(noted)) throw new Error(`case ${whole.caseId} cannot hear of its part: ${noted.because}`);
    this.#keep(noted.after, noted.facts);
    if (this.#waiting.delete(whole.caseId)) this.#plan(whole.caseId, at);
    else if (!nextStep(noted.after, this.#lived.get(whole.caseId)!, this.#posts))
      this.#forget(noted.after, this.#lived.get(whole.caseId)!);
  }

  #keep(after: Case, facts: Iterable<Batch['facts'][number]>): void {
    this.batch.facts.push(...facts);
    this.batch.cases.set(after.caseId, after);
    if (!this.batch.opened.has(after.caseId)) this.batch.changed.add(after.caseId);
  }

  #command(step: Step, c: Case, at: Instant): Command {
    const keep = (said: string): Ref => {
      const { ref, row } = keepWords(at, c.caseId, null, said);
      this.batch.words.push(row);
      return ref;
    };
    const input = inputOf(this.#town, this.#posts, step, c, at);
    for (const name of WORDY) if (typeof input[name] === 'string') input[name] = keep(input[name]);
    if (Array.isArray(input.children)) {
      input.children = input.children.map((child: { words: string }) => ({
        ...child,
        caseId: newId(at),
        words: keep(child.words),
      }));
    }
    // `reason` is a code where something is declined, and prose elsewhere.
    if (typeof input.reason === 'string' && step.action !== 'decline') input.reason = keep(input.reason);
    const { bend } = step;
    const approver = bend && this.#posts.of(bend.approver, c).post;
    return {
      commandId: `demo/${c.caseId}/${c.seq}`,
      action: step.action,
      by: this.#posts.of(step.by, c),
      ...(bend && approver ? { bend: { reason: keep(bend.reason), approver } } : {}),
      input: input as Command['input'],
    };
  }

  #at(now: Instant): Batch {
    this.batch = { ...this.batch, now, context: contextOf(this.#town, now) };
    return this.batch;
  }
}

const WORDY = ['words', 'what', 'condition'] as const;
/** How long it takes the town to notice that a clock has passed. */
const NOTED_AFTER_MS = MINUTE;

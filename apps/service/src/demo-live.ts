import { Worker } from 'node:worker_threads';
import { type CaseId, DAY, HOUR, type Instant, isRefusal, MINUTE, type RequestNumber } from '@gezhi/basis';
import { type Case, isOpenPhase, replay } from '@gezhi/cases';
import type { Happening } from '@gezhi/demo';
import { knownSignals, loadFacts } from '@gezhi/storage';
import { act, type Installation, type Order, type Town, takeIn } from '@gezhi/town';
import { courseOf } from './demo-course.ts';
import type { StreamOrder } from './demo-live-stream.ts';
import { incomingOf, inputOf } from './demo-orders.ts';
import { Posts } from './demo-posts.ts';
import { atTheTerm, nextStep } from './demo-staff.ts';
import type { LivedCase, Step } from './demo-step.ts';
import { Timeline } from './timeline.ts';

export type LiveOptions = {
  readonly seed: number;
  readonly perDay: number;
  readonly now: () => Instant;
  readonly log: (line: string) => void;
  /** Of the happenings of a span, in order; a thread of its own tells them where left out. */
  readonly tell?: (order: StreamOrder) => Promise<readonly Happening[]>;
};

export type Live = {
  /** Takes what is due by now: reports that are heard, steps of the staff. Does nothing without the made-up town. */
  step(): Promise<void>;
};

const STEP_EVERY_MS = 15_000;

/** Lives on in real time until it is stopped; a step that fails is told once and taken again. */
export function startLive(installation: Installation, options: LiveOptions): { stop(): Promise<void> } {
  const live = liveOn(installation, options);
  let working: Promise<void> | undefined;
  let said = '';
  const step = async (): Promise<void> => {
    try {
      await live.step();
      said = '';
    } catch (error) {
      const why = (error as Error).message;
      if (why !== said) options.log(`The made-up town rests: ${why}`);
      said = why;
    } finally {
      working = undefined;
    }
  };
  const timer = setInterval(() => {
    working ??= step();
  }, STEP_EVERY_MS);
  timer.unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await working;
    },
  };
}

/** The district of the made-up town. */
const DISTRICT = '990000';
/** Matters of so many days are remembered from the stream when the service starts: their staff goes on with them. */
const REMEMBERED_MS = 12 * DAY;
/** So far ahead the stream is told at once, and then no more memory is taken for it. */
const AHEAD_MS = 2 * DAY;
/** What should have been done while nobody was there is done over so long a time. */
const CATCH_UP_MS = HOUR;
const STEPS_AT_ONCE = 5;

/**
 * Lets the made-up town live on in a running service: the stream goes on in real time, some reports an hour, and the made-up staff works
 * on them by the same doors as everybody. A visitor who takes a step first is left it: the staff looks again at where the case stands.
 */
export function liveOn(installation: Installation, options: LiveOptions): Live {
  let living: LivingTown | undefined;
  return {
    step: async () => {
      const town = installation.towns.get(DISTRICT);
      if (!town) return;
      living ??= new LivingTown(options);
      await living.step(town);
    },
  };
}

type Coming = { readonly caseId: CaseId; readonly seq: number };

class LivingTown {
  readonly #options: LiveOptions;
  readonly #timeline = new Timeline<Coming>();
  readonly #lived = new Map<CaseId, LivedCase>();
  readonly #told = new Map<string, RequestNumber>();
  readonly #posts = new WeakMap<Town, Posts>();
  #happenings: Happening[] = [];
  #toldUntil: Instant | undefined;

  constructor(options: LiveOptions) {
    this.#options = options;
  }

  async step(town: Town): Promise<void> {
    const now = this.#options.now();
    if (this.#toldUntil === undefined || now > this.#toldUntil) await this.#listen(town, now);
    for (let h = this.#happenings[0]; h && h.at <= now; h = this.#happenings[0]) {
      await this.#hear(town, h, now);
      this.#happenings.shift();
    }
    for (let n = 0; n < STEPS_AT_ONCE; n += 1) {
      const due = this.#timeline.next(now);
      if (!due) return;
      try {
        await this.#goOn(town, due.item, now);
      } catch (error) {
        this.#timeline.add(now + MINUTE, due.item);
        throw error;
      }
    }
  }

  /** What is to come; the first time also what came, so that its open cases are gone on with. */
  async #listen(town: Town, now: Instant): Promise<void> {
    const { seed, perDay, tell = tellApart } = this.#options;
    const from = this.#toldUntil ?? now - REMEMBERED_MS;
    const all = await tell({ seed, perDay, from, to: now + AHEAD_MS });
    if (this.#toldUntil === undefined) {
      await this.#remember(
        town,
        all.filter(({ at }) => at <= now),
        now,
      );
      this.#happenings = all.filter(({ at }) => at > now);
    } else this.#happenings.push(...all);
    this.#toldUntil = now + AHEAD_MS;
  }

  async #remember(town: Town, past: readonly Happening[], now: Instant): Promise<void> {
    const byId = new Map(past.map((h) => [h.id, h]));
    const keys = past.map(({ channel, id }) => ({ source: `demo/${channel}`, id }));
    for (const { id, case_id, number } of await knownSignals(town.db.pool, town.district, keys)) {
      if (number) this.#told.set(id, number);
      if (!this.#lived.has(case_id)) this.#begin(case_id, byId.get(id)!);
    }
    const histories = await loadFacts(town.db.pool, town.district, [...this.#lived.keys()]);
    for (const [caseId, facts] of histories) {
      const c = replay(facts);
      if (c && isOpenPhase(c.phase)) this.#plan(town, c, c.recordedAt, now);
      else this.#lived.delete(caseId);
    }
  }

  async #hear(town: Town, h: Happening, now: Instant): Promise<void> {
    const signal = incomingOf(h, courseOf(h), this.#told.get(h.followUpOf ?? ''));
    const [receipt] = await takeIn(town, [signal], now);
    if (!receipt || isRefusal(receipt)) return;
    if (receipt.number) this.#told.set(h.id, receipt.number);
    if (this.#lived.has(receipt.caseId) || signal.follows) return;
    this.#begin(receipt.caseId, h);
    const c = await this.#load(town, receipt.caseId);
    if (c) this.#plan(town, c, now, now);
  }

  async #goOn(town: Town, { caseId, seq }: Coming, now: Instant): Promise<void> {
    const lived = this.#lived.get(caseId);
    const c = await this.#load(town, caseId);
    if (!lived || !c) return;
    const next = nextStep(c, lived, this.#postsOf(town));
    if (next === 'waits') this.#timeline.add(now + HOUR, { caseId, seq: c.seq });
    else if (c.seq !== seq && !atTheTerm(c, lived)) this.#plan(town, c, now, now);
    else if (next) await this.#take(town, c, lived, atTheTerm(c, lived) ?? next.step, now);
    else this.#lived.delete(caseId);
  }

  async #take(town: Town, c: Case, lived: LivedCase, step: Step, now: Instant): Promise<void> {
    const done = await act(town, this.#order(town, c, step, now), now);
    if (step.optional || c.parent) lived.taken.add(step.action);
    if (isRefusal(done) && !step.optional) {
      // Somebody else has changed what stands in the way; the staff leaves it to them.
      this.#lived.delete(c.caseId);
      return;
    }
    for (const child of isRefusal(done) ? [] : (done.children ?? [])) {
      this.#lived.set(child, { happening: lived.happening, course: lived.course, taken: new Set() });
      const part = await this.#load(town, child);
      if (part) this.#plan(town, part, now, now);
    }
    const after = await this.#load(town, c.caseId);
    if (after) this.#plan(town, after, now, now);
  }

  #order(town: Town, c: Case, step: Step, now: Instant): Order {
    const posts = this.#postsOf(town);
    const { bend } = step;
    return {
      commandId: `demo/${c.caseId}/${c.seq}`,
      caseId: c.caseId,
      action: step.action,
      by: posts.of(step.by, c),
      ...(bend ? { bend: { reason: bend.reason, approver: posts.of(bend.approver, c).post } } : {}),
      input: inputOf(town, posts, step, c, now),
    };
  }

  #begin(caseId: CaseId, happening: Happening): void {
    this.#lived.set(caseId, { happening, course: courseOf(happening), taken: new Set() });
  }

  #plan(town: Town, c: Case, after: Instant, now: Instant): void {
    const lived = this.#lived.get(c.caseId);
    const next = lived && nextStep(c, lived, this.#postsOf(town));
    if (!next) this.#lived.delete(c.caseId);
    else {
      const at = next === 'waits' ? now + HOUR : after + next.afterMs;
      const late = (Number.parseInt(c.caseId.slice(-4), 16) / 0xffff) * CATCH_UP_MS;
      this.#timeline.add(at < now ? now + late : at, { caseId: c.caseId, seq: c.seq });
    }
  }

  #postsOf(town: Town): Posts {
    const known = this.#posts.get(town) ?? new Posts(town);
    this.#posts.set(town, known);
    return known;
  }

  async #load(town: Town, caseId: CaseId): Promise<Case | undefined> {
    return replay((await loadFacts(town.db.pool, town.district, [caseId])).get(caseId) ?? []);
  }
}

/** Has the stream told by a thread of its own, which keeps the service answering and gives its memory back. */
function tellApart(order: StreamOrder): Promise<readonly Happening[]> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./demo-live-stream.ts', import.meta.url), { workerData: order });
    thread.unref();
    thread.once('message', resolve);
    thread.once('error', reject);
  });
}

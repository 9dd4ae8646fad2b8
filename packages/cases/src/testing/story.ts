import { type CaseId, type Instant, isRefusal, MINUTE, type Refusal } from '@gezhi/basis';
import type { Case } from '../case.ts';
import type { ActInput, Command } from '../command.ts';
import { decide } from '../decide.ts';
import { evolve } from '../evolve.ts';
import type { Actor, Draft, Fact, FactType } from '../fact.ts';
import { decideMerge, decideUnmerge, type TwoDecisions } from '../merge.ts';
import type { Act, Process } from '../process.ts';
import type { RefusalCode } from '../refusals.ts';
import { type Context, type Decision, factOf } from '../work.ts';
import { caseIdOf, NOON, worldAt } from './made-up.ts';
import { SMALL_DESK } from './small-desk.ts';

/** Something that somebody does, a minute after what was before unless `after` says otherwise. */
export type Deed = Omit<Partial<Command>, 'input' | 'action'> & {
  readonly action: string;
  readonly input: Command['input'];
  readonly after?: number;
};

/** `doing('accept')`, `doing('check', { passed: true, unit: 'checkers' }, { by: { post: 'checker' } })`. */
export function doing<A extends Act>(
  action: A,
  ...[input, more]: ActInput[A] extends Record<never, never>
    ? [input?: ActInput[A], more?: Omit<Deed, 'action' | 'input'>]
    : [input: ActInput[A], more?: Omit<Deed, 'action' | 'input'>]
): Deed {
  return { action, input: (input ?? {}) as unknown as Command['input'], ...more };
}

/** An action that its process names apart from its act: `doingAs('extend', 'apply', { reason: ref(), until })`. */
export function doingAs<A extends Act>(
  action: string,
  _act: A,
  input: ActInput[A],
  more: Omit<Deed, 'action' | 'input'> = {},
): Deed {
  return { action, input: input as unknown as Command['input'], ...more };
}

/** A fact as a test writes it. */
export function fact<T extends FactType>(type: T, data: Draft<T>['data']): Draft {
  return { type, data } as Draft;
}

/** Where a story happens: the small desk and a town of one unit, unless a test says otherwise. */
export type World = {
  readonly process: Process;
  readonly context: Partial<Omit<Context, 'now'>>;
  readonly caseId: CaseId;
  readonly district: string;
};

const HERE: World = { process: SMALL_DESK, context: {}, caseId: caseIdOf(1), district: 'made-up' };

/** A case that comes from these facts and deeds, in this order. `given(opened(), doing('triage')).when(doing('accept')).thenFacts('accepted')`. */
export function given(...steps: readonly (Draft | Deed)[]): Story {
  return inWorld({}).given(...steps);
}

export function inWorld(world: Partial<World>): { given: (...steps: readonly (Draft | Deed)[]) => Story } {
  return { given: (...steps) => new Story({ ...HERE, ...world }, [], undefined, NOON).and(...steps) };
}

/** A case with its whole history, its world and the time there. Immutable: each step answers a new one. */
export class Story {
  readonly world: World;
  readonly facts: readonly Fact[];
  readonly now: Instant;
  readonly #state: Case | undefined;

  constructor(world: World, facts: readonly Fact[], state: Case | undefined, now: Instant) {
    this.world = world;
    this.facts = facts;
    this.#state = state;
    this.now = now;
  }

  /** The case as it stands. @throws Error where the story has not begun */
  get case(): Case {
    if (!this.#state) throw new Error('a story begins with `opened()`');
    return this.#state;
  }

  /** Goes on. @throws Error where a deed is refused, with the table of what had happened */
  and(...steps: readonly (Draft | Deed)[]): Story {
    return steps.reduce<Story>((story, step) => {
      if (!('action' in step)) return story.#happened(step);
      const { found, story: after } = story.#done(step);
      if (isRefusal(found))
        throw new Error(`"${step.action}" was refused: ${found.code}\n${tell(story.facts)}`);
      return after;
    }, this);
  }

  when(deed: Deed): Outcome {
    const { found, story } = this.#done(deed);
    return new Outcome(deed.action, found, isRefusal(found) ? this : story);
  }

  later(ms: number): Story {
    return new Story(this.world, this.facts, this.#state, this.now + ms);
  }

  /** The same case in another world: a unit that nobody knows, a post without power. */
  where(world: Partial<World>): Story {
    return new Story({ ...this.world, ...world }, this.facts, this.#state, this.now);
  }

  get context(): Context {
    return worldAt(this.now, this.world.context);
  }

  after(decision: Decision): Story {
    return new Story(this.world, [...this.facts, ...decision.facts], decision.after, this.now);
  }

  #happened(draft: Draft): Story {
    const happened = factOf(draft, {
      district: this.world.district,
      caseId: this.world.caseId,
      seq: this.facts.length + 1,
      occurredAt: this.now,
      recordedAt: this.now,
      by: { post: 'narrator' },
      cause: 'given',
    });
    return new Story(this.world, [...this.facts, happened], evolve(this.#state, happened), this.now + MINUTE);
  }

  #done({ after = MINUTE, ...deed }: Deed): { found: Decision | Refusal; story: Story } {
    const story = this.later(after);
    const found = decide(story.world.process, story.case, commandOf(deed), story.context);
    return { found, story: isRefusal(found) ? story : story.after(found) };
  }
}

function commandOf(deed: Omit<Deed, 'after'>): Command {
  const by: Actor = { post: 'somebody' };
  return { commandId: `do-${deed.action}`, by, ...deed };
}

/** What a deed led to. */
export class Outcome {
  readonly action: string;
  readonly found: Decision | Refusal;
  readonly #story: Story;

  constructor(action: string, found: Decision | Refusal, story: Story) {
    this.action = action;
    this.found = found;
    this.#story = story;
  }

  /** Exactly these facts: a type, or a fact of which the given part of the data is compared. Answers the story as it goes on. */
  thenFacts(...expected: readonly (FactType | PartialFact)[]): Story {
    if (isRefusal(this.found)) {
      throw new Error(
        `"${this.action}": facts were expected, but it was refused: ${this.found.code} (${this.found.because})`,
      );
    }
    const { facts } = this.found;
    const wanted = expected.map((e): PartialFact => (typeof e === 'string' ? { type: e } : e));
    const holds =
      facts.length === wanted.length &&
      wanted.every(({ type, data }, i) => facts[i]!.type === type && contains(facts[i]!.data, data ?? {}));
    if (!holds) {
      const lines = wanted.map(({ type, data }) => `${type} ${data ? JSON.stringify(data) : ''}`.trimEnd());
      throw new Error(`"${this.action}": expected\n${lines.join('\n')}\nbut found\n${tell(facts)}`);
    }
    return this.#story;
  }

  /** Exactly this refusal; of the details the given part is compared. Answers the story, which stands where it stood. */
  thenRefused(code: RefusalCode, details: Readonly<Record<string, unknown>> = {}): Story {
    const { found } = this;
    if (!isRefusal(found)) {
      throw new Error(`"${this.action}": refused as ${code} was expected, but found\n${tell(found.facts)}`);
    }
    if (found.code !== code || !contains(found.details ?? {}, details)) {
      throw new Error(
        `"${this.action}": expected ${code} ${JSON.stringify(details)}, ` +
          `but found ${found.code} ${JSON.stringify(found.details ?? {})}`,
      );
    }
    return this.#story;
  }
}

export type PartialFact = {
  readonly type: FactType;
  readonly data?: Readonly<Record<string, unknown>>;
};

/** Whether everything that is wanted is there; lists are compared whole. */
export function contains(found: unknown, wanted: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null) return Object.is(found, wanted);
  if (typeof found !== 'object' || found === null || Array.isArray(found) !== Array.isArray(wanted))
    return false;
  if (Array.isArray(wanted) && wanted.length !== (found as unknown[]).length) return false;
  return Object.entries(wanted).every(([key, value]) =>
    contains((found as Record<string, unknown>)[key], value),
  );
}

/** A history as a table: number, type, who, and what it said. */
export function tell(facts: readonly Fact[]): string {
  return facts
    .map(({ seq, type, by, data }) =>
      [String(seq).padStart(3), type.padEnd(14), by.post.padEnd(10), JSON.stringify(data)].join('  '),
    )
    .join('\n');
}

/** Two stories that meet or part, at the later of their times: both go on, or neither. */
export type Pair = { readonly source: Story; readonly target: Story };

export function merging(source: Story, target: Story, more: Partial<Command<'merge'>> = {}): Pair | Refusal {
  const command: Command<'merge'> = {
    commandId: 'do-merge',
    action: 'merge',
    by: { post: 'somebody' },
    input: { into: target.case.caseId },
    ...more,
  };
  const pair = together(source, target);
  const { context, world } = pair.source;
  const both = decideMerge(world.process, source.case, target.case, command, context, target.world.process);
  return goOn(pair, both);
}

export function unmerging(
  source: Story,
  target: Story,
  more: Partial<Command<'unmerge'>> = {},
): Pair | Refusal {
  const command: Command<'unmerge'> = {
    commandId: 'do-unmerge',
    action: 'unmerge',
    by: { post: 'somebody' },
    input: {},
    ...more,
  };
  const pair = together(source, target);
  const { context, world } = pair.source;
  const both = decideUnmerge(world.process, source.case, target.case, command, context, target.world.process);
  return goOn(pair, both);
}

function together(source: Story, target: Story): Pair {
  const now = Math.max(source.now, target.now);
  return { source: source.later(now - source.now), target: target.later(now - target.now) };
}

function goOn({ source, target }: Pair, both: TwoDecisions | Refusal): Pair | Refusal {
  if (isRefusal(both)) return both;
  return { source: source.after(both.source), target: target.after(both.target) };
}

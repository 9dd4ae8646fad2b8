import { type CaseId, HOUR, type Instant, isRefusal, MINUTE, type Refusal } from '@gezhi/basis';
import { EXCLUSION_REASONS } from '@gezhi/measures';
import fc from 'fast-check';
import type { Case } from '../case.ts';
import type { ActInput, Command } from '../command.ts';
import { decide, open } from '../decide.ts';
import {
  type CallbackAnswer,
  type Fact,
  HANDED_TO,
  NOT_DISPATCHED,
  OUTCOMES,
  REFERRED_TO,
  TASK_STEPS,
  type Voice,
} from '../fact.ts';
import { decideMerge, decideUnmerge } from '../merge.ts';
import { passDeadlines } from '../pass-deadlines.ts';
import { isFrom } from '../possible.ts';
import type { Act, Process } from '../process.ts';
import type { Context, Decision } from '../work.ts';
import { caseIdOf, numberOf, ref, voice, worldAt } from './made-up.ts';

/**
 * One wish in a random game over a few cases: numbers that are read as "one of", so that the same wish means something whatever the
 * game has come to.
 */
export type Wish = {
  readonly who: 'person' | 'newcomer' | 'clock';
  readonly which: number;
  readonly other: number;
  readonly pick: number;
  readonly detail: number;
  readonly legal: boolean;
  readonly onward: boolean;
  readonly stranger: boolean;
  readonly bend: boolean;
  readonly stale: boolean;
  readonly powerless: boolean;
  readonly unclear: boolean;
  readonly lapseMinutes: number;
  readonly toldLateMinutes: number;
};

/** The acts of the main road, which a game would not come far on if each act were as likely as the next. */
const ONWARD: readonly Act[] = [
  'triage',
  'dispatch',
  'accept',
  'contact',
  'finish',
  'check',
  'callBack',
  'close',
  'reopen',
  'rule',
  'resume',
];

/** Who acts: nobody rules on their own application, and a leader has a unit. */
const POSTS = ['hotline-desk', 'county-desk', 'street-desk'] as const;

const rarely = fc.nat(19).map((n) => n === 0);

/** Wishes, most of them possible where they are made, some not. */
export const wishes: fc.Arbitrary<readonly Wish[]> = fc.array(
  fc.record({
    who: fc.constantFrom<Wish['who']>(...Array(12).fill('person'), 'newcomer', 'clock'),
    which: fc.nat(1000),
    other: fc.nat(1000),
    pick: fc.nat(1000),
    detail: fc.nat(1000),
    legal: rarely.map((no) => !no),
    onward: fc.nat(2).map((n) => n > 0),
    stranger: rarely,
    bend: fc.boolean(),
    stale: rarely,
    powerless: rarely,
    unclear: rarely,
    lapseMinutes: fc.nat(90),
    toldLateMinutes: fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, fc.nat(180)),
  }),
  { minLength: 1, maxLength: 60, size: 'max' },
);

/** A case of the game: its whole history, and the case as the last decision answered it. */
export type Piece = { readonly facts: readonly Fact[]; readonly case: Case };

/** What one wish did: the command, the answer, and each case that changed, before and after. */
export type Turned = {
  readonly answer: Refusal | 'done';
  readonly command?: Command;
  readonly changed: readonly {
    readonly before: Case | undefined;
    readonly after: Case;
    readonly facts: readonly Fact[];
  }[];
  /** The same decision asked for once more. */
  readonly again: () => unknown;
};

/** A game over the cases of one process, in a made-up town. */
export class Game {
  readonly process: Process;
  readonly pieces: Map<CaseId, Piece> = new Map();
  readonly numbers: string[] = [];
  now: Instant;

  constructor(process: Process, now: Instant) {
    this.process = process;
    this.now = now;
  }

  play(wish: Wish): Turned {
    this.now += wish.lapseMinutes * MINUTE;
    if (this.pieces.size === 0 || (wish.who === 'newcomer' && this.pieces.size < 5)) return this.#open(wish);
    const piece = this.#piece(wish.which);
    if (wish.who === 'clock') {
      const ask = (): Decision => passDeadlines(this.process, piece.case, this.#context(wish));
      return this.#take(undefined, ask, [[piece.case, (d) => d]]);
    }
    return this.#act(wish, piece);
  }

  #piece(n: number): Piece {
    const all = [...this.pieces.values()];
    return all[n % all.length]!;
  }

  #context(wish: Wish): Context {
    const because = { code: 'made-up' };
    return worldAt(this.now, {
      may: (_power, _case, by) => ({ allowed: by.post === 'system' || !wish.powerless, because }),
      ...(wish.unclear
        ? { route: () => ({ unclear: true as const, because: [because], reads: ['kind', 'place'] }) }
        : {}),
      due: (stage, _case, startedAt) => ({
        dueAt: startedAt + (stage === 'handle' ? 4 : 1) * HOUR,
        term: stage,
        profile: 'made-up',
        calendar: 'made-up',
      }),
    });
  }

  #newVoice(detail: number): Voice {
    const next = voice(this.numbers.length + 1, { publicity: detail % 2 ? 'public' : 'private' });
    this.numbers.push(next.number);
    return next;
  }

  #open(wish: Wish): Turned {
    const heard = wish.detail % 5 === 0 ? undefined : this.#newVoice(wish.detail);
    const opening = {
      district: 'made-up',
      caseId: caseIdOf(this.pieces.size + 1),
      by: { post: 'intake' },
      cause: 'signal',
      openedAt: this.now - wish.toldLateMinutes * MINUTE,
      kind: wish.detail % 7 === 0 ? 'unknown' : 'lamp.fault',
      kindBecause: (['stated', 'proposed', 'none'] as const)[wish.detail % 3]!,
      place: { code: 'lane-3', layers: {} },
      ...(heard ? { voice: heard } : {}),
    };
    return this.#take(undefined, () => open(this.process, opening, this.#context(wish)), [
      [undefined, (decision) => decision],
    ]);
  }

  #act(wish: Wish, piece: Piece): Turned {
    const all = Object.values(this.process.actions);
    const legal = wish.legal ? all.filter((a) => isFrom(a, piece.case)) : all;
    const onward = wish.onward ? legal.filter((a) => ONWARD.includes(a.act)) : [];
    const possible = onward.length ? onward : legal;
    const action = possible[wish.pick % possible.length]!;
    const command: Command = {
      commandId: 'wish',
      action: action.name,
      by: { post: POSTS[wish.detail % POSTS.length]! },
      ...(wish.stale ? { expectedSeq: piece.case.seq - 1 } : {}),
      ...(wish.toldLateMinutes ? { occurredAt: this.now - wish.toldLateMinutes * MINUTE } : {}),
      ...(wish.bend ? { bend: { reason: ref('reason'), approver: 'head' } } : {}),
      input: this.#input(action.act, wish, piece.case),
    };
    const context = this.#context(wish);
    if (action.act !== 'merge' && action.act !== 'unmerge') {
      const ask = (): Decision | Refusal => decide(this.process, piece.case, command, context);
      return this.#take(command, ask, [[piece.case, (decision) => decision]]);
    }
    const pair = action.act === 'merge' ? decideMerge : decideUnmerge;
    const home = piece.case.mergedInto && this.pieces.get(piece.case.mergedInto);
    const other = (action.act === 'unmerge' && !wish.stranger && home) || this.#piece(wish.other);
    const ask = () => pair(this.process, piece.case, other.case, command as Command<never>, context);
    return this.#take(command, ask, [
      [piece.case, (both) => both.source],
      [other.case, (both) => both.target],
    ]);
  }

  #take<D extends object>(
    command: Command | undefined,
    ask: () => D | Refusal,
    sides: readonly (readonly [Case | undefined, (found: D) => Decision])[],
  ): Turned {
    const found = ask();
    const base = { ...(command ? { command } : {}), again: ask };
    if (isRefusal(found)) {
      this.#forget(command);
      return { ...base, answer: found, changed: [] };
    }
    const changed = sides.map(([before, side]) => ({ before, ...side(found) }));
    for (const { after, facts } of changed) {
      const earlier = this.pieces.get(after.caseId)?.facts ?? [];
      this.pieces.set(after.caseId, { facts: [...earlier, ...facts], case: after });
    }
    return { ...base, answer: 'done', changed };
  }

  /** A voice that was refused spoke nowhere. */
  #forget(command: Command | undefined): void {
    const refused = command && 'voice' in command.input ? command.input.voice.number : undefined;
    if (refused !== undefined && this.numbers.at(-1) === refused) this.numbers.pop();
  }

  #input(act: Act, wish: Wish, c: Case): Command['input'] {
    const { detail } = wish;
    const numbers = Object.keys(c.voices);
    const number = wish.stranger
      ? numberOf(99_999)
      : (numbers[detail % (numbers.length || 1)] ?? numberOf(0));
    const inputs: { readonly [A in Act]: () => ActInput[A] } = {
      join: () => ({ voice: this.#newVoice(detail), because: [] }),
      follow: () => ({ number, words: ref() }),
      photograph: () => ({
        media: ref('photo'),
        public: detail % 2 === 0,
        ...(detail % 3 ? { number } : {}),
      }),
      setKind: () => ({ kind: detail % 4 ? 'road.damage' : 'unknown' }),
      setPlace: () => ({ place: { code: `lane-${detail % 3}`, layers: {} } }),
      triage: () => ({}),
      answer: () => ({ words: ref() }),
      refer: () => ({ whom: REFERRED_TO[detail % 10]! }),
      decline: () => ({ reason: NOT_DISPATCHED[detail % 6]!, words: ref() }),
      dispatch: () => (detail % 2 ? {} : { lead: { unit: `unit-${detail % 3}` }, basis: 'duty list' }),
      accept: () => ({}),
      contact: () => ({ way: 'phone', ...(detail % 2 ? { number } : {}) }),
      note: () => ({ words: ref() }),
      task: () => ({ task: `t-${detail % 3}`, unit: 'power-works' }),
      finishTask: () => ({ task: `t-${detail % 3}` }),
      finish: () => ({ outcome: OUTCOMES[detail % 4]!, words: ref() }),
      check: () => ({ passed: detail % 3 > 0, unit: 'checkers' }),
      callBack: () =>
        detail % 5 ? { number, answer: answerOf(detail), way: 'phone' } : { number, unreachable: ['phone'] },
      close: () => ({}),
      reopen: () => ({}),
      split: () => ({
        children: detail % 9 ? [{ caseId: caseIdOf(1000 + detail), kind: 'lamp.fault' }] : [],
      }),
      merge: () => ({ into: c.caseId }),
      unmerge: () => ({}),
      link: () => ({ system: 'city', number: `C-${detail % 3}`, dueAt: this.now + detail * MINUTE }),
      advance: () => ({}),
      huddle: () => ({ units: ['lamp-works'], words: ref() }),
      concern: () => ({ units: [`unit-${detail % 3}`] }),
      handOff: () => ({ to: HANDED_TO[detail % 5]! }),
      acknowledge: () => ({ to: HANDED_TO[detail % 5]! }),
      apply: () => ({
        reason: ref('reason'),
        basis: 'duty list',
        until: this.now + (detail + 1) * HOUR,
        condition: ref('condition'),
        number,
        exclusion: EXCLUSION_REASONS[detail % 8]!,
      }),
      rule: () => ({
        granted: detail % 2 === 0,
        words: ref('ruling'),
        ...(detail % 3 ? {} : { lead: { unit: 'road-works' }, basis: 'power list' }),
      }),
      resume: () => ({ words: ref() }),
      urge: () => ({}),
      escalate: () => ({}),
      takeLead: () => ({}),
      stepTask: () => ({ task: `t-${detail % 3}`, step: TASK_STEPS[detail % 3]! }),
      rate: () => ({ of: 'lamp-works', marks: { speed: (detail % 5) + 1 } }),
      tryCallback: () => ({ number, way: 'phone' }),
    };
    return inputs[act]();
  }
}

function answerOf(n: number): CallbackAnswer {
  const contacted = (['yes', 'no', 'noAnswer'] as const)[n % 3]!;
  const solved = (['yes', 'yes', 'partly', 'no', 'noAnswer'] as const)[n % 5]!;
  const satisfied = (['satisfied', 'basically', 'dissatisfied', 'noAnswer'] as const)[n % 4]!;
  return { contacted, solved, satisfied };
}

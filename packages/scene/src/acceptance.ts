import { isRefusal, mintCaseId, type Refusal } from '@gezhi/basis';
import {
  type Case,
  type Command,
  type Context,
  type Decision,
  decide,
  lateClocks,
  open,
  type Voice,
} from '@gezhi/cases';
import { type Calendar, calendarOf, deadline, parseTerm } from '@gezhi/clock';
import type { TestSource } from './pack-schema.ts';
import type { Pack } from './read-pack.ts';

/** A test of the pack that did not hold: which step, what was expected, what came. */
export type Failure = {
  readonly test: string;
  readonly step: string;
  readonly expected: string;
  readonly found: string;
};

/** A Wednesday, 6 May 2026, at noon in China. */
const NOON = Date.UTC(2026, 4, 6, 4);
const WORDS = { id: '00000000-0000-7000-8000-000000000000', hash: 'made-up' };

/**
 * Runs the pack's acceptance tests over the kernel itself, every power granted (powers are tested in their own room), the route clear
 * or not as the test says, the terms those of the pack in the Chinese calendar. Answers the failures; none is well.
 */
export function runAcceptance(pack: Pack): readonly Failure[] {
  const calendar = calendarOf('cn', 'Asia/Shanghai');
  return pack.tests.flatMap((test) => runTest(pack, test, calendar));
}

export function nameOf({ name }: TestSource): string {
  return typeof name === 'string' ? name : `${name.zh} / ${name.en}`;
}

function runTest(pack: Pack, test: TestSource, calendar: Calendar): readonly Failure[] {
  const failures: Failure[] = [];
  const fail = (step: string, expected: string, found: string): void => {
    failures.push({ test: nameOf(test), step, expected, found });
  };
  const context = (now: number): Context => contextOf(pack, test, calendar, now);
  const opened = openCase(pack, test, context(NOON));
  if (isRefusal(opened)) {
    fail('opening', 'a case', `refused: ${opened.code}`);
    return failures;
  }
  compare(pack, 'opening', test.opens, opened, context(NOON), fail);
  let state = opened.after;
  let now = NOON;
  for (const [i, step] of test.when.entries()) {
    const name = `${i + 1}. ${step.do}`;
    if (step.after) now = deadline({ start: now, term: parseTerm(step.after), calendar }).dueAt ?? now;
    const world = context(now);
    const decision: Decision | Refusal =
      step.do === 'wait'
        ? { facts: [], after: state }
        : decide(pack.process, state, commandOf(step, state, now), world);
    if (isRefusal(decision)) {
      if (step.refused !== decision.code)
        fail(name, step.refused ?? 'facts', `refused: ${decision.code} (${decision.because})`);
      continue;
    }
    if (step.refused) fail(name, `refused: ${step.refused}`, `state ${decision.after.state}`);
    compare(pack, name, step, decision, world, fail);
    state = decision.after;
  }
  return failures;
}

type Expected = Partial<Pick<TestSource['when'][number], 'state' | 'facts' | 'flags' | 'late'>>;

function compare(
  pack: Pack,
  name: string,
  expected: Expected,
  { after, facts }: Decision,
  world: Context,
  fail: (step: string, expected: string, found: string) => void,
): void {
  if (expected.state && expected.state !== after.state)
    fail(name, `state ${expected.state}`, `state ${after.state}`);
  const types = facts.map((fact) => fact.type).join(', ');
  if (expected.facts && types !== expected.facts.join(', ')) fail(name, expected.facts.join(', '), types);
  holds('flags', after.flags, expected.flags);
  holds('late', expected.late ? lateClocks(pack.process, after, world) : [], expected.late);

  function holds(what: string, found: readonly string[], wanted: readonly string[] = []): void {
    for (const one of wanted) {
      const wrong = one.startsWith('!') ? found.includes(one.slice(1)) : !found.includes(one);
      if (wrong) fail(name, `${what} ${one}`, `${what} ${found.join(', ') || 'none'}`);
    }
  }
}

function openCase(pack: Pack, test: TestSource, context: Context): Decision | Refusal {
  const { given } = test;
  const voices = Array.from({ length: given.requests }, (_, i) => voiceOf(i, given.requestKind));
  const opened = open(
    pack.process,
    {
      district: 'test',
      caseId: mintCaseId(NOON, new Uint8Array(10)),
      by: { post: 'intake' },
      cause: 'test',
      openedAt: NOON,
      kind: given.kind,
      kindBecause: given.kindBecause,
      place: { code: given.place, layers: {} },
      ...(pack.kinds.find(({ code }) => code === given.kind)?.leads ? { lead: { unit: given.lead } } : {}),
      ...(given.against.length ? { against: given.against } : {}),
      ...(given.signs.length ? { signs: given.signs } : {}),
      ...(voices[0] ? { voice: voices[0] } : {}),
    },
    context,
  );
  if (isRefusal(opened)) return opened;
  let { after } = opened;
  for (const voice of voices.slice(1)) {
    const join: Command<'join'> = {
      commandId: 'join',
      action: 'join',
      by: { post: 'intake' },
      input: { voice, because: [] },
    };
    const joined = decide(pack.process, after, join, context);
    if (isRefusal(joined)) return joined;
    after = joined.after;
  }
  return { facts: opened.facts, after };
}

function voiceOf(i: number, requestKind: Voice['requestKind']): Voice {
  return {
    number: String(100_000_000_000 + i),
    signal: { source: 'test', id: String(i) },
    requestKind,
    channel: 'phone',
    publicity: 'public',
    saidAt: NOON,
    words: WORDS,
  };
}

const PROSE = { words: WORDS, reason: WORDS, condition: WORDS } as const;

/** Short test inputs become whole ones: words where an act carries words, the next voice that is owed a callback, `until: 3d` from now. */
function commandOf(step: TestSource['when'][number], state: Case, now: number): Command {
  const voices = Object.values(state.voices);
  const number = (voices.find((voice) => !voice.callback) ?? voices[0])?.number;
  const [post = 'tester', person] = (step.by ?? 'tester').split('/');
  const said: Record<string, unknown> = { number, ...step.input };
  if (typeof said.until === 'string') said.until = now + hoursOf(said.until) * 3_600_000;
  if (step.do.startsWith('callBack') && said.unreachable === undefined) {
    const answer = { contacted: 'yes', solved: said.solved, satisfied: 'satisfied' };
    said.answer = answer;
    said.way = 'phone';
  }
  return {
    commandId: 'test',
    action: step.do,
    by: { post, ...(person ? { person } : {}) },
    occurredAt: now,
    input: { ...PROSE, ...said } as unknown as Command['input'],
  };
}

function hoursOf(text: string): number {
  const [, n = '0', unit] = /^(\d+)(h|d)$/.exec(text) ?? [];
  return Number(n) * (unit === 'd' ? 24 : 1);
}

/** Units named `x.y.z` lie below `x.y`, and that below `x`; a post `desk@street.a` is one of `street.a`. */
function contextOf(pack: Pack, test: TestSource, calendar: Calendar, now: number): Context {
  const because = [{ code: 'test' }];
  const kinds = new Map(pack.kinds.map((kind) => [kind.code, kind]));
  return {
    now,
    may: () => ({ allowed: true, because: { code: 'test' } }),
    due: (stage, c, start, pauses = []) => {
      const terms = pack.clocks.stages[stage];
      const term = typeof terms === 'string' ? terms : terms?.[kinds.get(c.kind)?.urgency ?? 'ordinary'];
      if (term === undefined) return undefined;
      const stops = pauses.map((pause) => ({ ...pause, reason: 'suspended' }));
      const { dueAt } = deadline({ start, term: parseTerm(term), calendar, pauses: stops });
      return dueAt === null
        ? undefined
        : { dueAt, term, profile: pack.clocks.profile, calendar: calendar.version };
    },
    route: () =>
      test.given.route === 'unclear'
        ? { unclear: true, because, reads: ['kind', 'place'] }
        : {
            lead: { unit: test.given.lead },
            coUnits: [],
            basis: 'a law',
            because,
            reads: ['kind', 'place'],
            catalogue: 'test',
          },
    kind: (code) => {
      const { traits = [], raises } = kinds.get(code) ?? {};
      return { traits, ...(raises ? { raises } : {}) };
    },
    above: (unit) => {
      const parts = unit.split('.');
      return parts.slice(1).map((_, i) => parts.slice(0, parts.length - 1 - i).join('.'));
    },
    unitOf: ({ post }) => post.split('@')[1],
  };
}

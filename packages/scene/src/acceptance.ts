import { isRefusal, mintCaseId, type Refusal } from '@gezhi/basis';
import { type Case, type Command, type Context, type Decision, decide, open, type Voice } from '@gezhi/cases';
import type { TestSource } from './pack-schema.ts';
import type { Pack } from './read-pack.ts';

/** A test of the pack that did not hold: which step, what was expected, what came. */
export type Failure = {
  readonly test: string;
  readonly step: string;
  readonly expected: string;
  readonly found: string;
};

const NOON = Date.UTC(2026, 4, 6, 4);
const WORDS = { id: '00000000-0000-7000-8000-000000000000', hash: 'made-up' };

/**
 * Runs the pack's acceptance tests over the kernel itself, every power granted (powers are tested in their own room), the route clear
 * or not as the test says. Answers the failures; none is well.
 */
export function runAcceptance(pack: Pack): readonly Failure[] {
  return pack.tests.flatMap((test) => runTest(pack, test));
}

function runTest(pack: Pack, test: TestSource): readonly Failure[] {
  const failures: Failure[] = [];
  const fail = (step: string, expected: string, found: string): void => {
    failures.push({ test: test.name, step, expected, found });
  };
  const context = contextOf(test);
  const opened = openCase(pack, test, context);
  if (isRefusal(opened)) {
    fail('opening', 'a case', `refused: ${opened.code}`);
    return failures;
  }
  compare('opening', test.opens, opened, fail);
  let state = opened.after;
  for (const [i, step] of test.when.entries()) {
    const name = `${i + 1}. ${step.do}`;
    const decision: Decision | Refusal = decide(pack.process, state, commandOf(step, state), context);
    if (isRefusal(decision)) {
      if (step.refused !== decision.code)
        fail(name, step.refused ?? 'facts', `refused: ${decision.code} (${decision.because})`);
      continue;
    }
    if (step.refused) fail(name, `refused: ${step.refused}`, `state ${decision.after.state}`);
    compare(name, step, decision, fail);
    state = decision.after;
  }
  return failures;
}

function compare(
  name: string,
  expected: { state?: string | undefined; facts?: readonly string[] | undefined },
  { facts, after }: Decision,
  fail: (step: string, expected: string, found: string) => void,
): void {
  if (expected.state && after.state !== expected.state)
    fail(name, `state ${expected.state}`, `state ${after.state}`);
  const types = facts.map((fact) => fact.type).join(', ');
  if (expected.facts && types !== expected.facts.join(', ')) fail(name, expected.facts.join(', '), types);
}

function openCase(pack: Pack, test: TestSource, context: Context): Decision | Refusal {
  const { given } = test;
  const voices = Array.from({ length: given.requests }, (_, i) => voiceOf(i));
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

function voiceOf(i: number): Voice {
  return {
    number: String(100_000_000_000 + i),
    signal: { source: 'test', id: String(i) },
    requestKind: 'help',
    channel: 'phone',
    publicity: 'public',
    saidAt: NOON,
    words: WORDS,
  };
}

/** Short test inputs become whole ones: words where an act carries words, the next voice that is owed a callback. */
function commandOf(step: TestSource['when'][number], state: Case): Command {
  const owed = Object.values(state.voices).find((voice) => !voice.callback);
  const answer = { contacted: 'yes', solved: step.input.solved, satisfied: 'satisfied' };
  const input =
    step.do === 'callBack' ? { number: owed?.number, way: 'phone', answer } : { words: WORDS, ...step.input };
  return { commandId: 'test', action: step.do, by: { post: 'tester' }, input: input as Command['input'] };
}

function contextOf(test: TestSource): Context {
  const because = [{ code: 'test' }];
  return {
    now: NOON,
    may: () => ({ allowed: true, because: { code: 'test' } }),
    due: (clock, _case, startedAt) => ({
      dueAt: startedAt + 3_600_000,
      term: '1h',
      profile: clock,
      calendar: 'test',
    }),
    route: () =>
      test.given.route === 'unclear'
        ? { unclear: true, because, reads: ['kind', 'place'] }
        : {
            lead: { unit: 'a-unit' },
            coUnits: [],
            basis: 'a law',
            because,
            reads: ['kind', 'place'],
            catalogue: 'test',
          },
  };
}

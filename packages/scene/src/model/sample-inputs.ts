import type { CaseId } from '@gezhi/basis';
import { type Action, type Case, OUTCOMES, TASK_STEPS, type Voice } from '@gezhi/cases';

const WORDS = { id: '00000000-0000-7000-8000-000000000000', hash: 'made-up' };
const REFERENCE = '019dfb8a-2800-7000-8000-00000000c41d' as CaseId;

/** Everything that an application of any sort names. */
const APPLICATION = {
  reason: WORDS,
  basis: 'a law',
  until: Number.MAX_SAFE_INTEGER,
  condition: WORDS,
  proposes: 'another-unit',
  exclusion: 'duplicate',
};

/** What is sent with an act when the model check tries it on a case: one input for each way it can go. None: it has nothing to do here. */
export type SampleInputs = Readonly<
  Record<string, (c: Case, kinds: readonly string[], action: Action) => readonly object[]>
>;

/**
 * Inputs of the kernel's acts, small in number and covering every result. An act that is not listed is tried with
 * `SOMETHING_OF_ALL`; a row here lets all its results be tried.
 */
export const SAMPLE_INPUTS: SampleInputs = {
  join: (c) => (Object.keys(c.voices).length === 0 ? [{ voice: sampleVoice(1), because: [] }] : []),
  follow: (c) => forFirst(c, (number) => [{ number, words: WORDS }]),
  photograph: () => [{ media: WORDS, public: false }],
  setKind: (c, kinds) =>
    c.kindBecause === 'none' || c.kindBecause === 'proposed'
      ? kinds.map((kind) => ({ kind }))
      : kinds.slice(0, 1).map((kind) => ({ kind })),
  setPlace: (c) => (c.place.code === 'unknown' ? [{ place: { code: 'somewhere', layers: {} } }] : []),
  refer: () => [{ whom: 'other', words: WORDS }],
  decline: () => [{ reason: 'beyondDuty', words: WORDS }],
  dispatch: () => [{}, { lead: { unit: 'a-unit' }, basis: 'a law' }],
  contact: (c) => [{ way: 'phone', number: Object.keys(c.voices)[0] }],
  task: (c) => (c.tasks.length === 0 ? [{ task: 'a-task', unit: 'co-unit' }] : []),
  finishTask: (c) =>
    c.tasks.filter((t) => t.doneAt === undefined).map(({ task }) => ({ task, words: WORDS })),
  finish: () => OUTCOMES.map((outcome) => ({ outcome, words: WORDS })),
  check: () =>
    [true, false].map((passed) => ({
      passed,
      unit: 'another-unit',
      way: 'onSite',
      words: WORDS,
    })),
  callBack: (c) =>
    Object.values(c.voices)
      .filter((voice) => !voice.callback)
      .slice(0, 1)
      .flatMap(({ number }) => [answered(number, 'yes'), answered(number, 'no'), lost(number)]),
  split: (c, _kinds, action) =>
    c.children.length === 0 ? [{ children: [{ caseId: REFERENCE, kind: action.kinds?.[0] ?? c.kind }] }] : [],
  link: () => [{ system: 'another-system', number: 'A-1' }],
  huddle: () => [{ units: ['another-unit'], words: WORDS }],
  concern: (c) => (c.against?.length ? [] : [{ units: ['accused-unit'] }]),
  handOff: (c) => (c.handedOff?.length ? [{}] : [{}, { to: '110' }]),
  acknowledge: (c) => (c.handedOff ?? []).map((to) => ({ to })),
  apply: (c) => (moreThanOnce(c) ? [] : [{ ...APPLICATION, number: Object.keys(c.voices)[0] }]),
  rule: () => [
    { granted: true, words: WORDS, basis: 'a law', lead: { unit: 'a-unit' } },
    { granted: false, words: WORDS, basis: 'a law' },
  ],
  escalate: () => [{ unit: 'unit-above', words: WORDS }],
  stepTask: (c) =>
    c.tasks
      .slice(0, 1)
      .flatMap(({ task }) => TASK_STEPS.map((step) => ({ task, step, words: WORDS, way: 'phone' }))),
  rate: () => [{ of: 'another-unit', marks: { help: 3 }, words: WORDS }],
  tryCallback: (c) => forFirst(c, (number) => [{ number, way: 'phone' }]),
};

/** What an act is tried with whose inputs nobody has listed: words, and what most acts ask for. */
export const SOMETHING_OF_ALL: readonly object[] = [
  { words: WORDS, because: [], reason: 'other', basis: 'a law', unit: 'another-unit', way: 'phone' },
];

/** The n-th requester of the model. */
export function sampleVoice(n: number): Voice {
  return {
    number: String(100_000_000_000 + n),
    signal: { source: 'model', id: String(n) },
    requestKind: 'help',
    channel: 'phone',
    publicity: 'public',
    saidAt: 0,
    words: WORDS,
  };
}

/** Why a guard was bent, in the model: somebody else approved. */
export const SAMPLE_BEND = { reason: WORDS, approver: 'somebody-else' };

/** Three applications show what a first, a second and a further one lead to. */
function moreThanOnce(c: Case): boolean {
  return (c.applications ?? []).length > 2;
}

function forFirst(c: Case, make: (number: string) => readonly object[]): readonly object[] {
  const [first] = Object.keys(c.voices);
  return first === undefined ? [] : make(first);
}

function answered(number: string, solved: 'yes' | 'no'): object {
  const satisfied = solved === 'yes' ? 'satisfied' : 'dissatisfied';
  return { number, way: 'phone', answer: { contacted: 'yes', solved, satisfied } };
}

function lost(number: string): object {
  return { number, unreachable: ['phone', 'sms'] };
}

import type { CaseId } from '@gezhi/basis';
import { type Case, OUTCOMES, type Voice } from '@gezhi/cases';

const WORDS = { id: '00000000-0000-7000-8000-000000000000', hash: 'made-up' };
const REFERENCE = '019dfb8a-2800-7000-8000-00000000c41d' as CaseId;

/** What is sent with an act when the model check tries it on a case: one input for each way it can go. None: it has nothing to do here. */
export type SampleInputs = Readonly<Record<string, (c: Case, kinds: readonly string[]) => readonly object[]>>;

/**
 * Inputs of the kernel's acts, small in number and covering every result. An act that is not listed is tried with
 * `SOMETHING_OF_ALL`; a row here lets all its results be tried.
 */
export const SAMPLE_INPUTS: SampleInputs = {
  join: (c) =>
    Object.keys(c.voices).length < 2
      ? [{ voice: sampleVoice(Object.keys(c.voices).length + 1), because: [] }]
      : [],
  follow: (c) => forFirst(c, (number) => [{ number, words: WORDS }]),
  photograph: () => [{ media: WORDS, public: false }],
  setKind: (_c, kinds) => kinds.map((kind) => ({ kind })),
  setPlace: () => [{ place: { code: 'somewhere', layers: {} } }],
  refer: () => [{ whom: 'other', words: WORDS }],
  decline: () => [{ reason: 'beyondDuty', words: WORDS }],
  dispatch: () => [{}, { lead: { unit: 'a-unit' }, basis: 'a law' }],
  contact: (c) => [{ way: 'phone', number: Object.keys(c.voices)[0] }],
  task: (c) => (c.tasks.length === 0 ? [{ task: 'a-task', unit: 'co-unit' }] : []),
  finishTask: (c) =>
    c.tasks.filter((t) => t.doneAt === undefined).map(({ task }) => ({ task, words: WORDS })),
  finish: () => OUTCOMES.map((outcome) => ({ outcome, words: WORDS })),
  check: () => [true, false].map((passed) => ({ passed, unit: 'another-unit', words: WORDS })),
  callBack: (c) =>
    Object.values(c.voices)
      .filter((voice) => !voice.callback)
      .slice(0, 1)
      .flatMap(({ number }) => [answered(number, 'yes'), answered(number, 'no'), lost(number)]),
  split: (c) => (c.children.length === 0 ? [{ children: [{ caseId: REFERENCE, kind: c.kind }] }] : []),
  link: () => [{ system: 'another-system', number: 'A-1' }],
  exclude: (c) => forFirst(c, (number) => [{ number, reason: 'duplicate', evidence: WORDS }]),
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

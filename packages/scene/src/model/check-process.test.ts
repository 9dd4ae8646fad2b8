import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Process } from '@gezhi/cases';
import fc from 'fast-check';
import { readPack } from '../read-pack.ts';
import { checkModel } from './check-pack.ts';
import { checkProcess } from './check-process.ts';
import type { ModelCode, ModelFinding } from './finding.ts';
import {
  action,
  guard,
  type MadeUp,
  powersFor,
  type Shape,
  soundProcess,
  WORDS_OF_BOTH,
} from './made-up-process.ts';

const shapes: fc.Arbitrary<Shape> = fc.integer({ min: 1, max: 5 }).chain((steps) =>
  fc.record({
    steps: fc.constant(steps),
    jumps: fc.array(fc.tuple(fc.nat(steps - 1), fc.nat(steps - 1)), { maxLength: 3 }),
    answers: fc.boolean(),
  }),
);

function check({ process, powers, clocks }: MadeUp): readonly ModelFinding[] {
  return checkProcess(process, powers, clocks);
}

function changed(made: MadeUp, change: (process: Process) => Partial<Process>): MadeUp {
  return { ...made, process: { ...made.process, ...change(made.process) } };
}

function withActions(made: MadeUp, ...actions: readonly ReturnType<typeof action>[]): MadeUp {
  const more = changed(made, (p) => ({
    actions: { ...p.actions, ...Object.fromEntries(actions.map((a) => [a.name, { ...a, power: 'more' }])) },
  }));
  return more;
}

function withState(made: MadeUp, name: string, phase: Process['states'][string]['phase']): MadeUp {
  return changed(made, (p) => ({ states: { ...p.states, [name]: { name, phase, label: WORDS_OF_BOTH } } }));
}

function without(made: MadeUp, name: string): MadeUp {
  return changed(made, (p) => ({
    actions: Object.fromEntries(Object.entries(p.actions).filter(([key]) => key !== name)),
  }));
}

/** Each plants one fault in a sound process; the check must say that very thing, at that very spot. */
const FAULTS: Readonly<
  Partial<Record<ModelCode, { plant: (made: MadeUp) => MadeUp; at: Partial<ModelFinding['spot']> }>>
> = {
  'unreachable-state': { plant: (made) => withState(made, 'island', 'underway'), at: { state: 'island' } },
  'no-way-out': {
    plant: (made) =>
      withActions(withState(made, 'trap', 'underway'), action('fall', 'contact', ['step0'], 'trap')),
    at: { state: 'trap' },
  },
  'no-holder': {
    plant: (made) => ({
      ...made,
      powers: powersFor(Object.keys(made.process.actions).filter((n) => n !== 'finish')),
    }),
    at: { action: 'finish' },
  },
  'guard-never-holds': {
    plant: (made) =>
      withActions(made, action('hope', 'contact', 'open', 'step0', [guard('never', 'hard', () => false)])),
    at: { action: 'hope', guard: 'never' },
  },
  'action-never': {
    plant: (made) =>
      withActions(made, action('hope', 'contact', 'open', 'step0', [guard('never', 'hard', () => false)])),
    at: { action: 'hope' },
  },
  'automatic-never': {
    plant: (made) =>
      changed(made, () => ({ automatics: [{ state: 'reported', action: 'close', when: () => false }] })),
    at: { state: 'reported' },
  },
  'automatic-loop': {
    plant: (made) =>
      changed(
        withActions(
          withState(made, 'hall', 'triage'),
          action('in', 'triage', ['step0'], 'hall'),
          action('out', 'accept', ['hall'], 'step0'),
        ),
        () => ({
          automatics: [
            { state: 'step0', action: 'in', when: () => true },
            { state: 'hall', action: 'out', when: () => true },
          ],
        }),
      ),
    at: {},
  },
  'leaves-end': {
    plant: (made) => withActions(made, action('revive', 'contact', ['over'], 'step0')),
    at: { state: 'over', action: 'revive' },
  },
  'never-asked': {
    plant: (made) => withActions(made, action('forget', 'close', ['reported'], 'over')),
    at: { state: 'over' },
  },
  'never-told': {
    plant: (made) =>
      withActions(withState(made, 'silent', 'answered'), action('hush', 'contact', ['step0'], 'silent')),
    at: { state: 'silent' },
  },
  'not-solved-dead-end': { plant: (made) => without(made, 'reopen'), at: { state: 'asked' } },
  'closed-unsolved': {
    plant: (made) =>
      changed(withActions(made, action('shut', 'close', ['asked'], 'over')), () => ({
        automatics: [{ state: 'asked', action: 'shut', when: (view) => view.case.owed === 0n }],
      })),
    at: { state: 'over' },
  },
  'clock-without-owner': {
    plant: (made) =>
      changed(made, (p) => ({
        clocks: [...p.clocks, { name: 'orphan', starts: ['opened'], stops: ['declined'], stage: 'work' }],
      })),
    at: { clock: 'orphan' },
  },
  'clock-without-stop': {
    plant: (made) =>
      changed(
        withActions(withState(made, 'trap', 'underway'), action('fall', 'contact', ['step0'], 'trap')),
        (p) => ({ clocks: p.clocks }),
      ),
    at: { clock: 'work', state: 'trap' },
  },
  'clock-without-term': { plant: (made) => ({ ...made, clocks: { stages: {} } }), at: { clock: 'work' } },
  'clock-never-starts': {
    plant: (made) =>
      changed(made, (p) => ({
        clocks: [...p.clocks, { name: 'asleep', starts: ['declined'], stops: ['done'], stage: 'work' }],
      })),
    at: { clock: 'asleep' },
  },
  label: {
    plant: (made) =>
      changed(made, (p) => ({
        actions: { ...p.actions, note: { ...p.actions.note!, label: { zh: 'note', en: 'note' } } },
      })),
    at: { action: 'note' },
  },
  'initial-ended': { plant: (made) => changed(made, () => ({ initial: 'over' })), at: { state: 'over' } },
  'merged-open': {
    plant: (made) => changed(withState(made, 'beside', 'underway'), () => ({ merged: 'beside' })),
    at: { state: 'beside' },
  },
};

describe('the model check', () => {
  test('a process without a fault passes', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        assert.deepEqual(check(soundProcess(shape)), []);
      }),
      { numRuns: 20, seed: 1 },
    );
  });

  for (const [code, { plant, at }] of Object.entries(FAULTS)) {
    test(`a planted fault is found: ${code}`, () => {
      fc.assert(
        fc.property(shapes, (shape) => {
          const found = check(plant(soundProcess(shape))).filter((f) => f.code === code);
          const spots = found.map((f) => f.spot);
          assert.ok(
            spots.some((spot) =>
              Object.entries(at).every(([key, name]) => spot[key as keyof typeof spot] === name),
            ),
            `${code} at ${JSON.stringify(at)} among ${JSON.stringify(spots)}`,
          );
        }),
        { numRuns: 6, seed: 2 },
      );
    });
  }

  test('a finding says how to get there', () => {
    const made = FAULTS['no-way-out']!.plant(soundProcess({ steps: 2, jumps: [], answers: false }));
    const [found] = check(made).filter((f) => f.code === 'no-way-out');
    assert.deepEqual(found!.path, ['fall']);
  });

  test('a limit on situations is said, not passed over', () => {
    const { process, powers, clocks } = soundProcess({ steps: 3, jumps: [], answers: true });
    const codes = checkProcess(process, powers, clocks, undefined, { nodesMax: 3 }).map((f) => f.code);
    assert.ok(codes.includes('too-large'));
  });

  test('every scene that ships passes', async () => {
    const scenes = fileURLToPath(new URL('../../../../scenes', import.meta.url));
    for (const scene of await readdir(scenes)) {
      const { pack } = await readPack(`${scenes}/${scene}`);
      const errors = checkModel(pack!).filter((f) => f.severity === 'error' || f.code === 'too-large');
      assert.deepEqual(errors, [], scene);
    }
  });
});

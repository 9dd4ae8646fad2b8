import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY, isRefusal } from '@gezhi/basis';
import { START } from '../arbitraries.test.ts';
import { decideEdition, type EditionCommand, type EditionContext } from './decide-edition.ts';
import type { CountedRequest } from './edition.ts';
import { decidedExclusions, type EditionState, evolveEdition } from './edition-state.ts';

const NOW = START + 31 * DAY;
const LIST: readonly CountedRequest[] = [
  { subject: 'east', number: 'r1', caseId: 'c1', unit: 'roads', counts: 'valid' },
  { subject: 'west', number: 'r2', caseId: 'c2', unit: 'roads', counts: 'valid' },
  { subject: 'east', number: 'r3', caseId: 'c3', unit: 'roads', counts: 'excluded' },
];
const words = { id: 'w1', hash: 'h' };

/** A desk that speaks for one edition: `at` moves days on, `as` changes who speaks. Answers the phase, or the refusal's code. */
function desk(): {
  go: (command: EditionCommand, as?: [unit: string, person?: string], day?: number) => string;
  state: () => EditionState | undefined;
} {
  let state: EditionState | undefined;
  return {
    state: () => state,
    go: (command, [unit, person] = ['hotline', 'h-1'], day = 0) => {
      const context: EditionContext = {
        now: NOW + day * DAY,
        by: { post: `${unit}-head`, unit, ...(person ? { person } : {}) },
        appealDays: 5,
        find: (number) => LIST.find((one) => one.number === number),
        speaksFor: (who, { subject }) => who === subject,
      };
      const act = decideEdition(state, command, context);
      if (isRefusal(act)) return act.code;
      state = evolveEdition('e', state, act);
      return state!.phase;
    },
  };
}

const draft: EditionCommand = { do: 'draft', hash: 'h0', position: 700 };
const show: EditionCommand = { do: 'show', until: NOW + 6 * DAY };
const appeal = (number: string, reason = 'beyondDuty', id = `a-${number}`): EditionCommand => ({
  do: 'appeal',
  appeal: id,
  number,
  reason,
  words,
});
const vote = (verdict: 'exclude' | 'keep', id = 'a-r1'): EditionCommand => ({
  do: 'decide',
  appeal: id,
  verdict,
});

test('the whole way: drafted, shown, appealed, decided by two, frozen, published, revised', () => {
  const { go, state } = desk();
  assert.equal(go(draft), 'drafted');
  assert.equal(go(show), 'shown');
  assert.equal(go(appeal('r1'), ['east'], 1), 'appealed');
  assert.equal(go(vote('exclude'), ['hotline', 'h-1'], 2), 'appealed');
  assert.deepEqual(decidedExclusions(state()!), {}, 'one person decides nothing');
  assert.equal(go(vote('exclude'), ['hotline', 'h-2'], 2), 'appealed');
  assert.deepEqual(decidedExclusions(state()!), { r1: { reason: 'beyondDuty', evidence: 'a-r1' } });
  assert.equal(go({ do: 'freeze', hash: 'h1' }, undefined, 7), 'frozen');
  assert.equal(go({ do: 'publish' }, ['government', 'g-1'], 8), 'published');
  const revise: EditionCommand = { do: 'revise', hash: 'h2', position: 900, reason: 'laterCallbacks' };
  assert.equal(go(revise, ['government', 'g-1'], 20), 'revised');
  assert.deepEqual([state()!.revision, state()!.hash, state()!.position], [1, 'h2', 900]);
});

test('what the procedure does not let through, and why', () => {
  const { go } = desk();
  assert.equal(go(show), 'no-such-edition');
  go(draft);
  assert.equal(go(draft), 'edition-same');
  assert.equal(go({ do: 'show', until: NOW + 4 * DAY }), 'shown-too-short');
  assert.equal(go(appeal('r1'), ['east']), 'edition-not-now');
  go(show);
  assert.equal(
    go({ ...draft, hash: 'h9' }),
    'edition-not-now',
    'what is shown is not changed under their eyes',
  );
  assert.equal(go(appeal('r1', 'unlucky'), ['east']), 'unknown-reason');
  assert.equal(go(appeal('r9'), ['east']), 'not-in-edition');
  assert.equal(go(appeal('r2'), ['east']), 'not-yours');
  assert.equal(go(appeal('r3'), ['east']), 'excluded-already');
  assert.equal(go(appeal('r1'), ['east'], 7), 'appeal-too-late');
  assert.equal(go({ do: 'freeze', hash: 'h1' }, undefined, 5), 'appeals-run');
  go(appeal('r1'), ['east']);
  assert.equal(go(appeal('r1', 'other', 'again'), ['east']), 'appealed-already');
  assert.equal(go({ do: 'freeze', hash: 'h1' }, undefined, 7), 'appeals-open');
  assert.equal(go({ do: 'publish' }), 'edition-not-now');
  assert.equal(go({ do: 'revise', hash: 'h', position: 1, reason: 'corrected' }), 'edition-not-now');
});

test('two different persons decide, none of the unit that appeals; where they differ, a third', () => {
  const { go, state } = desk();
  for (const command of [draft, show]) go(command);
  go(appeal('r1'), ['east']);
  assert.equal(go(vote('exclude'), ['hotline']), 'person-needed');
  assert.equal(go(vote('exclude'), ['east', 'e-1']), 'own-appeal');
  assert.equal(go(vote('exclude', 'nobody'), ['hotline', 'h-1']), 'no-such-appeal');
  go(vote('exclude'), ['hotline', 'h-1']);
  assert.equal(go(vote('keep'), ['hotline', 'h-1']), 'second-person');
  go(vote('keep'), ['hotline', 'h-2']);
  assert.equal(state()!.appeals['a-r1']!.verdict, undefined);
  go(vote('keep'), ['hotline', 'h-3']);
  assert.equal(state()!.appeals['a-r1']!.verdict, 'keep');
  assert.equal(go(vote('keep'), ['hotline', 'h-4']), 'decided-already');
});

test('after freezing nothing changes but by a revision with its reason', () => {
  const { go } = desk();
  for (const command of [draft, show]) go(command);
  go({ do: 'freeze', hash: 'h1' }, undefined, 7);
  assert.equal(go(draft), 'edition-not-now');
  assert.equal(go(appeal('r1'), ['east']), 'edition-not-now');
  go({ do: 'publish' });
  assert.equal(go({ do: 'revise', hash: 'h', position: 900, reason: 'prettier' }), 'unknown-reason');
  assert.equal(go({ do: 'revise', hash: 'h', position: 1, reason: 'corrected' }), 'position-back');
});

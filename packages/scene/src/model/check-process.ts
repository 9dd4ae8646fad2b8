import type { Process } from '@gezhi/cases';
import type { PowerTable } from '@gezhi/powers';
import type { ClocksSource } from '../pack-schema.ts';
import { clockRules } from './clock-rules.ts';
import { explore, type Limits } from './explore.ts';
import type { ModelFinding } from './finding.ts';
import { labelRules, phaseRules } from './form-rules.ts';
import { requesterRules } from './requester-rules.ts';
import { SAMPLE_INPUTS, type SampleInputs } from './sample-inputs.ts';
import { wayRules } from './way-rules.ts';

/** Far above what a scene needs (the hotline has some hundreds); beyond it the check says that it did not see everything. */
const NODES_MAX = 15_000;

const PLAIN: Limits = { kinds: ['a-kind'], nodesMax: NODES_MAX, traits: () => [], begin: 'asked' };

/**
 * Checks what a process can do, before anybody depends on it: it is played on the kernel itself with every action, result and kind of
 * opening (`explore`), with only those powers that the list gives to somebody. Finds states that nothing leads to or that no end can be
 * reached from, actions without a holder, conditions that never hold, clocks without owner, stop or term, automatics that circle, ways
 * on which a requester is never asked or told, ends that can be left, and a "not solved" that leads nowhere.
 *
 * Pure, and the same for the same arguments. `acts` says what each act is tried with; of the kinds one stands for all that
 * conditions and powers treat alike. Explicit-state model checking (Clarke, Grumberg, Peled: Model Checking, 1999), bounded:
 * counts end at two, two requesters and one task speak for all; what it reports can happen, what it does not report was not found.
 */
export function checkProcess(
  process: Process,
  powers: PowerTable,
  clocks: Pick<ClocksSource, 'stages'>,
  acts: SampleInputs = SAMPLE_INPUTS,
  limits: Partial<Limits> = {},
): readonly ModelFinding[] {
  const forms = [...labelRules(process), ...phaseRules(process)];
  const model = explore(process, powers, acts, { ...PLAIN, ...limits });
  return [...forms, ...wayRules(model), ...requesterRules(model), ...clockRules(model, clocks)].sort(
    (a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning'),
  );
}

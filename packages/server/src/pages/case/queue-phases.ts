import { mintCaseId } from '@gezhi/basis';
import { type Case, evolve, type Fact, isFrom, isOpenPhase, PHASES, type Phase, SYSTEM } from '@gezhi/cases';
import { mayIn, type Town } from '@gezhi/town';
import type { Staff } from '../kit/visit.ts';

/**
 * The phases that wait for posts like this one, whoever leads the case: those from which some action moves it on that the power list
 * gives this post over a case of any unit. So the hotline has its triage and its callbacks and a checker what is to be checked, and
 * another scene has what its own list gives.
 */
export function openTo(town: Town, staff: Staff): readonly Phase[] {
  const { process } = town.pack;
  const phases = new Set<Phase>();
  for (const state of Object.values(process.states)) {
    if (!isOpenPhase(state.phase)) continue;
    const c = somebodyElses(town, state.name, state.phase);
    const moves = Object.values(process.actions).some(
      (action) =>
        action.to !== undefined && isFrom(action, c) && mayIn(town, action.power, c, staff.actor).allowed,
    );
    if (moves) phases.add(state.phase);
  }
  return PHASES.filter((phase) => phases.has(phase));
}

/** A case in this state that a unit leads which nobody sits in. */
function somebodyElses(town: Town, state: string, phase: Phase): Case {
  const { scene, process } = town.pack;
  const opened: Fact<'opened'> = {
    type: 'opened',
    v: 1,
    district: town.district,
    caseId: mintCaseId(0, new Uint8Array(10)),
    seq: 1,
    position: 0,
    occurredAt: 0,
    recordedAt: 0,
    by: SYSTEM,
    cause: '',
    data: {
      scene: scene.id,
      pack: scene.version,
      process: process.id,
      kind: '',
      kindBecause: 'none',
      place: { code: 'unknown', layers: {} },
      to: state,
      phase,
    },
  };
  return { ...evolve(undefined, opened), lead: { unit: '' } };
}

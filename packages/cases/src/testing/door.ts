export { caseIdOf, HAPPY, NOON, numberOf, opened, ref, UNHAPPY, voice, worldAt } from './made-up.ts';
export { Game, type Piece, type Turned, type Wish, wishes } from './play.ts';
export { SMALL_DESK } from './small-desk.ts';
export {
  contains,
  type Deed,
  doing,
  doingAs,
  fact,
  given,
  inWorld,
  merging,
  type Outcome,
  type Pair,
  type PartialFact,
  type Story,
  tell,
  unmerging,
  type World,
} from './story.ts';

export { type MadeUpKnowledge, makeUpKnowledge } from './knowledge.ts';
export { createRandom, type Random } from './random.ts';
export type { Answer, Channel, Happening, KindCode, Life } from './stream/happening.ts';
export { happenings, liveStream, type Span, USUAL_PER_DAY } from './stream/happenings.ts';
export { makeTown, type TownFiles } from './town/make-town.ts';
export { writeTown } from './town/write-town.ts';

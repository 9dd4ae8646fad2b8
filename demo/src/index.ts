export { createRandom, type Random } from './random.ts';
export { makeTown, type TownFiles } from './town/make-town.ts';
export { writeTown } from './town/write-town.ts';

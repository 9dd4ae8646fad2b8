/** How far a number may be off: the town goes on while somebody reads. */
const OFF_SHARE = 0.02;
const OFF_LEAST = 2;

/** Whether a number is what was asked for, give or take what happens meanwhile. */
export function isNear(said: number, is: number): boolean {
  return Math.abs(said - is) <= Math.max(OFF_LEAST, is * OFF_SHARE);
}

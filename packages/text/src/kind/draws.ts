/** A stream of numbers in [0, 1) from a seed: the same seed gives the same stream everywhere (mulberry32, T. Ettinger, public domain). */
export function drawsOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Puts the items into another order, in place. */
export function shuffle(items: Int32Array, draw: () => number): void {
  for (let i = items.length - 1; i > 0; i -= 1) {
    const j = Math.floor(draw() * (i + 1));
    const kept = items[i]!;
    items[i] = items[j]!;
    items[j] = kept;
  }
}

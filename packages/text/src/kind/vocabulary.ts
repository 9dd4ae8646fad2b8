/** Features to rows: an open-addressing table over 32-bit hashes. Grows; asks nothing of the order in which they come. */
export class Vocabulary {
  keys: Uint32Array;
  length = 0;
  #slots: Int32Array;

  constructor(room = 1024) {
    let size = 2048;
    while (size < room * 2) size *= 2;
    this.keys = new Uint32Array(size / 2);
    this.#slots = new Int32Array(size).fill(-1);
  }

  /** A vocabulary that gives each hash the row at which it stands. */
  static of(keys: Uint32Array): Vocabulary {
    const vocabulary = new Vocabulary(keys.length);
    for (const key of keys) vocabulary.add(key);
    return vocabulary;
  }

  /** The row of a hash, or -1. */
  rowOf(hash: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const row = slots[slot]!;
      if (row === -1 || this.keys[row] === hash) return row;
      slot = (slot + 1) & mask;
    }
  }

  /** The row of a hash, a new one where it had none. */
  add(hash: number): number {
    const known = this.rowOf(hash);
    if (known !== -1) return known;
    if (this.length === this.keys.length) this.#grow();
    this.#place(hash, this.length);
    this.keys[this.length] = hash;
    this.length += 1;
    return this.length - 1;
  }

  #place(hash: number, row: number): void {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    while (this.#slots[slot] !== -1) slot = (slot + 1) & mask;
    this.#slots[slot] = row;
  }

  #grow(): void {
    const keys = new Uint32Array(this.keys.length * 2);
    keys.set(this.keys);
    this.keys = keys;
    this.#slots = new Int32Array(keys.length * 2).fill(-1);
    for (let row = 0; row < this.length; row += 1) this.#place(keys[row]!, row);
  }
}

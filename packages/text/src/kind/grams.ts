import { type Symbols, symbolsOf } from './symbols.ts';

/** What was written: one text, or the cells of a row (title and body; type and place). */
export type Text = string | readonly string[];

/** How the features of a text are made. Part of a model's file: reading makes the same as training did. */
export type GramOptions = {
  /** Longest run of symbols that is one feature. */
  readonly gramMax: number;
  /** So many symbols at the beginning count once more by themselves: that is where people say what it is about. */
  readonly head: number;
  /** Longest run of words (short stretches between gaps and marks) that is one feature; 0 and absent: words are none. */
  readonly words?: number;
};

/** Features with how often each stands in the text; the arrays are reused and hold `length` of them. */
export class Grams {
  hashes = new Uint32Array(4096);
  times = new Uint16Array(4096);
  length = 0;
  #slots = new Int32Array(16_384).fill(-1);
  #used: number[] = [];

  /** Empties it and takes the features of a text. */
  read(text: Text, options: GramOptions): Symbols {
    this.#clear();
    const symbols = symbolsOf(typeof text === 'string' ? text : text.join('\n'));
    const { codes, length } = symbols;
    this.#runs(codes, length, options.gramMax, WHOLE);
    this.#runs(codes, Math.min(length, options.head), Math.min(3, options.gramMax), HEAD);
    if (options.words) {
      this.#words(symbols, length, options.words, WORD);
      this.#words(symbols, Math.min(length, options.head), 1, HEAD_WORD);
    }
    if (typeof text !== 'string' && text.length > 1) this.#cells(text);
    return symbols;
  }

  #runs(codes: Int32Array, length: number, gramMax: number, seed: number): void {
    for (let i = 0; i < length; i += 1) {
      const end = Math.min(length, i + gramMax);
      let hash = seed;
      for (let j = i; j < end; j += 1) {
        hash = mix(Math.imul(hash, 31) ^ codes[j]! ^ ((j - i) << 28));
        this.#add(hash);
      }
    }
  }

  #words(symbols: Symbols, length: number, most: number, seed: number): void {
    let before = 0;
    for (const { hash, isWord } of wordsIn(symbols, length, seed)) {
      if (isWord) this.#add(hash);
      if (isWord && before !== 0 && most > 1) this.#add(mix(Math.imul(before, 33) ^ hash));
      before = isWord ? hash : 0;
    }
  }

  /** Short cells count as a whole too, and in pairs: a type and a district together say which yard, neither does alone. */
  #cells(cells: readonly string[]): void {
    const whole: number[] = [];
    cells.forEach((cell, i) => {
      if (cell.length > CELL_MAX || cell.trim() === '') return;
      whole.push(hashOf(cell.trim().toLowerCase(), mix(CELL ^ i)));
    });
    whole.forEach((a, i) => {
      this.#add(a);
      for (const b of whole.slice(i + 1)) this.#add(mix(Math.imul(a, 31) ^ b));
    });
  }

  #add(hash: number): void {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const at = this.#slots[slot]!;
      if (at === -1) break;
      if (this.hashes[at] === hash) {
        if (this.times[at]! < 65_535) this.times[at]! += 1;
        return;
      }
      slot = (slot + 1) & mask;
    }
    if (this.length === this.hashes.length) {
      this.#grow();
      this.#add(hash);
      return;
    }
    this.#slots[slot] = this.length;
    this.#used.push(slot);
    this.hashes[this.length] = hash;
    this.times[this.length] = 1;
    this.length += 1;
  }

  #clear(): void {
    for (const slot of this.#used) this.#slots[slot] = -1;
    this.#used = [];
    this.length = 0;
  }

  #grow(): void {
    const hashes = new Uint32Array(this.hashes.length * 2);
    hashes.set(this.hashes);
    const times = new Uint16Array(hashes.length);
    times.set(this.times);
    this.hashes = hashes;
    this.times = times;
    this.#slots = new Int32Array(hashes.length * 4).fill(-1);
    this.#used = [];
    const mask = this.#slots.length - 1;
    for (let i = 0; i < this.length; i += 1) {
      let slot = hashes[i]! & mask;
      while (this.#slots[slot] !== -1) slot = (slot + 1) & mask;
      this.#slots[slot] = i;
      this.#used.push(slot);
    }
  }
}

/** A stretch of more symbols without a gap or mark is a clause, and hardly ever comes again. */
const WORD_MAX = 6;

/** The stretches between white space and marks, as the feature that each is. */
export function* wordsIn(
  { codes, starts, ends }: Symbols,
  length: number,
  seed: number,
): Generator<{
  readonly hash: number;
  readonly isWord: boolean;
  readonly from: number;
  readonly to: number;
}> {
  for (let from = 0; from < length; ) {
    let to = from;
    let hash = seed;
    do {
      hash = mix(Math.imul(hash, 31) ^ codes[to]!);
      to += 1;
    } while (to < length && starts[to] === ends[to - 1]);
    yield { hash, isWord: to - from <= WORD_MAX, from, to };
    from = to;
  }
}

/** Where features come from: the same run at the head of a text is another feature. */
export const WHOLE = 0x9e3779b9;
export const HEAD = 0x51ed270b;
export const WORD = 0x1b873593;
export const HEAD_WORD = 0x7feb352d;
const CELL = 0x2545f491;
const CELL_MAX = 60;

/** Spreads 32 bits (the finaliser of MurmurHash3, A. Appleby, public domain). */
export function mix(value: number): number {
  let h = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

function hashOf(text: string, seed: number): number {
  let hash = seed;
  for (let i = 0; i < text.length; i += 1) hash = mix(Math.imul(hash, 31) ^ text.charCodeAt(i));
  return hash;
}

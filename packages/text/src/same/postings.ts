/**
 * Lists of numbers under a key, kept in blocks that double (2 to 512 numbers), in pages of a quarter of a megabyte: about 5 bytes a number in
 * long lists, no object a list. Numbers come back in the order in which they were appended.
 */
export type Postings = {
  readonly counts: Uint32Array;
  readonly heads: Int32Array;
  readonly tails: Int32Array;
  /** Free numbers in a list's last block. */
  readonly free: Uint16Array;
  readonly pages: Int32Array[];
  used: number;
};

const PAGE_BITS = 16;
const PAGE = 1 << PAGE_BITS;
const BLOCK_MAX = 512;

/** @param bits 2 ** bits lists; a key is reduced to its lowest bits */
export function makePostings(bits: number): Postings {
  const lists = 2 ** bits;
  return {
    counts: new Uint32Array(lists),
    heads: new Int32Array(lists).fill(-1),
    tails: new Int32Array(lists).fill(-1),
    free: new Uint16Array(lists),
    pages: [],
    used: 0,
  };
}

export function append(postings: Postings, list: number, value: number): void {
  if (postings.free[list] === 0) addBlock(postings, list);
  const tail = postings.tails[list]!;
  const page = postings.pages[tail >> PAGE_BITS]!;
  const begin = tail & (PAGE - 1);
  const size = page[begin + 1]!;
  page[begin + 2 + size - postings.free[list]!] = value;
  postings.free[list]! -= 1;
  postings.counts[list]! += 1;
}

/** Copies a list into `into`, at most as much as fits, and says how many numbers came. */
export function readList(postings: Postings, list: number, into: Int32Array): number {
  let left = Math.min(postings.counts[list]!, into.length);
  let at = 0;
  let block = postings.heads[list]!;
  while (block >= 0 && left > 0) {
    const page = postings.pages[block >> PAGE_BITS]!;
    const begin = block & (PAGE - 1);
    const length = Math.min(page[begin + 1]!, left);
    into.set(page.subarray(begin + 2, begin + 2 + length), at);
    at += length;
    left -= length;
    block = page[begin]!;
  }
  return at;
}

export function bytesOf(postings: Postings): number {
  const { counts, heads, tails, free, pages } = postings;
  return counts.byteLength + heads.byteLength + tails.byteLength + free.byteLength + pages.length * PAGE * 4;
}

/** A block is its successor (-1 where there is none), its size, and its numbers; it never lies in two pages. */
function addBlock(postings: Postings, list: number): void {
  const tail = postings.tails[list]!;
  const last = tail < 0 ? undefined : postings.pages[tail >> PAGE_BITS]!;
  const size = last ? Math.min(BLOCK_MAX, last[(tail & (PAGE - 1)) + 1]! * 2) : 2;
  const block = reserve(postings, size + 2);
  const page = postings.pages[block >> PAGE_BITS]!;
  page[block & (PAGE - 1)] = -1;
  page[(block & (PAGE - 1)) + 1] = size;
  if (last) last[tail & (PAGE - 1)] = block;
  else postings.heads[list] = block;
  postings.tails[list] = block;
  postings.free[list] = size;
}

function reserve(postings: Postings, length: number): number {
  const room = PAGE - (postings.used & (PAGE - 1));
  if (postings.used === postings.pages.length * PAGE || room < length) {
    postings.used = postings.pages.length * PAGE;
    postings.pages.push(new Int32Array(PAGE));
  }
  const block = postings.used;
  postings.used += length;
  return block;
}

import type { Instant } from '@gezhi/basis';
import { append, bytesOf, makePostings, type Postings } from './postings.ts';
import { hashKey, type TextSignature } from './sign-text.ts';

/** Where something is, in degrees (WGS-84). */
export type LonLat = { readonly lon: number; readonly lat: number };

/** A case as it is compared. `callerKey` is an opaque key of who called: it is compared, never shown. */
export type SameCase = {
  readonly id: string;
  readonly signature: TextSignature;
  readonly openedAt: Instant;
  readonly kind?: string | undefined;
  readonly point?: LonLat | undefined;
  /** The smallest area it lies in, by its code. */
  readonly place?: string | undefined;
  readonly callerKey?: string | undefined;
};

/**
 * The open and recent cases, ready to be looked up. It holds hashes and numbers in typed arrays, no words. Owned by one process; add and
 * remove change it in place.
 */
export type SameIndex = {
  readonly bits: number;
  readonly termsPerCase: number;
  /** How many cases were ever counted for how rare a term is. */
  counted: number;
  /** In how many cases each term stood. */
  readonly frequency: Uint32Array;
  /** Cases by the rarest terms of each. */
  readonly byTerm: Postings;
  /** Cases by cell, caller and wording. */
  readonly byKey: Postings;
  readonly kinds: Map<string, number>;
  readonly slots: Map<string, number>;
  readonly ids: string[];
  rows: SameRows;
  removed: number;
};

/** One column each; a slot is a row. A removed case has norm -1. */
export type SameRows = {
  readonly minutes: Uint32Array;
  readonly lon: Float32Array;
  readonly lat: Float32Array;
  readonly norm: Float32Array;
  readonly kind: Uint16Array;
  readonly place: Uint32Array;
  readonly caller: Uint32Array;
  readonly wording: Float64Array;
};

/** Rows of the grid of cells: 0.005°, some 550 m from south to north. */
export const CELL_DEGREES = 0.005;

/**
 * An empty index.
 *
 * @param options `bits`: 2 ** bits lists of terms (default 18; 20 suits a million cases). `termsPerCase`: by how many of its rarest terms a case is found (default 32)
 */
export function makeSameIndex(
  options: { readonly bits?: number; readonly termsPerCase?: number } = {},
): SameIndex {
  const { bits = 18, termsPerCase = 32 } = options;
  return {
    bits,
    termsPerCase,
    counted: 0,
    frequency: new Uint32Array(2 ** bits),
    byTerm: makePostings(bits),
    byKey: makePostings(bits),
    kinds: new Map(),
    slots: new Map(),
    ids: [],
    rows: makeRows(1024),
    removed: 0,
  };
}

/**
 * Tells the index how common terms are, without a case: before an index is filled anew, all texts are counted once, so that the first case is
 * kept by what is rare among all of them.
 */
export function countTerms(index: SameIndex, signature: TextSignature): void {
  const mask = index.frequency.length - 1;
  for (const term of signature.terms) index.frequency[term & mask]! += 1;
  index.counted += 1;
}

/**
 * Adds a case, or what a known one says now. The text is kept as its rarest terms. `counted` says that `countTerms` has seen this text. Costs some 20 µs and
 * about 250 bytes.
 */
export function addCase(index: SameIndex, added: SameCase, counted = false): void {
  // A case that says more now is still one case: counted again, its words would seem common.
  const isKnown = removeCase(index, added.id);
  if (!counted && !isKnown) countTerms(index, added.signature);
  const slot = index.ids.length;
  if (slot === index.rows.norm.length) index.rows = growRows(index.rows);
  index.ids.push(added.id);
  index.slots.set(added.id, slot);
  const chosen = chooseTerms(index, added.signature);
  for (const { list } of chosen) append(index.byTerm, list, slot);
  for (const key of keysOf(added)) append(index.byKey, key & (index.byKey.counts.length - 1), slot);
  fillRow(index, slot, added, normOf(chosen));
}

/** A case that is over, or was merged into another, is found no more. Its place in the lists is freed when the index is filled anew. */
export function removeCase(index: SameIndex, id: string): boolean {
  const slot = index.slots.get(id);
  if (slot === undefined) return false;
  index.slots.delete(id);
  index.ids[slot] = '';
  index.rows.norm[slot] = -1;
  index.removed += 1;
  return true;
}

/** How many cases can be found, how many were removed since it was filled, and how many bytes its arrays take (ids are not among them). */
export function sizeOf(index: SameIndex): { cases: number; removed: number; bytes: number } {
  const rows = Object.values(index.rows).reduce((sum, column) => sum + column.byteLength, 0);
  const bytes = rows + index.frequency.byteLength + bytesOf(index.byTerm) + bytesOf(index.byKey);
  return { cases: index.slots.size, removed: index.removed, bytes };
}

/** A term as it is weighed: its list, and the square of its rarity. */
export type WeighedTerm = { readonly list: number; readonly weight: number };

/** The terms by which a text is found, the rarest first: rarity times the root of how often the text says it. */
export function chooseTerms(index: SameIndex, signature: TextSignature): WeighedTerm[] {
  const mask = index.frequency.length - 1;
  const weighed = Array.from(signature.terms, (term, i) => {
    const list = term & mask;
    // What nobody said before is as rare as what one said, not rarer: in a small town it would outweigh all that is shared.
    const rarity = Math.log((index.counted + 1) / (Math.max(1, index.frequency[list] ?? 0) + 0.5));
    return { list, weight: Math.max(0.01, rarity) ** 2, said: signature.counts[i]! };
  });
  weighed.sort((a, b) => b.weight * b.said - a.weight * a.said || a.list - b.list);
  return weighed.slice(0, index.termsPerCase);
}

export function normOf(terms: readonly WeighedTerm[]): number {
  let sum = 0;
  for (const { weight } of terms) sum += weight;
  return Math.sqrt(sum);
}

/** The keys under which a case is found beside its terms. */
function keysOf({ point, callerKey, signature }: SameCase): number[] {
  const keys: number[] = [];
  if (point) keys.push(cellKey(cellOf(point.lon), cellOf(point.lat)));
  if (callerKey) keys.push(callerHash(callerKey));
  if (signature.wording !== 0) keys.push(wordingKey(signature.wording));
  return keys;
}

export function cellOf(degrees: number): number {
  return Math.floor(degrees / CELL_DEGREES);
}

export function cellKey(column: number, row: number): number {
  const h = Math.imul(column, 0x9e3779b1) ^ Math.imul(row, 0x85ebca6b);
  return (h ^ (h >>> 15)) >>> 0;
}

export function wordingKey(wording: number): number {
  return Math.floor(wording / 0x200000) >>> 0;
}

/** Never 0, which stands for nobody. */
export function callerHash(callerKey: string): number {
  return hashKey(callerKey) || 1;
}

function fillRow(index: SameIndex, slot: number, added: SameCase, norm: number): void {
  const { rows, kinds } = index;
  rows.minutes[slot] = Math.max(0, Math.floor(added.openedAt / 60_000));
  rows.lon[slot] = added.point?.lon ?? Number.NaN;
  rows.lat[slot] = added.point?.lat ?? Number.NaN;
  rows.norm[slot] = norm;
  rows.kind[slot] = added.kind ? internKind(kinds, added.kind) : 0;
  rows.place[slot] = added.place ? callerHash(added.place) : 0;
  rows.caller[slot] = added.callerKey ? callerHash(added.callerKey) : 0;
  rows.wording[slot] = added.signature.wording;
}

/** 1 and up; 0 stands for no kind. */
function internKind(kinds: Map<string, number>, kind: string): number {
  const known = kinds.get(kind);
  if (known) return known;
  const number = kinds.size + 1;
  kinds.set(kind, number);
  return number;
}

function makeRows(length: number): SameRows {
  return {
    minutes: new Uint32Array(length),
    lon: new Float32Array(length),
    lat: new Float32Array(length),
    norm: new Float32Array(length),
    kind: new Uint16Array(length),
    place: new Uint32Array(length),
    caller: new Uint32Array(length),
    wording: new Float64Array(length),
  };
}

function growRows(rows: SameRows): SameRows {
  const grown = makeRows(rows.norm.length * 2);
  grown.minutes.set(rows.minutes);
  grown.lon.set(rows.lon);
  grown.lat.set(rows.lat);
  grown.norm.set(rows.norm);
  grown.kind.set(rows.kind);
  grown.place.set(rows.place);
  grown.caller.set(rows.caller);
  grown.wording.set(rows.wording);
  return grown;
}

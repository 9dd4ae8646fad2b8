import { type Refusal, refuse } from '@gezhi/basis';
import { fromBase64, joinBytes, sameBytes, textOf, toBase64, utf8 } from './bytes.ts';
import { canonicalJson } from './canonical-json.ts';
import type { Sha256 } from './tree.ts';

/**
 * What anybody may read of a fact in the tiles: which case, which fact, when it happened and when it was known. The rest is behind `hash`,
 * SHA-256 over 16 random bytes of this leaf's own and the body; without those bytes nobody can guess the body, and once they are erased
 * nobody can check it either, while the proof of the leaf stays good (PIPL Art. 47).
 */
export type FactLeaf = {
  readonly kind: 'fact';
  readonly district: string;
  readonly position: number;
  readonly case: string;
  readonly seq: number;
  readonly type: string;
  readonly v: number;
  readonly at: number;
  readonly known: number;
  readonly hash: string;
};

/**
 * What is no fact of a case and still must not vanish: a look at personal data, a refused look of whom it is about (`alarm`), an export, a change of
 * policy, an act on published rates (`edition`), an erasure, a restored backup, an emergency that was declared, ended, purged or reviewed.
 */
export type EventLeaf = {
  readonly kind: (typeof EVENT_KINDS)[number];
  readonly district: string;
  readonly event: number;
  readonly at: number;
  readonly hash: string;
};

export const EVENT_KINDS = [
  'look',
  'alarm',
  'export',
  'policy',
  'edition',
  'erasure',
  'restore',
  'emergency',
] as const;

export type Leaf = FactLeaf | EventLeaf;

/** What stands behind a leaf's hash: for a fact `{by, cause, data}`. */
export type LeafBody = Readonly<Record<string, unknown>>;

/** The hash of a leaf's body under its salt, as leaves hold it: base64. */
export function hashBody(sha256: Sha256, salt: Uint8Array, body: LeafBody): string {
  return toBase64(sha256(joinBytes([salt, utf8(canonicalJson(body))])));
}

/** The bytes of a leaf, its entry in the log: canonical JSON. */
export function leafEntry(leaf: Leaf): Uint8Array {
  return utf8(canonicalJson(leaf));
}

/** Reads an entry; refuses `bad-leaf` where these are not the bytes that `leafEntry` writes. */
export function readLeaf(entry: Uint8Array): Leaf | Refusal {
  const leaf = parseObject(textOf(entry));
  if (!leaf || !isLeaf(leaf)) return refuse('bad-leaf', 'This entry is no leaf that Gezhi writes.');
  return sameBytes(leafEntry(leaf), entry)
    ? leaf
    : refuse('bad-leaf', 'This leaf is not in its one spelling.');
}

function parseObject(text: string | undefined): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
}

function isLeaf(value: Record<string, unknown>): value is Leaf & Record<string, unknown> {
  const texts = value.kind === 'fact' ? ['district', 'case', 'type', 'hash'] : ['district', 'hash'];
  const counts = value.kind === 'fact' ? ['position', 'seq', 'v', 'at', 'known'] : ['event', 'at'];
  if (value.kind !== 'fact' && !EVENT_KINDS.some((kind) => kind === value.kind)) return false;
  return (
    texts.every((key) => typeof value[key] === 'string') &&
    counts.every((key) => Number.isSafeInteger(value[key])) &&
    Object.keys(value).length === texts.length + counts.length + 1 &&
    fromBase64(String(value.hash))?.length === 32
  );
}

/**
 * How what the log holds differs from what is told now, in words for programs: `redated` (the times), `changed` (the body, or who,
 * which case, which type), `swapped` (it is another fact's leaf). `undefined` where they are the same.
 */
export function differenceOf(held: Leaf, told: Leaf): 'redated' | 'changed' | 'swapped' | undefined {
  if (canonicalJson(held) === canonicalJson(told)) return undefined;
  const who = (leaf: Leaf): string =>
    leaf.kind === 'fact'
      ? `fact ${leaf.district} ${leaf.position}`
      : `${leaf.kind} ${leaf.district} ${leaf.event}`;
  if (who(held) !== who(told)) return 'swapped';
  const times = { at: 0, known: 0 };
  return canonicalJson({ ...held, ...times }) === canonicalJson({ ...told, ...times })
    ? 'redated'
    : 'changed';
}

import { hash, randomBytes } from 'node:crypto';
import { type CaseId, mintCaseId } from '@gezhi/basis';
import type { Ref } from '@gezhi/cases';
import type { WordsRow } from '@gezhi/storage';
import { wordingOf } from '@gezhi/text';
import { keyedHash } from './keyed-hash.ts';
import type { Town } from './town.ts';

let pool = Buffer.alloc(0);
let used = 0;

/** Random bytes from a pool, because one call for a few bytes costs as much as one for a thousand. */
export function someRandom(length: number): Buffer {
  if (used + length > pool.length) {
    pool = randomBytes(Math.max(4096, length));
    used = 0;
  }
  used += length;
  return pool.subarray(used - length, used);
}

export function newId(at: number): CaseId {
  return mintCaseId(at, someRandom(10));
}

/**
 * Puts words where they can be erased, and answers the reference that facts hold: SHA-256 over a salt of 16 random bytes, erased
 * with the words, and the words in UTF-8 (after a line break, where the place was said in words too).
 */
export function keepWords(
  at: number,
  caseId: CaseId,
  number: string | null,
  said: string,
  options: { readonly same?: Buffer | null; readonly placeSaid?: string | undefined } = {},
): { ref: Ref; row: WordsRow } {
  const salt = Buffer.from(someRandom(16));
  const { same = null, placeSaid = null } = options;
  const text = placeSaid === null ? said : `${said}\n${placeSaid}`;
  const hashed = hash('sha256', Buffer.concat([salt, Buffer.from(text, 'utf8')]), 'base64url');
  const id = newId(at);
  return { ref: { id, hash: hashed }, row: { id, caseId, number, salt, said, placeSaid, same } };
}

/** The keyed hash under which the same wording about the same kind and place is recognised; `null` where too little was said. */
export function samenessOf(town: Town, kind: string, place: string, said: string): Buffer | null {
  const wording = wordingOf(said);
  if (wording.length < 4) return null;
  return keyedHash(town.secret, `${kind}\n${place}\n${wording}`).subarray(0, 16);
}

import { Fault } from './fault.ts';
import type { Instant } from './instant.ts';

/**
 * The id of a case: a UUIDv7 (RFC 9562 §5.7) in lower case, whose first 48 bits are the moment the case was opened.
 * The id is time: sorting by it sorts by opening, and a case's history lies in the partition of the month it was opened.
 */
export type CaseId = string & { readonly brand: 'CaseId' };

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export function isCaseId(text: string): text is CaseId {
  return UUID_V7.test(text);
}

/** @throws Fault `bad-case-id` where the text is not a UUIDv7 in lower case. */
export function parseCaseId(text: string): CaseId {
  if (!isCaseId(text))
    throw new Fault('bad-case-id', `"${text}" is not a case id.`, { hint: 'A case id is a UUIDv7.' });
  return text;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/**
 * Mints an id from the opening moment and ten random bytes, which the caller brings (the core draws no random numbers).
 * Sixteen bits of the ten bytes are overwritten by version and variant; 74 stay random.
 *
 * @param random at least 10 bytes, read from `offset` on
 * @throws Fault `bad-opening-time` before 1970 or after the year 10889, which 48 bits cannot hold
 */
export function mintCaseId(openedAt: Instant, random: Uint8Array, offset = 0): CaseId {
  if (!(openedAt >= 0 && openedAt < 2 ** 48)) {
    throw new Fault('bad-opening-time', `A case cannot be opened at ${openedAt}.`);
  }
  const high = Math.floor(openedAt / 0x10000);
  const low = openedAt % 0x10000;
  const r = (i: number): number => random[offset + i]!;
  return (high.toString(16).padStart(8, '0') +
    `-${HEX[low >> 8]}${HEX[low & 255]}-7${HEX[r(0)]![1]}${HEX[r(1)]}` +
    `-${HEX[0x80 | (r(2) & 0x3f)]}${HEX[r(3)]}-` +
    HEX[r(4)] +
    HEX[r(5)] +
    HEX[r(6)] +
    HEX[r(7)] +
    HEX[r(8)] +
    HEX[r(9)]) as CaseId;
}

/** The moment a case was opened, read from its id. */
export function openedAtOf(id: CaseId): Instant {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

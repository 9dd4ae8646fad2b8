import { createHmac, createSecretKey, getHashes, type KeyObject } from 'node:crypto';
import { SUITES, type Suite } from './seal.ts';

/**
 * A telephone number in one spelling: full-width digits made narrow, everything but digits left out, and the prefix of mainland China
 * (+86, 0086, 86 before 11 digits) and its trunk zero before a mobile number too. `undefined` where fewer than 5 digits are left.
 */
export function normalPhone(said: string): string | undefined {
  const digits = said.normalize('NFKC').replace(/\D/g, '');
  const local = digits.replace(/^(?:00)?86(?=1\d{10}$|0\d{9,11}$)/, '').replace(/^0(?=1[3-9]\d{9}$)/, '');
  return local.length >= 5 ? local : undefined;
}

/** A mail address in one spelling: narrow, small letters, no blanks around. `undefined` where it is none. */
export function normalMail(said: string): string | undefined {
  const mail = said.normalize('NFKC').trim().toLowerCase();
  return /^[^\s@]{1,64}@[^\s@]{1,189}$/.test(mail) ? mail : undefined;
}

/**
 * The keyed hash under which a telephone number, or a mail address, is found again: HMAC-SHA-256, or HMAC-SM3. Of what is neither, nothing.
 */
export function phoneHash(
  suite: Suite,
  lookupKey: Buffer,
  district: string,
  said: string,
): Buffer | undefined {
  const isMail = said.includes('@');
  const address = isMail ? normalMail(said) : normalPhone(said);
  if (address === undefined) return undefined;
  return createHmac(suite === 'sm' ? 'sm3' : 'sha256', keyObject(lookupKey))
    .update(`${isMail ? 'mail' : 'phone'}\n${district}\n${address}`)
    .digest();
}

/** All hashes under which a number may lie: by either suite, as far as this Node has it. */
export function phoneHashes(lookupKey: Buffer, district: string, said: string): readonly Buffer[] {
  return SUITES.flatMap((suite) => {
    if (suite === 'sm' && !getHashes().includes('sm3')) return [];
    return phoneHash(suite, lookupKey, district, said) ?? [];
  });
}

const ready = new WeakMap<Buffer, KeyObject>();

/** A key that is used often is made ready once. */
function keyObject(key: Buffer): KeyObject {
  const known = ready.get(key);
  if (known) return known;
  const made = createSecretKey(key);
  ready.set(key, made);
  return made;
}

import { createHash } from 'node:crypto';

/** What stands for an account where the library wants a mail address: no mail reaches `.invalid` (RFC 2606), and nobody's number is in it. */
export function handleOf(district: string, name: string): string {
  return `${createHash('sha256')
    .update(`${district}\n${normalName(name)}`)
    .digest('hex')
    .slice(0, 40)}@accounts.invalid`;
}

/** A staff number in one spelling: full width made narrow, no blanks, small letters. */
export function normalName(name: string): string {
  return name.normalize('NFKC').replace(/\s/g, '').toLowerCase();
}

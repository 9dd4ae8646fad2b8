/**
 * The number of a request, which its requester keeps: 12 digits, said aloud in three groups of four.
 *
 *   ddd ssssssss c
 *   │   │        └ check digit (Luhn, ISO/IEC 7812-1 annex B): finds every single wrong digit and nearly every swap of neighbours
 *   │   └ serial within the desk, 0 … 99,999,999
 *   └ issuing desk, 100 … 999, so that numbers of different desks and shards never meet
 *
 * It is no secret and opens nothing; a 6-digit code does.
 */
export type RequestNumber = string & { readonly brand: 'RequestNumber' };

export const SERIALS_PER_DESK = 100_000_000;

/** @param desk 100 … 999 @param serial 0 … 99,999,999 */
export function makeRequestNumber(desk: number, serial: number): RequestNumber {
  if (!Number.isInteger(desk) || desk < 100 || desk > 999)
    throw new RangeError(`desk ${desk} is not 100 … 999`);
  if (!Number.isInteger(serial) || serial < 0 || serial >= SERIALS_PER_DESK) {
    throw new RangeError(
      `serial ${serial} is not 0 … ${SERIALS_PER_DESK - 1}: the desk needs a second block`,
    );
  }
  const body = String(desk) + String(serial).padStart(8, '0');
  return (body + luhn(body)) as RequestNumber;
}

/** Reads a number as people write it (spaces and hyphens between groups are passed over); `undefined` where a digit is wrong. */
export function parseRequestNumber(text: string): RequestNumber | undefined {
  const digits = text.replace(/[\s-]/g, '');
  if (!/^[1-9]\d{11}$/.test(digits)) return undefined;
  return luhn(digits.slice(0, 11)) === Number(digits[11]) ? (digits as RequestNumber) : undefined;
}

export function deskOf(number: RequestNumber): number {
  return Number(number.slice(0, 3));
}

/** `100000000123` as it is printed and said: `1000 0000 0123`. */
export function sayRequestNumber(number: RequestNumber): string {
  return `${number.slice(0, 4)} ${number.slice(4, 8)} ${number.slice(8)}`;
}

function luhn(body: string): number {
  let sum = 0;
  for (let i = 0; i < body.length; i += 1) {
    const digit = body.charCodeAt(body.length - 1 - i) - 48;
    const weighted = i % 2 === 0 ? digit * 2 : digit;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return (10 - (sum % 10)) % 10;
}

import { myNumbers } from './my-numbers.ts';

/** Codes that were typed in this window; gone with it. */
const KEY = 'gezhi.opened';

export function openWith(number: string, code: string): void {
  sessionStorage.setItem(`${KEY}.${number}`, code);
}

/** The code that opens a number here, if one is known. */
export function codeOf(number: string): string | undefined {
  return (
    sessionStorage.getItem(`${KEY}.${number}`) ?? myNumbers().find((mine) => mine.number === number)?.code
  );
}

/** A number that this browser was given, so that its owner need not type it here; forgotten when they say so. */
export type MyNumber = {
  readonly number: string;
  readonly sayAs: string;
  readonly code: string;
  readonly words: string;
  readonly at: string;
};

const KEY = 'gezhi.my-numbers';
const MAX = 30;

export function myNumbers(): readonly MyNumber[] {
  const text = localStorage.getItem(KEY);
  return text ? (JSON.parse(text) as MyNumber[]) : [];
}

export function rememberNumber(mine: MyNumber): void {
  const others = myNumbers().filter(({ number }) => number !== mine.number);
  localStorage.setItem(KEY, JSON.stringify([mine, ...others].slice(0, MAX)));
}

export function forgetNumber(number: string): void {
  localStorage.setItem(KEY, JSON.stringify(myNumbers().filter((mine) => mine.number !== number)));
}

export function forgetNumbers(): void {
  localStorage.removeItem(KEY);
}

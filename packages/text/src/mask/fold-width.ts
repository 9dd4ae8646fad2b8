/**
 * The text with full-width letters, digits and signs as ASCII, every blank as a space, every dash as `-`, and long runs of Chinese
 * numerals (as numbers are spoken: 一三八零…) as digits. Every position stays where it is: the length does not change.
 */
export function foldWidth(text: string): string {
  return text
    .replace(/[\uFF01-\uFF5E]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/[\u3000\u00A0\u2000-\u200B\u202F\u205F\t]/g, ' ')
    .replace(/[\u2010-\u2015\u2212\u30FC\uFE58\uFE63]/g, '-')
    .replace(/[①-⑨]/g, (sign) => String(sign.charCodeAt(0) - 0x245f))
    .replace(/[〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖]{7,40}/g, (run) =>
      [...run].map((sign) => DIGITS.get(sign)).join(''),
    );
}

const DIGITS: ReadonlyMap<string, number> = new Map([
  ...[...'〇一二三四五六七八九'].map((sign, i) => [sign, i] as const),
  ...[...'零壹贰叁肆伍陆柒捌玖'].map((sign, i) => [sign, i] as const),
  ['幺', 1],
]);

import { foldWidth } from '../mask/fold-width.ts';

/** Text as places are compared, and where in the text each of its units comes from (one more at the end). */
export type FoldedPlace = { readonly plain: string; readonly from: readonly number[] };

/**
 * Width folded, small letters, no blanks (a line's end stays), 第 before a number dropped, Chinese numerals before a counter as digits: 第三组, 三组 and 3 组 read
 * the same. Positions lead back to the text as it was given. Linear.
 */
export function foldPlace(text: string): FoldedPlace {
  const wide = foldWidth(text).replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  const parts: string[] = [];
  const from: number[] = [];
  let at = 0;
  const put = (written: string, start: number, stretched: boolean): void => {
    for (let i = 0; i < written.length; i += 1) from.push(stretched ? start : start + i);
    parts.push(written);
  };
  for (const match of wide.matchAll(FOLDED)) {
    put(wide.slice(at, match.index), at, false);
    const { numeral } = match.groups!;
    if (numeral !== undefined) put(digitsOf(numeral), match.index, true);
    at = match.index + match[0].length;
  }
  put(wide.slice(at), at, false);
  from.push(text.length);
  return { plain: parts.join(''), from };
}

/** Blanks, 第 before a digit, and numerals of at most eight characters before a counter. */
const FOLDED =
  /[ \r\f\v]+|第(?=\d)|第?(?<numeral>(?<![〇零一二三四五六七八九十百])[〇零一二三四五六七八九十百]{1,8})(?=[组社队号栋幢座单楼弄巷期片网]|村民小组)/g;

const NUMERALS = '〇一二三四五六七八九';

/** 三 → 3, 十二 → 12, 一百零三 → 103, 一〇三 → 103; anything else unchanged. */
function digitsOf(numeral: string): string {
  const plain = numeral.replaceAll('零', '〇');
  if (/^[〇一二三四五六七八九]+$/.test(plain))
    return [...plain].map((sign) => NUMERALS.indexOf(sign)).join('');
  const parts =
    /^(?:([一二三四五六七八九])百)?〇?(?:([一二三四五六七八九]?)(十))?([一二三四五六七八九]?)$/.exec(plain);
  if (!parts) return numeral;
  const [, hundreds, tens, ten, ones] = parts;
  const value = (sign: string | undefined): number => (sign ? NUMERALS.indexOf(sign) : 0);
  return String(value(hundreds) * 100 + (ten ? (value(tens) || 1) * 10 : 0) + value(ones));
}

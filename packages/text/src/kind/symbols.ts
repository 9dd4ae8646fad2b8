/**
 * A text as a row of symbols: every Chinese character is one, and so is every word or number of other scripts. White space, punctuation, tags and
 * control characters are none, so that the symbols of a text that was cut into words are those of the same text that was not. Digits count by their
 * number alone: 2019年 and 2020年 are one symbol and 年.
 */
export type Symbols = {
  /** The text as it was compared; `starts` and `ends` point into it. */
  readonly plain: string;
  readonly codes: Int32Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly length: number;
};

/** At most so many characters of a text are read: twice the longest of the 8,264 messages that it was tuned on. What stands beyond is not read. */
export const TEXT_MAX = 20_000;

/** Cuts a text into its symbols. Any string will do, the empty one too. Costs one pass. */
export function symbolsOf(text: string): Symbols {
  const plain = plainOf(text);
  const size = plain.length;
  const codes = new Int32Array(size);
  const starts = new Int32Array(size);
  const ends = new Int32Array(size);
  let length = 0;
  let at = 0;
  while (at < size) {
    const code = plain.charCodeAt(at);
    const start = at;
    at += 1;
    if (isHan(code)) codes[length] = code;
    else if (isOfWord(plain, start, code)) {
      let word = join(17, code);
      while (at < size && !isHan(plain.charCodeAt(at)) && isOfWord(plain, at, plain.charCodeAt(at))) {
        word = join(word, plain.charCodeAt(at));
        at += 1;
      }
      codes[length] = word | 0x40000000;
    } else continue;
    starts[length] = start;
    ends[length] = at;
    length += 1;
  }
  return { plain, codes, starts, ends, length };
}

/** NFKC in lower case, without tags and the marks that spreadsheets leave for line ends. */
function plainOf(text: string): string {
  const short = text.length > TEXT_MAX ? text.slice(0, TEXT_MAX) : text;
  const folded = short.normalize('NFKC').toLowerCase();
  return folded.replace(/_x000d_|<\/?[a-z][^<>]{0,200}>|&[a-z]{2,6};/g, ' ');
}

function isHan(code: number): boolean {
  return (
    (code >= 0x3400 && code <= 0x9fff) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0x3040 && code <= 0x30ff)
  );
}

function isOfWord(plain: string, at: number, code: number): boolean {
  if (code < 128) return (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
  return OTHER_LETTER.test(plain.charAt(at));
}

/** Letters and their marks beyond ASCII; halves of surrogate pairs (emoji) are none. */
const OTHER_LETTER = /[\p{L}\p{M}\p{N}]/u;

function join(word: number, code: number): number {
  const seen = code >= 48 && code <= 57 ? 48 : code;
  return Math.imul(word ^ seen, 0x01000193) ^ (word >>> 15);
}

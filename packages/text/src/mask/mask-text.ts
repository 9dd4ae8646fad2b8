import { findNames } from './find-names.ts';
import { findNumbers } from './find-numbers.ts';
import { findWritten } from './find-written.ts';
import { foldWidth } from './fold-width.ts';
import type { Masked } from './masked.ts';

/** What stands in place of everything masked: no language, no length of what stood there. */
export const MASK = '■■■';

/**
 * The text with whatever names a person or reaches one replaced: mobile and landline numbers, identity cards, plates, bank cards,
 * e-mail, WeChat and QQ ids, passports, names of private persons in their usual forms. `found` is in order and does not overlap.
 *
 * Not masked: service numbers (12345, 110, 95598, 400…), the surname of whoever holds an office (王局长), places that begin with a surname.
 * A name that stands alone, with no title, no word before it and no number beside it, is not found: a list of surnames alone
 * would take one word in fifty for a name.
 *
 * Each pass looks a bounded way around each character: the cost is linear in the text, whatever it holds. Masking a masked text changes
 * nothing. Sources: GB 11643-1999 (identity number and its check digit), ISO/IEC 7812-1 (Luhn), GA 36-2018 (plates), the numbering
 * plan of public networks of 2017 (phones).
 */
export function maskText(text: string): { readonly masked: string; readonly found: readonly Masked[] } {
  const plain = foldWidth(text);
  const numbers = [...findWritten(plain), ...findNumbers(plain)];
  const found = withoutOverlaps([...numbers, ...findNames(plain, withoutOverlaps(numbers))]);
  let masked = '';
  let from = 0;
  for (const { start, end } of found) {
    masked += text.slice(from, start) + MASK;
    from = end;
  }
  return { masked: masked + text.slice(from), found };
}

/** In order; of two that overlap the one that begins first stays, and of those the longer; what reaches past it is cut to its rest. */
function withoutOverlaps(found: readonly Masked[]): readonly Masked[] {
  const kept: Masked[] = [];
  let reach = 0;
  for (const one of [...found].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (one.end <= reach) continue;
    kept.push(one.start < reach ? { ...one, start: reach } : one);
    reach = one.end;
  }
  return kept;
}

import { plainText } from './propose-kind.ts';

/**
 * The terms under which a text is found: for every run of Han characters its characters and bigrams, for
 * letters and digits the whole word and its first three letters on. A query asks for the same terms, so that any two
 * neighbouring characters are found wherever they stand; that the whole query stands in the text is checked again on the words.
 *
 * At most `termsMax` different terms (default 400), so that one long text cannot swell the index.
 */
export function searchTerms(text: string, termsMax = 400): readonly string[] {
  const terms = new Set<string>();
  for (const [run] of plainText(text).matchAll(RUNS)) {
    if (/^\p{Script=Han}/u.test(run)) addBigrams(terms, run);
    else addWord(terms, run);
    if (terms.size >= termsMax) break;
  }
  return [...terms].slice(0, termsMax);
}

/** The terms that a text must have to hold this query; empty where the query says nothing. */
export function queryTerms(query: string): readonly string[] {
  const terms = new Set<string>();
  for (const [run] of plainText(query).matchAll(RUNS)) {
    if (!/^\p{Script=Han}/u.test(run)) terms.add(run.slice(0, WORD_MAX));
    else if ([...run].length === 1) terms.add(run);
    else addBigrams(terms, run, false);
  }
  return [...terms];
}

/** Runs of Han characters, and runs of other letters and digits: “第3盏路灯” is three of them. */
const RUNS = /\p{Script=Han}+|[[\p{L}\p{N}]--\p{Script=Han}]+/gv;
const WORD_MAX = 24;
const PREFIX_MIN = 3;

function addBigrams(terms: Set<string>, run: string, alone = true): void {
  const characters = [...run];
  for (const [i, character] of characters.entries()) {
    if (alone) terms.add(character);
    const next = characters[i + 1];
    if (next) terms.add(character + next);
  }
}

function addWord(terms: Set<string>, word: string): void {
  const bounded = word.slice(0, WORD_MAX);
  for (let end = PREFIX_MIN; end < bounded.length; end += 1) terms.add(bounded.slice(0, end));
  terms.add(bounded);
}

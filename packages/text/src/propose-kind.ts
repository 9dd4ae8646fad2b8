/** A kind as the proposal needs it: its code and the words by which people mention it. */
export type KindWords = { readonly code: string; readonly words: readonly string[] };

export type Proposal = {
  readonly kind: string;
  /** The words of the kind that stand in the text. */
  readonly because: readonly string[];
};

/**
 * Which kind a text is about, by the words that its scene gives each kind: the longer a word, the more it says. A tie, or no word
 * at all, is no proposal: a person decides. Case and width of letters do not matter. Costs one search a word.
 */
export function proposeKind(kinds: readonly KindWords[], text: string): Proposal | undefined {
  const plain = plainText(text);
  let best: Proposal | undefined;
  let bestScore = 0;
  let tied = false;
  for (const { code, words } of kinds) {
    const because = words.filter((word) => plain.includes(plainText(word)));
    const score = because.reduce((sum, word) => sum + word.length ** 2, 0);
    if (score > 0 && score === bestScore) tied = true;
    if (score <= bestScore) continue;
    best = { kind: code, because };
    bestScore = score;
    tied = false;
  }
  return tied ? undefined : best;
}

/** Text as it is compared: compatibility forms folded (NFKC: full-width letters, circled digits), lower case. */
export function plainText(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/** What was said without white space and punctuation: two texts with the same wording say the same. */
export function wordingOf(text: string): string {
  return plainText(text).replace(/[\s\p{P}\p{S}]+/gu, '');
}

import { foldText, hashTerms, signText } from '../same/sign-text.ts';

/** In how many of the counted texts each term stood. */
export type Rarity = { readonly counted: number; readonly frequency: ReadonlyMap<number, number> };

/** Counts how rare words are, once, over some thousand messages or answers of a town. */
export function countRarity(texts: Iterable<string>): Rarity {
  const frequency = new Map<number, number>();
  let counted = 0;
  for (const text of texts) {
    counted += 1;
    for (const term of signText(text).terms) frequency.set(term, (frequency.get(term) ?? 0) + 1);
  }
  return { counted, frequency };
}

/** What stands in almost every message and answer and says nothing of its matter. */
const BOILERPLATE =
  /尊敬的?|您好|你好|领导|书记|局长|市长|请问|谢谢|感谢|感激|反映|反应|投诉|举报|咨询|问题|情况|希望|建议|要求|恳请|尽快|尽早|解决|处理|答复|回复|相关|有关|部门|政府|我们|我的?|你们|他们|这个|那个|这样|什么时候|什么|怎么|如何|为何|为什么|是否|能否|可否|是不是|有没有|多久|何时|已经|现在|目前|因为|所以|但是|如果|没有|不能|可以|一个|一直|进行|网友|网民|来信|留言|收悉|关心|支持|工作|理解|[请望盼吗呢啊吧的了是在和与及也都就还]|\b(?:the|a|an|of|to|in|on|at|is|are|was|were|be|and|or|it|this|that|i|we|you|my|our|your|dear|sir|madam|please|hello|thank|thanks|what|when|where|why|who|how|can|could|will|would|do|does|did|has|have|for|with|by|from|about|me|us|not)\b/giu;

/** Pieces of a text that tell its matter: what is left between boilerplate, of two characters or a word and more. */
export function contentOf(text: string): readonly string[] {
  return foldText(text)
    .replace(BOILERPLATE, ' ')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((piece) => piece.length >= 2);
}

const PIECES_MAX = 400;
const TOLD_MAX = 8;

/**
 * Which share of the words asked, by weight, stands in what was said; null where nothing was asked in words that tell. `found` and `missing` are runs of the asked words, the longest first.
 */
export function compareWords(
  asked: string,
  said: string,
  rarity: Rarity | undefined,
): { readonly share: number | null; readonly found: readonly string[]; readonly missing: readonly string[] } {
  const there = new Set(hashTerms(said));
  const seen = new Map<number, boolean>();
  const found: string[] = [];
  const missing: string[] = [];
  for (const piece of contentOf(asked).slice(0, PIECES_MAX)) {
    const terms = hashTerms(piece);
    const hits = [...terms].map((term) => there.has(term));
    for (const [i, term] of terms.entries()) seen.set(term, hits[i]!);
    for (const run of runsOf(piece, hits)) (run.hit ? found : missing).push(run.words);
  }
  let [shared, whole] = [0, 0];
  for (const [term, hit] of seen) {
    const weight = weightOf(term, rarity);
    whole += weight;
    if (hit) shared += weight;
  }
  return { share: whole > 0 ? shared / whole : null, found: told(found), missing: told(missing) };
}

function weightOf(term: number, rarity: Rarity | undefined): number {
  if (!rarity || rarity.counted === 0) return 1;
  return Math.max(0.1, Math.log((rarity.counted + 1) / ((rarity.frequency.get(term) ?? 0) + 1)));
}

/** Neighbouring pairs that were found, or were not, as the words they make. A piece that is one word is one run. */
function runsOf(piece: string, hits: readonly boolean[]): { words: string; hit: boolean }[] {
  if (hits.length !== piece.length - 1) return [{ words: piece, hit: hits.every(Boolean) }];
  const runs: { words: string; hit: boolean }[] = [];
  for (let i = 0; i < hits.length; ) {
    let end = i;
    while (end < hits.length && hits[end] === hits[i]) end += 1;
    runs.push({ words: piece.slice(i, end + 1), hit: hits[i]! });
    i = end;
  }
  return runs;
}

function told(words: readonly string[]): readonly string[] {
  return [...new Set(words)].sort((a, b) => b.length - a.length || (a < b ? -1 : 1)).slice(0, TOLD_MAX);
}

import { foldWidth } from '../mask/fold-width.ts';
import { buildMatcher, type WordMatcher } from '../where/match-words.ts';

/** What the words around a danger can say of it: it is not, it is exercised, it is only told about, it was, it is feared. */
export const CONTEXTS = ['negated', 'drill', 'about', 'past', 'fear'] as const;
export type ContextSort = (typeof CONTEXTS)[number];

/** One rule as its scene writes it. `words`: each a word, words with `/` between them, or two such with ` ~6 ` between: at most six characters apart, in either order. */
export type UrgentRuleSource = {
  readonly id: string;
  readonly level: 'handOff' | 'urgent';
  readonly to: readonly string[];
  readonly words: readonly string[];
  readonly except: readonly string[];
  readonly givesWayTo: readonly ContextSort[];
};

/** The words around, shared by all rules; what each does is said in `scenes/hotline/urgent.yaml`, beside it. */
export type UrgentContexts = {
  readonly negated: readonly string[];
  readonly fillers: readonly string[];
  readonly otherwise: readonly string[];
  readonly drill: readonly string[];
  readonly about: readonly string[];
  readonly joins: readonly string[];
  readonly past: readonly string[];
  readonly fear: readonly string[];
  readonly stillSo: readonly string[];
  readonly now: readonly string[];
};

export type UrgentSource = { readonly contexts: UrgentContexts; readonly rules: readonly UrgentRuleSource[] };

export type Part = { readonly rule: UrgentRuleSource };
type Pattern = { readonly first: Part; readonly second?: Part; readonly within: number };

type Use = {
  readonly parts: Part[];
  readonly contexts: (ContextSort | 'now' | 'otherwise')[];
  readonly exceptOf: string[];
};

/** Rules ready to read with; made once. */
export type UrgentRules = {
  readonly matcher: WordMatcher;
  readonly uses: readonly Use[];
  readonly patterns: readonly Pattern[];
  /** Which pattern begins with a part. */
  readonly patternOf: ReadonlyMap<Part, number>;
  readonly fillers: RegExp;
  readonly joins: RegExp;
  readonly stillSo: RegExp;
};

/** Compiles rules once; the words of all of them are looked for together. */
export function compileUrgent(source: UrgentSource): UrgentRules {
  const words: string[] = [];
  const uses: Use[] = [];
  const indexes = new Map<string, number>();
  const use = (written: string): Use => {
    const word = foldForUrgent(written.trim());
    const known = indexes.get(word);
    if (known !== undefined) return uses[known]!;
    indexes.set(word, words.length);
    words.push(word);
    const made: Use = { parts: [], contexts: [], exceptOf: [] };
    uses.push(made);
    return made;
  };
  const partOf = (rule: UrgentRuleSource, either: string): Part => {
    const part = { rule };
    for (const word of either.split('/')) use(word).parts.push(part);
    return part;
  };
  const patterns = source.rules.flatMap((rule) => {
    for (const word of rule.except) use(word).exceptOf.push(rule.id);
    return rule.words.map((written): Pattern => {
      const pair = PAIR.exec(written);
      if (!pair) return { first: partOf(rule, written), within: 0 };
      return { first: partOf(rule, pair[1]!), second: partOf(rule, pair[3]!), within: Number(pair[2]) };
    });
  });
  for (const sort of [...CONTEXTS, 'now', 'otherwise'] as const) {
    for (const word of source.contexts[sort]) use(word).contexts.push(sort);
  }
  const { fillers, joins, stillSo } = source.contexts;
  const still = new RegExp(alternatives(stillSo));
  return {
    matcher: buildMatcher(words),
    uses,
    patterns,
    patternOf: new Map(patterns.map(({ first }, index) => [first, index])),
    fillers: upToFour(fillers),
    joins: upToFour(joins),
    stillSo: still,
  };
}

/** No rules: every text is none. */
export const NO_URGENT_RULES: UrgentRules = {
  matcher: buildMatcher([]),
  uses: [],
  patterns: [],
  patternOf: new Map(),
  fillers: /^$/,
  joins: /^$/,
  stillSo: /(?!)/,
};

const PAIR = /^(.+?) ~(\d{1,2}) (.+)$/;

/** What may stand between: nothing, blanks, and up to four of these words. */
function upToFour(words: readonly string[]): RegExp {
  return new RegExp(`^ ?(?:${alternatives(words)} ?){0,4}$`);
}

/** One of the words; where there are none, what never matches. */
function alternatives(words: readonly string[]): string {
  const escaped = words.map((word) => foldForUrgent(word).replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return escaped.length === 0 ? '(?!)' : `(?:${escaped.join('|')})`;
}

/** Text as the rules read it: width folded, small letters, the traditional characters of danger as simplified ones. No position moves. */
export function foldForUrgent(text: string): string {
  return foldWidth(text)
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase())
    .replace(/[’‘]/g, "'")
    .replace(TRADITIONAL_RUN, (sign) => TRADITIONAL.get(sign) ?? sign);
}

const TRADITIONAL: ReadonlyMap<string, string> = new Map(
  (
    '見见 著着 煙烟 氣气 電电 傷伤 殺杀 樓楼 鎖锁 壓压 塌塌 漏漏 觸触 線线 車车 禍祸 撞撞 斷断 牆墙 頂顶 兒儿 嬰婴 離离 失失 蹤踪 綁绑 搶抢 劫劫 鬥斗 毆殴 脅胁 槍枪 彈弹 藥药 毒毒 ' +
    '燒烧 滅灭 災灾 險险 爐炉 罐罐 淹淹 溺溺 沒没 進进 滿满 漲涨 橋桥 邊边 跳跳 輕轻 絕绝 遺遗 書书 想想 麼么 們们 個个 裡里 裏里 開开 關关 門门 電电 梯梯 困困 暈晕 厥厥 喘喘 臟脏 腦脑 嘔呕 過过 敏敏 產产 婦妇 現现 習习 練练 訓训 隱隐 報报 憂忧 擔担 會会 時时 還还 無无 來来 發发 實实 雖虽 與与 員员 爺爷 媽妈 媳媳 嚴严 動动 流流 產产 號号 難难 絞绞 壞坏 溝沟 塊块 蓋盖'
  )
    .split(' ')
    .map((pair) => [pair[0]!, pair[1]!] as const),
);
const TRADITIONAL_RUN = new RegExp(`[${[...TRADITIONAL.keys()].join('')}]`, 'g');

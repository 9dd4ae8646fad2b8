/** Why a row was refused or a cell left out, for counters and for programs. */
export const REASONS = [
  'field-count',
  'stray-quote',
  'open-quote',
  'row-too-long',
  'bad-encoding',
  'not-json',
  'not-corrected',
  'missing',
  'not-a-time',
  'not-a-number',
  'out-of-range',
  'not-listed',
  'out-of-order',
  'half-a-point',
] as const;
export type Reason = (typeof REASONS)[number];

/**
 * One thing wrong with one row. `column` is the column's name in the file, or empty where the row as a whole is broken; `value` what
 * stands there (cut at 200 characters; the row keeps its whole text); `because` the same for people, in English.
 */
export type Problem = {
  readonly column: string;
  readonly value: string;
  readonly reason: Reason;
  readonly because: string;
  /** What the words of another language are made of: see `sayProblem`. */
  readonly facts?: Facts;
};

type Facts = { readonly expected?: string; readonly found?: string };

const VALUE_MAX = 200;

export function problem(reason: Reason, column: string, value: string, facts: Facts = {}): Problem {
  const short = value.length > VALUE_MAX ? `${value.slice(0, VALUE_MAX)}…` : value;
  return { column, value: short, reason, because: WORDS[reason].en(facts), facts };
}

/** Says a problem in one sentence, with what to do. */
export function sayProblem(told: Problem, language: 'en' | 'zh'): string {
  return WORDS[told.reason][language](told.facts ?? {});
}

type Say = (facts: Facts) => string;

const WORDS: Record<Reason, { readonly en: Say; readonly zh: Say }> = {
  'field-count': {
    en: (f) =>
      `The row has ${f.found} cells where ${f.expected} belong; a comma too many or too few? Put each cell in its column.`,
    zh: (f) => `本行有 ${f.found} 格，应为 ${f.expected} 格；多了或少了逗号？请把各格放回所属列。`,
  },
  'stray-quote': {
    en: () => 'A quote stands where none may; write the cell in quotes and each quote inside it twice.',
    zh: () => '引号位置不对；请将整格加引号，格内的引号写两遍。',
  },
  'open-quote': {
    en: () => 'A quote is opened and never closed; close it, or take it out.',
    zh: () => '引号未闭合；请补上或删去。',
  },
  'row-too-long': {
    en: (f) =>
      `The row is longer than ${f.expected} characters; a quote that is never closed? Shorten or mend it.`,
    zh: (f) => `本行超过 ${f.expected} 个字符；是否引号未闭合？请缩短或改正。`,
  },
  'bad-encoding': {
    en: () =>
      'The row holds characters that cannot be read; save the file as UTF-8, or name its encoding in the profile.',
    zh: () => '本行有无法识别的字符；请将文件另存为 UTF-8，或在配置中写明编码。',
  },
  'not-json': {
    en: () => 'The line is not one JSON object; write one object a line.',
    zh: () => '本行不是一个 JSON 对象；请每行写一个对象。',
  },
  'not-corrected': {
    en: () => 'The row was refused before and stands as it was; put each cell in its column.',
    zh: () => '本行曾被退回，尚未改正；请把各格放回所属列。',
  },
  missing: {
    en: (f) => `The cell is empty, but ${f.expected} must be stated.`,
    zh: (f) => `此格为空，但 ${f.expected} 必填。`,
  },
  'not-a-time': {
    en: (f) => `This is no time that exists; write it as ${f.expected}.`,
    zh: (f) => `不是有效的时间；请写成 ${f.expected}。`,
  },
  'not-a-number': { en: () => 'This is no number.', zh: () => '不是数字。' },
  'out-of-range': {
    en: (f) => `The number is outside ${f.expected}.`,
    zh: (f) => `数值超出 ${f.expected}。`,
  },
  'not-listed': {
    en: (f) => `Not one of the values of this column (${f.expected}); mistyped, or shifted by a stray comma?`,
    zh: (f) => `不是本列的取值（${f.expected}）；是否写错，或因多余逗号错列？`,
  },
  'out-of-order': {
    en: (f) => `Must hold: ${f.expected}; the other time is ${f.found}.`,
    zh: (f) => `应满足 ${f.expected}；另一时间为 ${f.found}。`,
  },
  'half-a-point': {
    en: () => 'Longitude and latitude belong together; one of them is missing.',
    zh: () => '经度和纬度须同时填写，缺其一。',
  },
};

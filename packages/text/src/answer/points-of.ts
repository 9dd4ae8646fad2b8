import { contentOf } from './compare-words.ts';

const POINTS_MAX = 12;
const POINT_MAX = 80;
/** A point of fewer telling characters asks for nothing in particular (“望回复”). */
const CONTENT_MIN = 3;

const QUESTION =
  /[?？]|吗|呢|是否|有没有|能不能|可不可以|什么|怎么|如何|为何|为啥|多久|多少|何时|哪[里个些]|谁|能否|可否|\b(what|when|where|why|who|how|which|can|could|will|would|is there|are there|do|does)\b/iu;
const REQUEST =
  /请|希望|要求|建议|恳|盼|望|尽快|尽早|务必|应当|\b(please|request|ask|want|need|should|must|hope|suggest)\b/iu;
const NUMBERED =
  /^\s*(?:第?[一二三四五六七八九十]{1,3}[、.．:：]|[（(][一二三四五六七八九十\d]{1,2}[)）]|\d{1,2}[、.．)）](?!\d))/u;

/**
 * What was asked: questions, requests and numbered items, each in its own words, at most twelve. Where nothing reads like one, all of it is one point (its beginning); nothing said is
 * no point.
 */
export function pointsOf(asked: string): readonly string[] {
  const sentences = sentencesOf(asked);
  const points = sentences
    .filter((sentence) => QUESTION.test(sentence) || REQUEST.test(sentence) || NUMBERED.test(sentence))
    .filter((sentence) => contentOf(sentence).join('').length >= CONTENT_MIN);
  const chosen = points.length > 0 ? points : sentences.filter((s) => contentOf(s).length > 0).slice(0, 1);
  return [...new Set(chosen.map(shorten))].slice(0, POINTS_MAX);
}

/** Sentences; what is numbered inside one begins a new one. */
function sentencesOf(asked: string): readonly string[] {
  return asked
    .replace(/<[^<>]{0,300}>/g, ' ')
    .replace(/\p{Cc}/gu, '\n')
    .replace(/([：:，,])\s*(?=(?:[（(]?[一二三四五六七八九十\d]{1,2}[)）、.．])(?!\d))/gu, '$1\n')
    .split(/(?<=[。！？!?；;])|\n|(?<=\.)\s+/u)
    .map((sentence) => sentence.trim())
    .filter(Boolean);
}

function shorten(sentence: string): string {
  const characters = [...sentence];
  return characters.length > POINT_MAX ? `${characters.slice(0, POINT_MAX - 1).join('')}…` : sentence;
}

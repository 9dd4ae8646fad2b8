import { foldText, hashTerms } from '../same/sign-text.ts';
import type { TopicMessage } from './topic.ts';

/** What is looked at for a label. */
const TRIED_MAX = 12;
const CLAUSES_MAX = 6;

/**
 * One readable line: of the titles of the most central members, or of the first clauses where there is none, the one that says most of what the topic is about, for its length.
 *
 * @param members the most central first, masked already
 * @param terms what the topic is about, with weights
 * @param labelMax most characters; a longer line ends in "…"
 */
export function labelOf(
  members: readonly Pick<TopicMessage, 'title' | 'text'>[],
  terms: ReadonlyMap<number, number>,
  labelMax: number,
): string {
  let label = '';
  let most = -1;
  for (const { title, text } of members.slice(0, TRIED_MAX)) {
    const lines = title?.trim()
      ? [title]
      : text
          .slice(0, 500)
          .split(/[。！？!?；;\n]/)
          .slice(0, CLAUSES_MAX);
    for (const line of lines.map(clean).filter((said) => said.length >= 2)) {
      const worth = worthOf(line, terms);
      if (worth <= most) continue;
      most = worth;
      label = line;
    }
  }
  return label.length > labelMax ? `${[...label].slice(0, labelMax - 1).join('')}…` : label;
}

/** The weight of a line's terms, over the root of its length beyond ten characters: a line twice as long must say more. */
function worthOf(line: string, terms: ReadonlyMap<number, number>): number {
  let weight = 0;
  for (const term of new Set(hashTerms(foldText(line)))) weight += terms.get(term) ?? 0;
  return weight / Math.sqrt(Math.max(10, line.length));
}

function clean(line: string): string {
  return line
    .replace(/<[^<>]{0,300}>/g, ' ')
    .replace(/\p{C}+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

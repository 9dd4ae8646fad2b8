import { foldText, hashTerms } from '../same/sign-text.ts';
import type { TopicMessage } from './topic.ts';
import type { TopicPolicy } from './topic-policy.ts';

/** A message as a point: its weightiest terms and their weights, of length 1; empty where it says nothing. `all` are all its terms that tie. */
export type Vector = {
  readonly terms: Uint32Array;
  readonly weights: Float32Array;
  readonly all: Uint32Array;
};

/** Terms in more than this share of the messages say nothing. */
const COMMON = 0.1;
/** A term must stand in about this many messages before it being rarer says more: rarest of all are slips and odd neighbours. */
const ODD = 20;
/** What a message is about stands in its beginning. */
const CHARACTERS_MAX = 1_500;

/** Makes points of messages: how often a term stands in a message (damped) times how rare it is among them (tf-idf, sublinear). */
export function makeVectors(messages: readonly TopicMessage[], policy: TopicPolicy): readonly Vector[] {
  const counted = messages.map((message) => countTermsOf(message, policy));
  const frequency = new Map<number, number>();
  for (const terms of counted) {
    for (const term of terms.keys()) frequency.set(term, (frequency.get(term) ?? 0) + 1);
  }
  const common = Math.max(20, messages.length * COMMON);
  return counted.map((terms) => weigh(terms, frequency, messages.length, common, policy));
}

function countTermsOf({ title, text }: TopicMessage, { titleWeight }: TopicPolicy): Map<number, number> {
  const counts = new Map<number, number>();
  const add = (said: string, weight: number): void => {
    for (const term of hashTerms(foldText(said).slice(0, CHARACTERS_MAX))) {
      counts.set(term, (counts.get(term) ?? 0) + weight);
    }
  };
  if (title) add(title, titleWeight);
  add(text, 1);
  return counts;
}

function weigh(
  counts: Map<number, number>,
  frequency: Map<number, number>,
  n: number,
  common: number,
  { termsPerMessage }: TopicPolicy,
): Vector {
  const weighed: [number, number][] = [];
  for (const [term, count] of counts) {
    const among = frequency.get(term)!;
    if (among > common || among < 2) continue;
    weighed.push([term, (1 + Math.log(count)) * Math.log(1 + (n + ODD) / (among + ODD))]);
  }
  weighed.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  const kept = weighed.slice(0, termsPerMessage);
  const length = Math.sqrt(kept.reduce((sum, [, weight]) => sum + weight * weight, 0)) || 1;
  return {
    terms: Uint32Array.from(kept, ([term]) => term),
    weights: Float32Array.from(kept, ([, weight]) => weight / length),
    all: Uint32Array.from(weighed, ([term]) => term),
  };
}

import type { Instant } from '@gezhi/basis';
import { foldText } from '../same/sign-text.ts';
import { basisIn, nextStepIn } from './basis-and-step.ts';
import { compareWords, type Rarity } from './compare-words.ts';
import { pointsOf } from './points-of.ts';

export type YesNo = 'yes' | 'no' | 'unclear';

/** What was found, in the words of the text itself. */
export type Hint = { readonly met: YesNo; readonly because: readonly string[] };

/** One thing that was asked. `because`: the words of it that the answer speaks of; `missing`: those of which it does not. */
export type AnsweredPoint = Hint & { readonly point: string; readonly missing: readonly string[] };

/**
 * Hints for whoever writes an answer, before it is sent. They hold no number, no mark and nothing about the person who writes, and are made to be shown to the writer and then forgotten: they
 * must not be kept, counted or added up by person.
 */
export type AnswerHints = {
  readonly asked: readonly AnsweredPoint[];
  readonly aboutIt: Hint;
  readonly basisNamed: Hint;
  readonly nextStepNamed: Hint & { readonly who: readonly string[]; readonly when: readonly string[] };
  readonly inTime: YesNo;
};

export type AnswerToRead = {
  readonly asked: string;
  readonly answer: string;
  /** When the answer goes out, and when it is due. */
  readonly at: Instant;
  readonly due?: Instant | undefined;
  /** How rare words are in this town's messages (`countRarity`); without it all words weigh the same. */
  readonly rarity?: Rarity | undefined;
};

/** Shares of what was asked, by weight of its words, from which a hint says yes, and below which it says no. */
const POINT = { yes: 0.45, no: 0.15 };
/** The same of the whole, both ways: long letters and long answers share little. Found on 2,816 replies and as many to other letters. */
const ABOUT = { yes: 0.11, no: 0.05 };
const ABOUT_BY_RARITY = { yes: 0.07, no: 0.025 };
/** Fewer characters answer nothing. */
const ANSWER_MIN = 8;
/** So many characters of each are read. */
const READ_MAX = 20_000;

/**
 * Whether an answer answers: is it about what was asked, does it speak of each point (questions, requests, numbered items), are a basis (law, rule, policy, contract) and a next step (who,
 * by when) named, is it in time. Chinese and English, by the words alone: that a point is spoken of does not say that what is said is right, and an answer in other words reads
 * as `unclear` or `no`. A help for the writer, never a mark on a person.
 *
 * Any text is read, its first 20,000 characters; an empty answer meets nothing. Costs about as much as the length of both.
 */
export function readAnswer({ asked, answer, at, due, rarity }: AnswerToRead): AnswerHints {
  const said = foldText(answer.slice(0, READ_MAX));
  const wanted = asked.slice(0, READ_MAX);
  const spokenOf = pointsOf(wanted).map((point): AnsweredPoint => {
    const { share, found, missing } = compareWords(foldText(point), said, rarity);
    return { point, met: judge(share, said, POINT), because: found, missing };
  });
  const whole = compareWords(foldText(wanted), said, rarity);
  const back = compareWords(said, foldText(wanted), rarity);
  const share = whole.share === null ? null : (whole.share + (back.share ?? 0)) / 2;
  const step = nextStepIn(said);
  const basis = basisIn(said);
  return {
    asked: spokenOf,
    aboutIt: { met: judge(share, said, rarity ? ABOUT_BY_RARITY : ABOUT), because: whole.found },
    basisNamed: { met: basis.length > 0 ? 'yes' : 'no', because: basis },
    nextStepNamed: {
      met: step.because.length === 0 ? 'no' : step.who.length + step.when.length > 0 ? 'yes' : 'unclear',
      ...step,
    },
    inTime: due === undefined ? 'unclear' : at <= due ? 'yes' : 'no',
  };
}

/** A share of null: nothing was asked in words that could be compared. */
function judge(share: number | null, said: string, { yes, no }: typeof POINT): YesNo {
  if (said.trim().length < ANSWER_MIN) return 'no';
  if (share === null) return 'unclear';
  return share >= yes ? 'yes' : share < no ? 'no' : 'unclear';
}

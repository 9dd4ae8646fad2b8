import type { Instant } from '@gezhi/basis';
import type { ExclusionReason } from '../measured-case.ts';

export type EditionPhase = 'drafted' | 'shown' | 'appealed' | 'frozen' | 'published' | 'revised';

/** Words of an appeal lie in an erasable table; here are their id and hash. */
export type WordsRef = { readonly id: string; readonly hash: string };

export type Verdict = 'exclude' | 'keep';

/** One person of the hotline on one appeal. */
export type Vote = {
  readonly person: string;
  readonly post: string;
  readonly unit: string;
  readonly verdict: Verdict;
};

export type Appeal = {
  readonly id: string;
  /** The unit that appeals; `subject` is the row that the request counts for. */
  readonly unit: string;
  readonly subject: string;
  readonly number: string;
  readonly reason: ExclusionReason;
  readonly words: WordsRef;
  readonly at: Instant;
  readonly votes: readonly Vote[];
  /** Set when two different persons said the same. */
  readonly verdict?: Verdict;
};

/** What can happen to an edition; a closed list, each with its payload. Never a name, never words. */
export type EditionAct =
  | { readonly type: 'drafted'; readonly hash: string; readonly position: number }
  | { readonly type: 'shown'; readonly until: Instant }
  | { readonly type: 'appealed'; readonly appeal: Omit<Appeal, 'votes' | 'verdict'> }
  | { readonly type: 'voted'; readonly appeal: string; readonly vote: Vote }
  | { readonly type: 'frozen'; readonly hash: string }
  | { readonly type: 'published'; readonly hash: string; readonly unit: string }
  | {
      readonly type: 'revised';
      readonly revision: number;
      readonly hash: string;
      readonly position: number;
      readonly reason: RevisionReason;
    };

/** Why published numbers change. What was published before stays readable. */
export const REVISION_REASONS = ['laterCallbacks', 'laterRulings', 'corrected'] as const;
export type RevisionReason = (typeof REVISION_REASONS)[number];

/** An edition on its way: a fold over its acts. */
export type EditionState = {
  readonly id: string;
  readonly phase: EditionPhase;
  readonly hash: string;
  readonly position: number;
  readonly revision: number;
  readonly shownUntil?: Instant;
  readonly appeals: Readonly<Record<string, Appeal>>;
};

/** The edition after one more act. Acts are facts: nothing is refused here. */
export function evolveEdition(
  id: string,
  state: EditionState | undefined,
  act: EditionAct,
): EditionState | undefined {
  if (act.type === 'drafted') {
    const before = state ?? { id, revision: 0, appeals: {} };
    return { ...before, phase: 'drafted', hash: act.hash, position: act.position };
  }
  if (!state) return undefined;
  switch (act.type) {
    case 'shown':
      return { ...state, phase: 'shown', shownUntil: act.until };
    case 'appealed':
      return withAppeal({ ...state, phase: 'appealed' }, { ...act.appeal, votes: [] });
    case 'voted':
      return withVote(state, act.appeal, act.vote);
    case 'frozen':
      return { ...state, phase: 'frozen', hash: act.hash };
    case 'published':
      return { ...state, phase: 'published' };
    case 'revised': {
      const { revision, hash, position } = act;
      return { ...state, phase: 'revised', revision, hash, position };
    }
  }
}

function withAppeal(state: EditionState, appeal: Appeal): EditionState {
  return { ...state, appeals: { ...state.appeals, [appeal.id]: appeal } };
}

function withVote(state: EditionState, id: string, vote: Vote): EditionState {
  const appeal = state.appeals[id];
  if (!appeal) return state;
  const votes = [...appeal.votes, vote];
  const isAgreed = votes.filter(({ verdict }) => verdict === vote.verdict).length >= 2;
  return withAppeal(state, { ...appeal, votes, ...(isAgreed ? { verdict: vote.verdict } : {}) });
}

/** What appeals brought out, by request number, with the appeal as its evidence. */
export function decidedExclusions(
  state: Pick<EditionState, 'appeals'>,
): Readonly<Record<string, { readonly reason: ExclusionReason; readonly evidence: string }>> {
  const excluded = Object.values(state.appeals).filter(({ verdict }) => verdict === 'exclude');
  return Object.fromEntries(excluded.map(({ number, reason, id }) => [number, { reason, evidence: id }]));
}

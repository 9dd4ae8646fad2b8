import { DAY, type Instant, type Refusal, refuse } from '@gezhi/basis';
import { isExclusionReason } from '../measured-case.ts';
import type { CountedRequest } from './edition.ts';
import {
  type EditionAct,
  type EditionState,
  REVISION_REASONS,
  type Verdict,
  type WordsRef,
} from './edition-state.ts';

/** What somebody wants to happen to an edition. What was computed (hash, position) comes in from whoever computed it. */
export type EditionCommand =
  | { readonly do: 'draft'; readonly hash: string; readonly position: number }
  | { readonly do: 'show'; readonly until: Instant }
  | {
      readonly do: 'appeal';
      readonly appeal: string;
      readonly number: string;
      readonly reason: string;
      readonly words: WordsRef;
    }
  | { readonly do: 'decide'; readonly appeal: string; readonly verdict: Verdict }
  | { readonly do: 'freeze'; readonly hash: string }
  | { readonly do: 'publish' }
  | { readonly do: 'revise'; readonly hash: string; readonly position: number; readonly reason: string };

export type EditionContext = {
  readonly now: Instant;
  readonly by: { readonly post: string; readonly person?: string; readonly unit: string };
  readonly appealDays: number;
  /** A request of the list as shown. */
  readonly find: (number: string) => CountedRequest | undefined;
  /** Whether a unit speaks for a row: it is the unit measured, or of the street, or leads the request. */
  readonly speaksFor: (unit: string, request: CountedRequest) => boolean;
};

/**
 * What comes of a command: one act, or a refusal with its reason. Who holds the power is asked elsewhere (`may`); here stand the rules of
 * the procedure: shown for days before it is frozen, appeals by those measured and about their own requests only, each decided by two
 * different persons of whom none is of the unit that appeals, nothing changed after freezing but by a revision.
 */
export function decideEdition(
  state: EditionState | undefined,
  command: EditionCommand,
  context: EditionContext,
): EditionAct | Refusal {
  if (command.do === 'draft') return draft(state, command);
  if (!state) return refuse('no-such-edition', 'There is no such edition.');
  switch (command.do) {
    case 'show':
      return show(state, command.until, context);
    case 'appeal':
      return appeal(state, command, context);
    case 'decide':
      return vote(state, command, context);
    case 'freeze':
      return freeze(state, command.hash, context);
    case 'publish':
      if (state.phase !== 'frozen') return notNow(state, 'published', 'frozen');
      return { type: 'published', hash: state.hash, unit: context.by.unit };
    case 'revise':
      return revise(state, command);
  }
}

type Of<K extends EditionCommand['do']> = Extract<EditionCommand, { do: K }>;

function draft(state: EditionState | undefined, { hash, position }: Of<'draft'>): EditionAct | Refusal {
  if (state && state.phase !== 'drafted') return notNow(state, 'drafted again', 'drafted');
  if (state?.hash === hash) return refuse('edition-same', 'The draft says the same already.');
  return { type: 'drafted', hash, position };
}

function show(
  state: EditionState,
  until: Instant,
  { now, appealDays }: EditionContext,
): EditionAct | Refusal {
  if (state.phase !== 'drafted') return notNow(state, 'shown', 'drafted');
  const earliest = now + appealDays * DAY;
  if (until < earliest) {
    return refuse('shown-too-short', `Those measured see their cases for at least ${appealDays} days.`, {
      appealDays,
      earliest,
    });
  }
  return { type: 'shown', until };
}

function appeal(state: EditionState, command: Of<'appeal'>, context: EditionContext): EditionAct | Refusal {
  const { appeal: id, number, reason, words } = command;
  const { now, by } = context;
  if (!isShown(state)) return notNow(state, 'appealed', 'shown');
  if (now > state.shownUntil!) {
    return refuse('appeal-too-late', 'The days for appeals are over.', { until: state.shownUntil });
  }
  if (!isExclusionReason(reason)) {
    return refuse('unknown-reason', `"${reason}" is no reason to exclude a request.`, { reason });
  }
  const request = context.find(number);
  if (!request) return refuse('not-in-edition', 'The edition does not count that request.', { number });
  if (!context.speaksFor(by.unit, request)) {
    return refuse('not-yours', 'A unit appeals for its own requests only.', { subject: request.subject });
  }
  if (request.counts === 'excluded') {
    return refuse('excluded-already', 'That request is excluded already.', { number });
  }
  if (Object.values(state.appeals).some((other) => other.number === number)) {
    return refuse('appealed-already', 'That request was appealed already.', { number });
  }
  const { subject } = request;
  return { type: 'appealed', appeal: { id, unit: by.unit, subject, number, reason, words, at: now } };
}

function vote(state: EditionState, command: Of<'decide'>, context: EditionContext): EditionAct | Refusal {
  if (!isShown(state)) return notNow(state, 'decided on', 'appealed');
  const found = Object.hasOwn(state.appeals, command.appeal) ? state.appeals[command.appeal] : undefined;
  if (!found) return refuse('no-such-appeal', 'There is no such appeal.', { appeal: command.appeal });
  if (found.verdict)
    return refuse('decided-already', 'Two persons have decided it.', { verdict: found.verdict });
  const { person, post, unit } = context.by;
  if (person === undefined) {
    return refuse('person-needed', 'Two different persons decide: the post alone does not say who.');
  }
  if (found.votes.some((other) => other.person === person)) {
    return refuse('second-person', 'The second word is another person’s.', { appeal: found.id });
  }
  const request = context.find(found.number);
  if (unit === found.unit || (request && context.speaksFor(unit, request))) {
    return refuse('own-appeal', 'Nobody of the unit that appeals, or that the request counts for, decides.', {
      unit,
    });
  }
  return { type: 'voted', appeal: found.id, vote: { person, post, unit, verdict: command.verdict } };
}

function freeze(state: EditionState, hash: string, { now }: EditionContext): EditionAct | Refusal {
  if (!isShown(state)) return notNow(state, 'frozen', 'shown');
  if (now <= state.shownUntil!) {
    return refuse('appeals-run', 'The days for appeals are not over.', { until: state.shownUntil });
  }
  const open = Object.values(state.appeals).filter(({ verdict }) => verdict === undefined);
  if (open.length > 0) {
    return refuse('appeals-open', `${open.length} appeals are not decided.`, {
      appeals: open.map(({ id }) => id),
    });
  }
  return { type: 'frozen', hash };
}

function revise(state: EditionState, { hash, position, reason }: Of<'revise'>): EditionAct | Refusal {
  if (state.phase !== 'published' && state.phase !== 'revised') return notNow(state, 'revised', 'published');
  const why = REVISION_REASONS.find((one) => one === reason);
  if (!why) return refuse('unknown-reason', `"${reason}" is no reason to revise an edition.`, { reason });
  if (position < state.position) {
    return refuse('position-back', 'A revision reads the facts further, not less far.', { position });
  }
  return { type: 'revised', revision: state.revision + 1, hash, position, reason: why };
}

function isShown({ phase }: EditionState): boolean {
  return phase === 'shown' || phase === 'appealed';
}

function notNow({ phase }: EditionState, what: string, from: string): Refusal {
  return refuse('edition-not-now', `An edition that is ${phase} cannot be ${what}; it must be ${from}.`, {
    phase,
    from,
  });
}

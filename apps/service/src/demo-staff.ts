import { HOUR, MINUTE } from '@gezhi/basis';
import type { CallbackAnswer, CarriedVoice, Case } from '@gezhi/cases';
import type { Happening } from '@gezhi/demo';

/** What the demo remembers of a case while it is open: the truth behind it, which no handler may read. */
export type LivedCase = {
  readonly happening: Happening;
  /** Under which later reports of the same matter find it. */
  readonly hash: string | undefined;
  readonly reopened: boolean;
  /** The street or town whose ground it is (属地): takes what is nobody's. */
  readonly street: (c: Case) => string;
};

export type Answered = CallbackAnswer | 'unreachable';

/** One thing somebody does: the action of the process, who, and with what. */
export type Step = {
  readonly action: string;
  readonly by: 'seat' | 'lead' | 'checker';
  readonly input?: {
    readonly words?: string;
    readonly callBack?: Answered;
    readonly find?: string;
  } & Readonly<Record<string, unknown>>;
};

/**
 * What the made-up staff does next with a case, and how long it takes them: they follow the hotline's process, at the pace and with the
 * outcome that the stream says. `undefined` where nothing is left to do.
 */
export function nextStep(
  c: Case,
  lived: LivedCase,
): { readonly step: Step; readonly afterMs: number } | undefined {
  const { life } = lived.happening;
  switch (c.state) {
    case 'received':
    case 'triaged':
      return { step: atTheDesk(c, lived), afterMs: 6 * MINUTE };
    case 'dispatched':
      return { step: { action: 'accept', by: 'lead' }, afterMs: life.acceptAfterMs };
    case 'accepted': {
      const step: Step = { action: 'contact', by: 'lead', input: { way: 'phone' } };
      return { step, afterMs: life.contactAfterMs ?? 2 * HOUR };
    }
    case 'contacted':
      return { step: finish(lived), afterMs: Math.max(HOUR, life.doneAfterMs - life.acceptAfterMs) };
    case 'replied': {
      const passed = life.checkPasses || c.counts.reworks > 0;
      return { step: { action: 'check', by: 'checker', input: { passed } }, afterMs: 5 * HOUR };
    }
    case 'checked':
      return callBack(c, lived);
    default:
      return undefined;
  }
}

/** The seat settles what can be settled at once, and names kind and place where the words alone did not. */
function atTheDesk(c: Case, { happening, street }: LivedCase): Step {
  const { disposition } = happening.life;
  if (disposition === 'answered') return { action: 'answer', by: 'seat', input: { words: '已当场答复。' } };
  if (disposition === 'referred') {
    return {
      action: 'refer',
      by: 'seat',
      input: { whom: 'emergency', words: '已转接，请保持电话畅通。' },
    };
  }
  if (disposition === 'declined') {
    const input = { reason: 'inLegalProcedure', words: '该事项已在诉讼程序中，请按法律途径办理。' };
    return { action: 'decline', by: 'seat', input };
  }
  if (c.place.code === 'unknown')
    return { action: 'setPlace', by: 'seat', input: { find: happening.placeCode } };
  if (c.kind !== happening.kind || c.kindBecause === 'proposed') {
    return { action: 'setKind', by: 'seat', input: { kind: happening.kind } };
  }
  if (c.state === 'received') return { action: 'triage', by: 'seat' };
  const basis = '《北京市接诉即办工作条例》第12条';
  return { action: 'dispatch', by: 'seat', input: { lead: { unit: street(c) }, coUnits: [], basis } };
}

const SAID_DONE = {
  solved: '已处理完毕，现场已恢复。',
  partly: '已先行处理，其余部分列入计划。',
  explainedUnsolvable: '目前条件不具备，已向诉求人说明原因。',
  withdrawn: '诉求人撤回。',
} as const;

function finish({ happening, reopened }: LivedCase): Step {
  const outcome = reopened && happening.life.outcome === 'partly' ? 'solved' : happening.life.outcome;
  return { action: 'finish', by: 'lead', input: { outcome, words: SAID_DONE[outcome] } };
}

/** By which ways somebody is tried before they count as not reachable; some hours apart. */
const TRIED_BY = ['phone', 'sms', 'phone'] as const;

function callBack(c: Case, lived: LivedCase): { readonly step: Step; readonly afterMs: number } {
  const answer = answerOf(lived);
  const tried = nextVoice(c).tries?.length ?? 0;
  const afterMs = tried === 0 ? 20 * HOUR : 5 * HOUR;
  const way = answer === 'unreachable' ? TRIED_BY[tried] : undefined;
  if (way) return { step: { action: 'tryCallback', by: 'seat', input: { way } }, afterMs };
  return { step: { action: 'callBack', by: 'seat', input: { callBack: answer } }, afterMs };
}

/** The first voice that is still owed a call. */
export function nextVoice(c: Case): CarriedVoice {
  return Object.values(c.voices).find((voice) => !voice.callback)!;
}

/** The second time round most are content: somebody came back. */
function answerOf({ happening, reopened }: LivedCase): Answered {
  const { answer } = happening.life;
  if (answer === 'unreachable') return answer;
  const solved = answer.solved || reopened;
  return {
    contacted: answer.contacted ? 'yes' : 'no',
    solved: solved ? 'yes' : 'no',
    satisfied: answer.satisfied ? 'satisfied' : solved ? 'basically' : 'dissatisfied',
  };
}

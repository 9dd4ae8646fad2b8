import { DAY, HOUR, MINUTE } from '@gezhi/basis';
import type { CallbackAnswer, CarriedVoice, Case } from '@gezhi/cases';
import { detour } from './demo-detours.ts';
import { nextInPart } from './demo-parts.ts';
import type { Posts } from './demo-posts.ts';
import type { LivedCase, Next, Step } from './demo-step.ts';

/**
 * What the made-up staff does next with a case, and how long it takes them: they follow the hotline's process, at the pace and with the
 * outcome that the stream says, and go the detours of its course. `waits` while a part of it is open; `undefined` where nothing is left to do.
 */
export function nextStep(c: Case, lived: LivedCase, posts: Posts): Next | 'waits' | undefined {
  if (c.parent) return nextInPart(c, lived);
  if (c.flags.includes('whistled')) return 'waits';
  return detour(c, lived, posts) ?? plainStep(c, lived, posts);
}

function plainStep(c: Case, lived: LivedCase, posts: Posts): Next | undefined {
  const { life } = lived.happening;
  switch (c.state) {
    case 'received':
    case 'triaged':
      return { step: atTheDesk(c, lived, posts), afterMs: 6 * MINUTE };
    case 'objected':
      return { step: ruling(c, lived, posts), afterMs: 55 * MINUTE };
    case 'dispatched':
      return { step: { action: 'accept', by: 'lead' }, afterMs: life.acceptAfterMs };
    case 'accepted': {
      const step: Step = { action: 'contact', by: 'lead', input: { way: 'phone' } };
      return { step, afterMs: life.contactAfterMs ?? 2 * HOUR };
    }
    case 'contacted':
      return { step: finish(c, lived), afterMs: Math.max(HOUR, life.doneAfterMs - life.acceptAfterMs) };
    case 'replied': {
      const passed = life.checkPasses || c.counts.reworks > 0;
      return {
        step: { action: 'check', by: 'checker', input: { passed, way: 'onSite' } },
        afterMs: 5 * HOUR,
      };
    }
    case 'escalated':
      return { step: fromAbove(c, lived, posts), afterMs: 14 * HOUR };
    case 'checked':
    case 'calledBack':
      return c.owed > 0 ? callBack(c, lived) : { step: CLOSE_UNSOLVED, afterMs: DAY };
    default:
      return undefined;
  }
}

/** What was asked where the term ended before the work did: nobody is left without a question (条例第23条). */
export function atTheTerm(c: Case, { course, taken }: LivedCase): Step | undefined {
  if (taken.has('callBackAtTerm')) return undefined;
  const late = c.latePassed.some((passed) => passed.startsWith('handle@'));
  if (!late || !course.askedAtTerm || c.owed === 0 || !AT_WORK.has(c.state)) return undefined;
  const answer: CallbackAnswer = { contacted: 'yes', solved: 'no', satisfied: 'dissatisfied' };
  const input = { number: nextVoice(c).number, answer, way: 'phone' };
  return { action: 'callBackAtTerm', by: 'seat', input, optional: true };
}

const AT_WORK: ReadonlySet<string> = new Set([
  'dispatched',
  'objected',
  'accepted',
  'contacted',
  'escalated',
]);

/** The kind of a matter that is about a unit, whatever thing it began with. */
export const ABOUT_UNIT = {
  kind: 'staff.complaint',
  words: '之前找过主管单位，工作人员态度差，互相推诿，要投诉。',
};

/** The seat settles what can be settled at once, and names kind and place where the words alone did not. */
function atTheDesk(c: Case, { happening, course }: LivedCase, posts: Posts): Step {
  const { disposition } = happening.life;
  if (disposition === 'answered') return { action: 'answer', by: 'seat', input: { words: '已当场答复。' } };
  if (disposition === 'referred') {
    return { action: 'refer', by: 'seat', input: { whom: 'emergency', words: '已转接，请保持电话畅通。' } };
  }
  if (disposition === 'declined') {
    const input = { reason: 'inLegalProcedure', words: '该事项已在诉讼程序中，请按法律途径办理。' };
    return { action: 'decline', by: 'seat', input };
  }
  if (c.place.code === 'unknown')
    return { action: 'setPlace', by: 'seat', input: { find: happening.placeCode } };
  const concerned = `${happening.placeCode.slice(0, 6)}-CG`;
  if (course.aboutUnit && !c.against && posts.has(concerned)) {
    return { action: 'concern', by: 'seat', input: { units: [concerned] } };
  }
  const kind = course.aboutUnit ? ABOUT_UNIT.kind : happening.kind;
  if (c.kind !== kind || c.kindBecause === 'proposed') {
    return { action: 'setKind', by: 'seat', input: { kind } };
  }
  if (c.state === 'received') return { action: 'triage', by: 'seat' };
  const basis = '《北京市接诉即办工作条例》第12条';
  const input = { lead: { unit: posts.streetOf(c) }, coUnits: [], basis };
  return { action: 'dispatch', by: 'seat', input };
}

/** The head of the hotline rules; the second ruling is final. */
function ruling(c: Case, { course }: LivedCase, posts: Posts): Step {
  const lead = { unit: posts.streetOf(c) };
  const granted = course.objects === 'upheld' && lead.unit !== c.lead?.unit;
  const words = granted ? '异议成立，改由属地街道牵头。' : '异议不成立，按职责清单办理。';
  const basis = '《北京市接诉即办工作条例》第12条';
  const input = { granted, words, basis, ...(granted ? { lead } : {}) };
  return { action: 'ruleObjection', by: 'hotlineHead', input };
}

/** The unit above sends it back with its opinion, gives it to another, or explains. */
function fromAbove(c: Case, { course }: LivedCase, posts: Posts): Step {
  const street = posts.streetOf(c);
  if (course.cannot === 'explained') {
    const input = { outcome: 'explainedUnsolvable', words: '上级研判：目前确不能解决，已当面说明。' };
    return { action: 'explainAbove', by: 'decider', input };
  }
  if (course.cannot === 'reassigned' && street !== c.lead?.unit) {
    const input = {
      lead: { unit: street },
      coUnits: [c.lead!.unit],
      basis: '《北京市接诉即办工作条例》第20条',
    };
    return { action: 'reassign', by: 'decider', input };
  }
  return { action: 'sendBack', by: 'decider', input: { words: '上级研判：协调资源，由原单位继续办理。' } };
}

const SAID_DONE = {
  solved: '已处理完毕，现场已恢复。',
  partly: '已先行处理，其余部分列入计划。',
  explainedUnsolvable: '目前条件不具备，已向诉求人说明原因。',
  withdrawn: '诉求人撤回。',
} as const;

function finish(c: Case, { happening }: LivedCase): Step {
  const again = c.counts.reopenings > 0;
  const outcome = again && happening.life.outcome === 'partly' ? 'solved' : happening.life.outcome;
  const waitsFor = c.tasks.some((task) => task.doneAt === undefined);
  return {
    action: 'finish',
    by: 'lead',
    input: { outcome, words: SAID_DONE[outcome] },
    ...(waitsFor ? { bend: { reason: '协办单位不接，已自行处置完毕。', approver: 'leadHead' } } : {}),
  };
}

const CLOSE_UNSOLVED: Step = {
  action: 'close',
  by: 'seat',
  bend: { reason: '已两次重办并经上级研判，结果已书面告知。', approver: 'hotlineHead' },
};

/** By which ways somebody is tried before they count as not reachable; some hours apart. */
const TRIED_BY = ['phone', 'sms', 'phone'] as const;

function callBack(c: Case, lived: LivedCase): Next {
  const answer = answerOf(c, lived);
  const { number, tries = [] } = nextVoice(c);
  const afterMs = tries.length === 0 ? 20 * HOUR : 5 * HOUR;
  if (answer !== 'unreachable') {
    return { step: { action: 'callBack', by: 'seat', input: { number, answer, way: 'phone' } }, afterMs };
  }
  const way = TRIED_BY[tries.length];
  if (way) return { step: { action: 'tryCallback', by: 'seat', input: { number, way } }, afterMs };
  const input = { number, unreachable: ['phone', 'sms'] };
  return { step: { action: 'callBack', by: 'seat', input }, afterMs: 10 * MINUTE };
}

/** The first voice that is still owed a call. */
export function nextVoice(c: Case): CarriedVoice {
  return Object.values(c.voices).find((voice) => !voice.callback)!;
}

/** The second time round most are content: somebody came back. Some are not, and a few never. */
function answerOf(c: Case, { happening, course }: LivedCase): CallbackAnswer | 'unreachable' {
  const { answer } = happening.life;
  if (answer === 'unreachable') return answer;
  const again = c.escalations ? !course.neverSolved : c.counts.reopenings > 0 && !course.stillUnsolved;
  const solved = answer.solved || again;
  return {
    contacted: answer.contacted ? 'yes' : 'no',
    solved: solved ? 'yes' : 'no',
    satisfied: answer.satisfied ? 'satisfied' : solved ? 'basically' : 'dissatisfied',
  };
}
